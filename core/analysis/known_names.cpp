#include "core/analysis/known_names.hpp"

#include <algorithm>
#include <array>

namespace crtune::analysis {

namespace {

struct NamedTool {
  std::string_view name;
  Tool tool;
};

// Sorted by name.
constexpr std::array<NamedTool, 53> kPrograms = {{
    {"ar", Tool::other},
    {"as", Tool::other},
    {"bazel", Tool::other},
    {"bison", Tool::other},
    {"c++", Tool::c_compiler},
    {"c++filt", Tool::other},
    {"cargo", Tool::rustc},
    {"cc", Tool::c_compiler},
    {"cc1", Tool::c_compiler},
    {"cc1plus", Tool::c_compiler},
    {"clang", Tool::c_compiler},
    {"clang++", Tool::c_compiler},
    {"cmake", Tool::other},
    {"cpack", Tool::other},
    {"cpp", Tool::other},
    {"ctest", Tool::other},
    {"dwp", Tool::other},
    {"flex", Tool::other},
    {"g++", Tool::c_compiler},
    {"gcc", Tool::c_compiler},
    {"gcov", Tool::other},
    {"gcov-dump", Tool::other},
    {"gcov-tool", Tool::other},
    {"gfortran", Tool::other},
    {"go", Tool::go},
    {"gofmt", Tool::other},
    {"gold", Tool::other},
    {"gp-archive", Tool::other},
    {"gprof", Tool::other},
    {"gradle", Tool::gradle},
    {"jlink", Tool::other},
    {"javac", Tool::javac},
    {"ld", Tool::other},
    {"ld.bfd", Tool::other},
    {"ld.gold", Tool::other},
    {"ld.lld", Tool::other},
    {"ld.mold", Tool::other},
    {"llc", Tool::other},
    {"lld", Tool::other},
    {"lto-dump", Tool::other},
    {"make", Tool::other},
    {"mvn", Tool::maven},
    {"nasm", Tool::other},
    {"ninja", Tool::other},
    {"nm", Tool::other},
    {"objcopy", Tool::other},
    {"objdump", Tool::other},
    {"ranlib", Tool::other},
    {"readelf", Tool::other},
    {"rustc", Tool::rustc},
    {"rustdoc", Tool::other},
    {"tcc", Tool::c_compiler},
    {"yasm", Tool::other},
}};

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

// "gcc-12", "clang-14.0" without their version.
std::string_view without_version(std::string_view name) {
  const auto dash = name.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == name.size()) return name;
  const auto version = name.substr(dash + 1);
  const bool is_version = version.find_first_not_of("0123456789.") == std::string_view::npos;
  return is_version ? name.substr(0, dash) : name;
}

}  // namespace

Tool tool_named(std::string_view program) {
  constexpr std::size_t kLongest = 40;
  if (program.size() < 2 || program.size() > kLongest) return Tool::none;
  program = without_version(program);
  if (program.find("-linux-") != std::string_view::npos) program = program.substr(program.rfind('-') + 1);
  const auto found = std::find_if(kPrograms.begin(), kPrograms.end(),
                                  [&](const auto& known) { return known.name == program; });
  return found == kPrograms.end() ? Tool::none : found->tool;
}

bool is_node_development(std::string_view package) {
  static constexpr std::array<std::string_view, 30> kPackages = {"@playwright/test",
                                                                 "@vitest/coverage-v8",
                                                                 "c8",
                                                                 "chai",
                                                                 "cypress",
                                                                 "eslint",
                                                                 "husky",
                                                                 "jasmine",
                                                                 "jest",
                                                                 "jsdom",
                                                                 "karma",
                                                                 "lint-staged",
                                                                 "mocha",
                                                                 "node-gyp",
                                                                 "nodemon",
                                                                 "nyc",
                                                                 "parcel",
                                                                 "playwright",
                                                                 "prettier",
                                                                 "sinon",
                                                                 "storybook",
                                                                 "stylelint",
                                                                 "supertest",
                                                                 "ts-jest",
                                                                 "tslint",
                                                                 "typedoc",
                                                                 "vitest",
                                                                 "webpack",
                                                                 "webpack-cli",
                                                                 "webpack-dev-server"};
  static constexpr std::array<std::string_view, 6> kBeginnings = {
      "@types/", "@typescript-eslint/", "@jest/", "@storybook/", "eslint-", "jest-"};
  return contains(kPackages, package) ||
         std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](auto beginning) { return package.starts_with(beginning); });
}

bool is_python_development(std::string_view package) {
  static constexpr std::array<std::string_view, 26> kPackages = {
      "IPython",    "_pytest",   "autopep8",   "black",       "coverage",   "debugpy", "flake8",
      "hypothesis", "ipykernel", "isort",      "jedi",        "jupyterlab", "mypy",    "nbconvert",
      "nose",       "notebook",  "pre_commit", "pycodestyle", "pyflakes",   "pylint",  "pytest",
      "pytest_cov", "ruff",      "sphinx",     "tox",         "twine"};
  return contains(kPackages, package);
}

bool is_python_installer(std::string_view package) {
  return package == "pip" || package == "setuptools" || package == "wheel" || package == "virtualenv" ||
         package == "pkg_resources";
}

bool is_php_development(std::string_view vendor) {
  return vendor == "phpunit" || vendor == "mockery" || vendor == "phpstan" || vendor == "squizlabs" ||
         vendor == "friendsofphp" || vendor == "fakerphp" || vendor == "vimeo";
}

SourceKind source_kind(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return SourceKind::none;
  const auto extension = name.substr(dot + 1);
  switch (extension.size()) {
    case 1: return extension == "c" || extension == "h" ? SourceKind::c : SourceKind::none;
    case 2:
      if (extension == "go") return SourceKind::go;
      if (extension == "rs") return SourceKind::rust;
      if (extension == "cc" || extension == "hh") return SourceKind::c;
      if (extension == "cs") return SourceKind::csharp;
      if (extension == "ts") return name.ends_with(".d.ts") ? SourceKind::none : SourceKind::typescript;
      return SourceKind::none;
    case 3:
      if (extension == "cpp" || extension == "hpp" || extension == "cxx") return SourceKind::c;
      return extension == "tsx" ? SourceKind::typescript : SourceKind::none;
    case 4: return extension == "java" ? SourceKind::java : SourceKind::none;
    default: return SourceKind::none;
  }
}

bool is_core_dump(std::string_view name) {
  if (!name.starts_with("core")) return false;
  if (name.size() == 4) return true;
  return name[4] == '.' && name.size() > 5 &&
         name.find_first_not_of("0123456789", 5) == std::string_view::npos;
}

bool is_editor_file(std::string_view name) {
  return name == ".DS_Store" || name == "Thumbs.db" || name.ends_with(".swp") || name.ends_with('~') ||
         name == ".bash_history" || name == ".wget-hsts";
}

bool is_licence(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kBeginnings = {"copyright", "COPYING", "LICENSE",
                                                                  "LICENCE",   "NOTICE",  "license"};
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](auto beginning) { return name.starts_with(beginning); });
}

}  // namespace crtune::analysis
