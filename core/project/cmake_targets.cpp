#include "core/base/path.hpp"
#include "core/project/cmake_interpreter.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace crtune::project {

namespace {

constexpr std::size_t kMaxTargets = 5000;
constexpr std::size_t kMaxPackages = 1000;

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_keyword(std::string_view word) {
  static constexpr std::array<std::string_view, 11> kWords = {
      "PUBLIC", "PRIVATE",       "INTERFACE", "SYSTEM", "BEFORE",          "AFTER",
      "WIN32",  "MACOSX_BUNDLE", "STATIC",    "OBJECT", "EXCLUDE_FROM_ALL"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

unsigned standard_number(std::string_view text) {
  unsigned number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number == 98 ? 3 : number;
}

}  // namespace

CMakeTarget* CMakeInterpreter::target(std::string_view name) {
  const auto found = target_index_.find(name);
  return found == target_index_.end() ? nullptr : &build_.targets[found->second];
}

void CMakeInterpreter::target_command(const Here& here, const Words& words) {
  const std::string& name = here.command.name;
  if (words.empty()) return;
  const Words rest(words.begin() + 1, words.end());
  CMakeTarget* named = target(words.front());
  const std::string folder = in_tree(scopes_.get("CMAKE_CURRENT_SOURCE_DIR"), ".");
  if (name == "project" || name == "cmake_minimum_required") {
    project_command(here, words);
  } else if (name == "add_executable" || name == "qt_add_executable" || name == "qt6_add_executable" ||
             name == "drogon_create_views") {
    if (name != "drogon_create_views") add_target(here, words, CMakeTarget::Kind::executable);
  } else if (name == "add_library") {
    add_target(here, words,
               has(rest, "INTERFACE") ? CMakeTarget::Kind::interface : CMakeTarget::Kind::library);
  } else if (name == "target_sources" && named != nullptr) {
    for (const auto& source : rest)
      if (const auto path = in_tree(source, folder); !is_keyword(source) && !path.empty())
        named->sources.push_back(path);
  } else if (name == "target_link_libraries" && named != nullptr) {
    for (const auto& library : rest)
      if (!is_keyword(library)) named->links.push_back(library);
  } else if (name == "target_include_directories" && named != nullptr) {
    for (const auto& path : rest)
      if (const auto inside = in_tree(path, folder); !is_keyword(path) && !inside.empty())
        named->include_folders.push_back(inside);
  } else if (name == "include_directories") {
    for (const auto& path : words)
      if (const auto inside = in_tree(path, folder); !is_keyword(path) && !inside.empty())
        include_folders_.push_back(inside);
  } else if (name == "target_compile_features") {
    for (const auto& feature : rest)
      if (feature.starts_with("cxx_std_")) standard(here, std::string_view(feature).substr(8));
  } else if (name == "set_target_properties") {
    const auto properties = std::find(words.begin(), words.end(), "PROPERTIES");
    if (properties != words.end()) set_property({words.begin(), properties}, {properties + 1, words.end()});
  } else if (name == "set_property" && words.front() == "TARGET") {
    const auto property = std::find(words.begin(), words.end(), "PROPERTY");
    if (property != words.end()) set_property({words.begin() + 1, property}, {property + 1, words.end()});
  } else if (name == "install") {
    install(words);
  } else if (name == "add_test") {
    for (const auto& word : words)
      if (CMakeTarget* tested = target(word)) tested->tested = true;
  } else if (name.ends_with("_discover_tests") && named != nullptr) {
    named->tested = true;
  } else if (name == "find_package") {
    find_package(here, words);
  } else if (name == "pkg_check_modules" || name == "pkg_search_module") {
    pkg_config(here, words);
  } else if (name == "fetchcontent_declare" || name == "externalproject_add" || name == "cpmaddpackage") {
    fetch(here, words);
  }
}

void CMakeInterpreter::project_command(const Here& here, const Words& words) {
  if (here.command.name == "cmake_minimum_required") {
    const auto version = std::find(words.begin(), words.end(), "VERSION");
    if (version == words.end() || version + 1 == words.end() || !build_.minimum.empty()) return;
    build_.minimum = (version + 1)->substr(0, (version + 1)->find(".."));
    build_.minimum_line = here.command.line;
    return;
  }
  const bool first = build_.project.empty();
  if (first) {
    build_.project = words.front();
    build_.project_line = here.command.line;
    build_.file = here.script.path;
  }
  const auto languages = std::find(words.begin(), words.end(), "LANGUAGES");
  const bool old_style = words.size() > 1 && (words[1] == "C" || words[1] == "CXX" || words[1] == "NONE");
  if (has(words, "CXX") || (languages == words.end() && !old_style)) build_.uses_cxx = true;
  if (const auto version = std::find(words.begin(), words.end(), "VERSION");
      version != words.end() && version + 1 != words.end())
    scopes_.set("PROJECT_VERSION", *(version + 1));
  const std::string source = scopes_.get("CMAKE_CURRENT_SOURCE_DIR");
  scopes_.set("PROJECT_NAME", words.front());
  scopes_.set("PROJECT_SOURCE_DIR", source);
  scopes_.set("PROJECT_BINARY_DIR", scopes_.get("CMAKE_CURRENT_BINARY_DIR"));
  scopes_.set(words.front() + "_SOURCE_DIR", source);
  scopes_.set("PROJECT_IS_TOP_LEVEL", first ? "ON" : "OFF");
  if (first) scopes_.set("CMAKE_PROJECT_NAME", words.front());
}

void CMakeInterpreter::add_target(const Here& here, const Words& words, CMakeTarget::Kind kind) {
  const bool elsewhere = has(words, "ALIAS") || has(words, "IMPORTED");
  if (words.size() > 2 && words[1] == "ALIAS") build_.aliases[words[0]] = words[2];
  if (elsewhere || build_.targets.size() >= kMaxTargets || target(words.front()) != nullptr) {
    target_names_.push_back(words.front());
    return;
  }
  CMakeTarget made;
  made.name = words.front();
  made.kind = kind;
  made.folder = in_tree(scopes_.get("CMAKE_CURRENT_SOURCE_DIR"), ".");
  made.file = here.script.path;
  made.line = here.command.line;
  made.include_folders = include_folders_;
  made.shared = kind == CMakeTarget::Kind::library && (has(words, "SHARED") || has(words, "MODULE"));
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "EXCLUDE_FROM_ALL") made.excluded = true;
    if (is_keyword(words[i]) || words[i] == "SHARED" || words[i] == "MODULE") continue;
    if (const auto path = in_tree(words[i], made.folder); !path.empty()) made.sources.push_back(path);
  }
  if (const auto* number = scopes_.find("CMAKE_CXX_STANDARD")) standard(here, *number);
  target_index_[made.name] = build_.targets.size();
  target_names_.push_back(made.name);
  build_.targets.push_back(std::move(made));
}

