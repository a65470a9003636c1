#include "core/project/cmake_scope.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

constexpr std::size_t kMaxValue = 256U << 10U;
constexpr std::size_t kMaxNesting = 16;
constexpr std::size_t kMaxSpent = 256U << 20U;

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

}  // namespace

void CMakeScopes::set(const std::string& name, std::string value, std::size_t up) {
  if (value.size() > kMaxValue) value.resize(kMaxValue);
  const std::size_t level = up < levels_.size() ? levels_.size() - 1 - up : 0;
  levels_[level][name] = {.text = std::move(value), .defined = true};
}

void CMakeScopes::unset(const std::string& name) {
  levels_.back()[name] = {.text = "", .defined = false};
}

const std::string* CMakeScopes::find(std::string_view name) const {
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
    if (const auto found = level->find(name); found != level->end())
      return found->second.defined ? &found->second.text : nullptr;
  return nullptr;
}

std::string CMakeScopes::get(std::string_view name) const {
  const std::string* value = find(name);
  if (value == nullptr || spent_ > kMaxSpent) return {};
  spent_ += value->size() + 1;
  return *value;
}

std::string CMakeScopes::expand(std::string_view text) const {
  if (spent_ > kMaxSpent) return {};
  std::size_t budget = kMaxValue;
  std::string out = expand(text, 0, budget);
  spent_ += out.size() + 1;
  return out;
}

std::string CMakeScopes::expand(std::string_view text, std::size_t depth, std::size_t& budget) const {
  std::string out;
  for (std::size_t at = 0; at < text.size() && out.size() < budget; ++at) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size()) {
      const char next = text[++at];
      if (next == 'n') out += '\n';
      if (next == 't') out += '\t';
      if (next == ';') out += "\\;";
      if (next != 'n' && next != 't' && next != ';' && next != '\n') out += next;
      continue;
    }
    const bool environment = text.substr(at).starts_with("$ENV{");
    if (!environment && !text.substr(at).starts_with("${")) {
      out += c;
      continue;
    }
    const std::size_t open = text.find('{', at);
    std::size_t close = open + 1;
    for (std::size_t level = 1; close < text.size(); ++close) {
      if (text[close] == '{') ++level;
      if (text[close] == '}' && --level == 0) break;
    }
    if (close >= text.size() || depth >= kMaxNesting) return out + std::string(text.substr(at));
    const std::string name = expand(text.substr(open + 1, close - open - 1), depth + 1, budget);
    if (!environment) out += get(name);
    at = close;
  }
  if (out.size() > budget) out.resize(budget);
  return out;
}

std::vector<std::string> CMakeScopes::expand(const std::vector<CMakeArgument>& arguments) const {
  std::vector<std::string> out;
  std::size_t budget = 4 * kMaxValue;
  for (const auto& argument : arguments) {
    if (argument.kind == CMakeArgument::Kind::bracket) {
      out.push_back(argument.text);
      continue;
    }
    std::string text = expand(argument.text);
    budget -= std::min(budget, text.size());
    if (budget == 0) return out;
    if (argument.kind == CMakeArgument::Kind::quoted) {
      out.push_back(std::move(text));
      continue;
    }
    for (auto& item : cmake_list(text)) out.push_back(std::move(item));
  }
  return out;
}

std::vector<std::string> cmake_list(std::string_view text) {
  std::vector<std::string> items;
  std::string item;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at == text.size() || text[at] == ';') {
      if (!item.empty()) items.push_back(std::move(item));
      item.clear();
    } else if (text.substr(at).starts_with("\\;")) {
      item += ';';
      ++at;
    } else {
      item += text[at];
    }
  }
  return items;
}

CMakeConstant cmake_constant(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kYes = {"1", "ON", "YES", "TRUE", "Y"};
  static constexpr std::array<std::string_view, 8> kNo = {"0", "OFF",    "NO",       "FALSE",
                                                          "N", "IGNORE", "NOTFOUND", ""};
  const std::string word = upper(text);
  if (std::find(kYes.begin(), kYes.end(), word) != kYes.end()) return CMakeConstant::yes;
  if (std::find(kNo.begin(), kNo.end(), word) != kNo.end() || word.ends_with("-NOTFOUND"))
    return CMakeConstant::no;
  const bool digits = word.find_first_not_of("0123456789.") == std::string::npos;
  return digits ? CMakeConstant::yes : CMakeConstant::none;
}

}  // namespace crtune::project
