#include "core/project/native_programs.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

using Numbers = std::vector<std::size_t>;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

class Choice {
 public:
  Choice(const std::vector<NativeProgram>& programs, model::Project& project)
      : programs_(programs), project_(project) {}

  std::size_t take(std::size_t number, std::string_view why) {
    const auto& program = programs_[number];
    project_.main = program.name;
    project_.evidence.push_back({fmt::format("main: {}, {}", program.name, why), program.file, program.line});
    return number;
  }

  void ask(const Numbers& numbers, std::string_view why, std::string refusal) {
    for (const auto number : numbers) {
      const auto& program = programs_[number];
      project_.choices.push_back(program.name);
      project_.evidence.push_back(
          {fmt::format("main: {}, {}", program.name, why), program.file, program.line});
    }
    project_.refusal = std::move(refusal);
    project_.hint =
        fmt::format("choose one: cloudrun-tune init --main {}", base::one_line(project_.choices.front(), 80));
  }

  void refuse_wanted(const std::string& wanted) {
    for (const auto& program : programs_) project_.choices.push_back(program.name);
    project_.refusal = fmt::format("--main {}: no such program is built here", base::one_line(wanted, 80));
    project_.hint = programs_.empty()
                        ? "none is"
                        : base::one_line(fmt::format("there is: {}", fmt::join(project_.choices, ", ")), 300);
  }

 private:
  const std::vector<NativeProgram>& programs_;
  model::Project& project_;
};

}  // namespace

bool is_side_name(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kWords = {
      "test",  "tests",     "unittest",   "unittests", "example", "examples", "sample", "samples",
      "bench", "benchmark", "benchmarks", "fuzz",      "fuzzer",  "xtask",    "demo"};
  const std::string text = lower(name);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("-_.", at), text.size());
    const auto word = std::string_view(text).substr(at, end - at);
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
    at = end + 1;
  }
  return text.ends_with("tests") || text.starts_with("test_");
}

bool is_side_path(std::string_view path) {
  static constexpr std::array<std::string_view, 12> kFolders = {
      "third_party", "third-party", "thirdparty", "3rdparty",    "external",   "extern",
      "vendor",      "deps",        "contrib",    "subprojects", "submodules", "docs"};
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const auto part = path.substr(0, slash);
    if (std::find(kFolders.begin(), kFolders.end(), part) != kFolders.end() || is_side_name(part))
      return true;
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return false;
}

void refuse_library(const std::vector<NativeProgram>& programs, std::string_view what,
                    model::Project& project) {
  project.kind = model::ServiceKind::library;
  project.refusal = "this is a library: it builds no program";
  project.hint = "a container runs a program; add one, or run init where it is";
  if (programs.empty()) return;
  Numbers all;
  for (std::size_t i = 0; i < programs.size(); ++i) all.push_back(i);
  Choice(programs, project)
      .ask(all, what, fmt::format("this is a library: each of its programs is {}", what));
}

std::optional<std::size_t> choose_program(const std::vector<NativeProgram>& programs,
                                          const std::optional<std::string>& wanted, std::string_view named,
                                          const std::function<bool(std::size_t)>& serves,
                                          model::Project& project) {
  Choice choice(programs, project);
  Numbers all;
  Numbers main;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    if (wanted && programs[i].name == *wanted) return choice.take(i, "chosen with --main");
    all.push_back(i);
    if (!programs[i].side) main.push_back(i);
  }
  if (wanted) {
    choice.refuse_wanted(*wanted);
    return std::nullopt;
  }
  if (main.empty()) {
    refuse_library(programs, "an example or a test", project);
    return std::nullopt;
  }
  Numbers preferred;
  for (const auto number : main)
    if (programs[number].preferred) preferred.push_back(number);
  if (main.size() == 1)
    return choice.take(main.front(),
                       all.size() == 1 ? "the only program" : "the only program that is no example or test");
  if (preferred.size() == 1)
    return choice.take(preferred.front(), "the only program that is installed or run by default");
  const Numbers& candidates = preferred.empty() ? main : preferred;
  Numbers listening;
  for (const auto number : candidates)
    if (serves(number)) listening.push_back(number);
  if (listening.size() == 1) return choice.take(listening.front(), "the only program that listens");
  for (const auto number : listening.empty() ? candidates : listening)
    if (programs[number].name == named) return choice.take(number, "named like the project");
  if (!listening.empty()) {
    project.kind = model::ServiceKind::service;
    choice.ask(listening, "it listens", fmt::format("{} programs listen", listening.size()));
  } else {
    project.kind = model::ServiceKind::cli;
    choice.ask(candidates, "it never listens",
               fmt::format("there are {} programs, and none of them listens", candidates.size()));
  }
  return std::nullopt;
}

}  // namespace crtune::project
