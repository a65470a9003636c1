#include "core/base/path.hpp"
#include "core/project/cmake_interpreter.hpp"
#include "core/project/path_pattern.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {

using base::join_path;

namespace {

constexpr std::size_t kMaxGlobbed = 5000;
constexpr std::size_t kMaxGlobs = 300;

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ";") + item;
  return text;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string with_case(std::string text, bool upper) {
  for (char& c : text) {
    if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to) {
  if (from.empty()) return text;
  std::string out;
  std::size_t at = 0;
  for (std::size_t found = text.find(from); found != std::string::npos && out.size() < (1U << 20U);
       found = text.find(from, at)) {
    out += text.substr(at, found - at) + to;
    at = found + from.size();
  }
  return out + text.substr(at);
}

// An option that switches on what no service needs.
bool is_for_tests(const std::string& name) {
  static constexpr std::array<std::string_view, 4> kParts = {"TEST", "EXAMPLE", "BENCHMARK", "FUZZ"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&name](std::string_view part) { return name.find(part) != std::string::npos; });
}

}  // namespace

bool CMakeInterpreter::value_command(const Here& here, const Words& words) {
  const std::string& name = here.command.name;
  if (name == "set") {
    if (words.size() > 1 && words.front() == "CMAKE_CXX_STANDARD") standard(here, words[1]);
    set(words);
  } else if (name == "option") {
    option(words);
  } else if (name == "unset") {
    if (!words.empty()) scopes_.unset(words.front());
  } else if (name == "list") {
    list(words);
  } else if (name == "string") {
    string(words);
  } else if (name == "file") {
    glob(words);
  } else if (name == "get_filename_component") {
    filename_component(words);
  } else {
    return false;
  }
  return true;
}

void CMakeInterpreter::set(const Words& words) {
  if (words.empty() || words.front().starts_with("ENV{")) return;
  Words values(words.begin() + 1, words.end());
  const auto cache = std::find(values.begin(), values.end(), "CACHE");
  const bool cached = cache != values.end();
  // An entry of the cache yields to a variable that is there.
  if (cached && scopes_.find(words.front()) != nullptr && !has(values, "FORCE")) return;
  if (cached) values.erase(cache, values.end());
  const bool parent = !values.empty() && values.back() == "PARENT_SCOPE";
  if (parent) values.pop_back();
  if (values.empty() && !cached && !parent && words.size() == 1) return scopes_.unset(words.front());
  scopes_.set(words.front(), joined(values), cached ? scopes_.depth() : parent ? 1 : 0);
}

void CMakeInterpreter::option(const Words& words) {
  if (words.empty() || scopes_.find(words.front()) != nullptr) return;
  const std::string value = words.size() > 2 ? words[2] : "OFF";
  const bool on = cmake_constant(value) == CMakeConstant::yes;
  if (on && is_for_tests(words.front())) {
    build_.off_options.push_back(words.front());
    return scopes_.set(words.front(), "OFF", scopes_.depth());
  }
  scopes_.set(words.front(), on || scopes_.find(value) == nullptr ? value : scopes_.get(value),
              scopes_.depth());
}

void CMakeInterpreter::list(const Words& words) {
  if (words.size() < 2) return;
  auto items = cmake_list(scopes_.get(words[1]));
  const Words rest(words.begin() + 2, words.end());
  if (words[0] == "APPEND")
    items.insert(items.end(), rest.begin(), rest.end());
  else if (words[0] == "PREPEND")
    items.insert(items.begin(), rest.begin(), rest.end());
  else if (words[0] == "REMOVE_ITEM")
    items.erase(std::remove_if(items.begin(), items.end(), [&](const auto& item) { return has(rest, item); }),
                items.end());
  else if (words[0] == "LENGTH" && !rest.empty())
    return scopes_.set(rest.front(), std::to_string(items.size()));
  else
    return;
  scopes_.set(words[1], joined(items));
}

void CMakeInterpreter::string(const Words& words) {
  if (words.size() < 3) return;
  if (words[0] == "TOLOWER" || words[0] == "TOUPPER") {
    scopes_.set(words[2], with_case(words[1], words[0] == "TOUPPER"));
  } else if (words[0] == "REPLACE" && words.size() > 4) {
    scopes_.set(words[3], replaced(words[4], words[1], words[2]));
  } else if (words[0] == "CONCAT" || words[0] == "APPEND") {
    std::string text = words[0] == "APPEND" ? scopes_.get(words[1]) : "";
    for (std::size_t i = 2; i < words.size(); ++i) text += words[i];
    scopes_.set(words[1], std::move(text));
  } else if (words[0] == "STRIP") {
    const std::size_t begin = words[1].find_first_not_of(" \t\n");
    const std::size_t end = words[1].find_last_not_of(" \t\n");
    scopes_.set(words[2], begin == std::string::npos ? "" : words[1].substr(begin, end - begin + 1));
  }
}

// file(GLOB variable patterns…) and GLOB_RECURSE.
void CMakeInterpreter::glob(const Words& words) {
  if (words.size() < 3 || !words[0].starts_with("GLOB") || ++globs_ > kMaxGlobs) return;
  const bool recursive = words[0] == "GLOB_RECURSE";
  const std::string here = in_tree(scopes_.get("CMAKE_CURRENT_SOURCE_DIR"), ".");
  std::vector<std::string> found;
  for (std::size_t i = 2; i < words.size() && found.size() < kMaxGlobbed; ++i) {
    if (words[i] == "CONFIGURE_DEPENDS") continue;
    if (words[i] == "RELATIVE" || words[i] == "LIST_DIRECTORIES") {
      ++i;
      continue;
    }
    const std::string pattern = in_tree(words[i], here);
    if (pattern.empty() || pattern.starts_with("..")) continue;
    if (!recursive) {
      for (auto& path : expand_pattern(files_, root_, pattern)) found.push_back(std::move(path));
      continue;
    }
    const std::size_t slash = pattern.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : pattern.substr(0, slash);
    const std::size_t dot = pattern.rfind('.');
    const std::string ending = dot == std::string::npos ? "" : pattern.substr(dot);
    for (auto& path : files_below(files_, root_, folder, kMaxGlobbed))
      if (path.ends_with(ending)) found.push_back(std::move(path));
  }
  for (auto& path : found) path.insert(0, "/src/");
  scopes_.set(words[1], joined(found));
}

void CMakeInterpreter::filename_component(const Words& words) {
  if (words.size() < 3) return;
  const std::string& path = words[1];
  const std::string name = path.substr(path.rfind('/') + 1);
  std::string value = path;
  if (words[2] == "NAME")
    value = name;
  else if (words[2] == "NAME_WE")
    value = name.substr(0, name.find('.'));
  else if (words[2] == "NAME_WLE")
    value = name.substr(0, name.rfind('.'));
  else if (words[2] == "DIRECTORY" || words[2] == "PATH")
    value = path.find('/') == std::string::npos ? "" : path.substr(0, path.rfind('/'));
  else if (words[2] == "ABSOLUTE" || words[2] == "REALPATH")
    value = path.starts_with("/") ? path : join_path(scopes_.get("CMAKE_CURRENT_SOURCE_DIR"), path);
  scopes_.set(words[0], std::move(value));
}

}  // namespace crtune::project