void CMakeInterpreter::set_property(const Words& names, const Words& values) {
  for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
    for (const auto& name : names) {
      CMakeTarget* named = target(name);
      if (named != nullptr && (values[i] == "OUTPUT_NAME" || values[i] == "RUNTIME_OUTPUT_NAME"))
        named->output_name = values[i + 1];
      if (named != nullptr && values[i] == "EXCLUDE_FROM_ALL")
        named->excluded = cmake_constant(values[i + 1]) == CMakeConstant::yes;
    }
  }
}

void CMakeInterpreter::install(const Words& words) {
  if (words.front() != "TARGETS") return;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "RUNTIME" || words[i] == "DESTINATION" || words[i] == "EXPORT") return;
    if (CMakeTarget* named = target(words[i])) named->installed = true;
  }
}

// What is found is decided by debian_packages.cpp's table later; a build that must have it goes on.
void CMakeInterpreter::find_package(const Here& here, const Words& words) {
  const bool required = has(words, "REQUIRED");
  Words components;
  bool listed = false;
  for (const auto& word : words) {
    if (listed && !is_keyword(word) && word != "REQUIRED" && word != "CONFIG") components.push_back(word);
    if (word == "COMPONENTS" || word == "REQUIRED") listed = true;
  }
  if (build_.packages.size() < kMaxPackages)
    build_.packages.push_back({.name = words.front(),
                               .pkg_config = false,
                               .required = required,
                               .components = std::move(components),
                               .file = here.script.path,
                               .line = here.command.line});
  if (!required) return;
  std::string upper = words.front();
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  scopes_.set(words.front() + "_FOUND", "TRUE");
  scopes_.set(upper + "_FOUND", "TRUE");
}

void CMakeInterpreter::pkg_config(const Here& here, const Words& words) {
  const bool required = has(words, "REQUIRED");
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "REQUIRED" || word == "QUIET" || word == "IMPORTED_TARGET" || word == "GLOBAL" ||
        word.starts_with("NO_"))
      continue;
    if (build_.packages.size() < kMaxPackages)
      build_.packages.push_back({.name = word.substr(0, word.find_first_of("<>=")),
                                 .pkg_config = true,
                                 .required = required,
                                 .components = {},
                                 .file = here.script.path,
                                 .line = here.command.line});
  }
  if (required) scopes_.set(words.front() + "_FOUND", "1");
}

void CMakeInterpreter::fetch(const Here& here, const Words& words) {
  std::string name = words.front();
  if (name == "NAME" && words.size() > 1) name = words[1];
  // CPM's short form: gh:owner/name#tag
  const std::size_t slash = name.rfind('/');
  if (slash != std::string::npos) name = name.substr(slash + 1, name.find_first_of("#@", slash) - slash - 1);
  // A copy in the tree is downloaded by nobody.
  const bool local = has(words, "SOURCE_DIR") && !has(words, "GIT_REPOSITORY") && !has(words, "URL");
  if (local || build_.fetched.size() >= kMaxPackages) return;
  build_.fetched.push_back({.name = name,
                            .pkg_config = false,
                            .required = true,
                            .components = {},
                            .file = here.script.path,
                            .line = here.command.line});
}

void CMakeInterpreter::standard(const Here& here, std::string_view text) {
  if (standard_number(text) <= standard_number(build_.standard) || standard_number(text) > 30) return;
  build_.standard = text;
  build_.standard_line = here.command.line;
  build_.standard_file = here.script.path;
}

}  // namespace crtune::project
