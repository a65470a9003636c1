#include "core/project/cmake_scope.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace crtune::project {
namespace {

constexpr std::size_t kMaxDepth = 64;

// The parts of a version as numbers: 3.25.1.
std::vector<std::uint64_t> version_numbers(std::string_view text) {
  std::vector<std::uint64_t> out;
  while (out.size() < 4) {
    std::uint64_t number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    out.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
    if (text.empty() || text.front() != '.') break;
    text.remove_prefix(1);
  }
  while (out.size() < 4) out.push_back(0);
  return out;
}

// Recursive descent: or, and, not, then a test. The words of operators count only where they are unquoted.
class Condition {
 public:
  Condition(const CMakeScopes& scopes, const std::vector<std::string>& targets,
            const std::vector<CMakeArgument>& arguments)
      : scopes_(scopes), targets_(targets) {
    for (const auto& argument : arguments) {
      if (argument.kind == CMakeArgument::Kind::unquoted) {
        for (auto& item : cmake_list(scopes.expand(argument.text)))
          words_.push_back({std::move(item), false});
      } else {
        words_.push_back(
            {argument.kind == CMakeArgument::Kind::quoted ? scopes.expand(argument.text) : argument.text,
             true});
      }
    }
  }

  bool evaluate() { return any(0); }

 private:
  struct Word {
    std::string text;
    bool quoted = false;
  };

  bool is(std::string_view what) const {
    return at_ < words_.size() && !words_[at_].quoted && words_[at_].text == what;
  }
  bool take(std::string_view what) {
    if (!is(what)) return false;
    ++at_;
    return true;
  }

  bool any(std::size_t depth) {
    bool value = all(depth);
    while (take("OR")) {
      const bool other = all(depth);
      value = value || other;
    }
    return value;
  }

  bool all(std::size_t depth) {
    bool value = negated(depth);
    while (take("AND")) {
      const bool other = negated(depth);
      value = value && other;
    }
    return value;
  }

  bool negated(std::size_t depth) {
    bool value = true;
    while (take("NOT")) value = !value;
    return test(depth) == value;
  }

  bool test(std::size_t depth) {
    if (at_ >= words_.size() || depth > kMaxDepth) {
      at_ = words_.size();
      return false;
    }
    if (take("(")) {
      const bool value = any(depth + 1);
      take(")");
      return value;
    }
    if (take("DEFINED")) return scopes_.find(next()) != nullptr;
    if (take("TARGET")) {
      const std::string name = next();
      return std::find(targets_.begin(), targets_.end(), name) != targets_.end();
    }
    // Nothing is known of files that a build makes, nor of policies and tests.
    if (take("EXISTS") || take("IS_DIRECTORY") || take("IS_ABSOLUTE") || take("COMMAND") || take("TEST")) {
      next();
      return false;
    }
    if (take("POLICY")) {
      next();
      return true;
    }
    const Word left = words_[at_++];
    if (at_ < words_.size() && !words_[at_].quoted && is_operator(words_[at_].text)) {
      const std::string sign = words_[at_++].text;
      return compare(value_of(left), sign, at_ < words_.size() ? value_of(words_[at_++]) : "");
    }
    return is_true(left);
  }

  std::string next() { return at_ < words_.size() ? words_[at_++].text : ""; }

  static bool is_operator(std::string_view word) {
    static constexpr std::array<std::string_view, 18> kOperators = {"STREQUAL",
                                                                    "STRLESS",
                                                                    "STRGREATER",
                                                                    "STRLESS_EQUAL",
                                                                    "STRGREATER_EQUAL",
                                                                    "MATCHES",
                                                                    "EQUAL",
                                                                    "LESS",
                                                                    "GREATER",
                                                                    "LESS_EQUAL",
                                                                    "GREATER_EQUAL",
                                                                    "VERSION_EQUAL",
                                                                    "VERSION_LESS",
                                                                    "VERSION_GREATER",
                                                                    "VERSION_LESS_EQUAL",
                                                                    "IN_LIST",
                                                                    "IS_NEWER_THAN",
                                                                    "VERSION_GREATER_EQUAL"};
    return std::find(kOperators.begin(), kOperators.end(), word) != kOperators.end();
  }

  // An unquoted name of a variable stands for its value.
  std::string value_of(const Word& word) const {
    const std::string* value = word.quoted ? nullptr : scopes_.find(word.text);
    return value != nullptr ? *value : word.text;
  }

  bool is_true(const Word& word) const {
    const CMakeConstant constant = cmake_constant(word.text);
    if (constant != CMakeConstant::none) return constant == CMakeConstant::yes;
    const std::string* value = word.quoted ? nullptr : scopes_.find(word.text);
    return value != nullptr && cmake_constant(*value) != CMakeConstant::no;
  }

  bool compare(const std::string& left, const std::string& sign, const std::string& right) const {
    if (sign == "IN_LIST") {
      const auto items = cmake_list(right.find(';') == std::string::npos ? scopes_.get(right) : right);
      return std::find(items.begin(), items.end(), left) != items.end();
    }
    if (sign == "MATCHES") return matches(left, right);
    if (sign == "IS_NEWER_THAN") return false;
    const bool text = sign.starts_with("STR");
    if (!text && !sign.starts_with("VERSION") && (!is_number(left) || !is_number(right))) return false;
    const int order = text ? left.compare(right)
                           : (version_numbers(left) < version_numbers(right)   ? -1
                              : version_numbers(right) < version_numbers(left) ? 1
                                                                               : 0);
    // STREQUAL ends with EQUAL as LESS_EQUAL does, but has neither LESS nor GREATER in it.
    const bool less = sign.find("LESS") != std::string::npos;
    const bool greater = sign.find("GREATER") != std::string::npos;
    const bool equal = sign.ends_with("EQUAL");
    return (less && order < 0) || (greater && order > 0) || (equal && order == 0);
  }

  static bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos;
  }

  // Without an engine of regular expressions: alternatives of plain texts with ^ and $, which is what build
  // files ask mostly. Anything else does not match.
  static bool matches(std::string_view text, std::string_view pattern) {
    const bool all_first = pattern.starts_with("^(");
    const bool all_last = pattern.ends_with(")$");
    if (all_first) pattern.remove_prefix(2);
    if (all_last) pattern.remove_suffix(2);
    while (!pattern.empty()) {
      const std::size_t bar = std::min(pattern.find('|'), pattern.size());
      std::string_view part = pattern.substr(0, bar);
      pattern.remove_prefix(std::min(bar + 1, pattern.size()));
      const bool first = part.starts_with("^") || all_first;
      const bool last = part.ends_with("$") || all_last;
      if (part.starts_with("^")) part.remove_prefix(1);
      if (part.ends_with("$")) part.remove_suffix(1);
      if (part.find_first_of("*+?[]().\\") != std::string_view::npos) continue;
      const bool fits = first && last ? text == part
                        : first       ? text.starts_with(part)
                        : last        ? text.ends_with(part)
                                      : text.find(part) != std::string_view::npos;
      if (fits) return true;
    }
    return false;
  }

  const CMakeScopes& scopes_;
  const std::vector<std::string>& targets_;
  std::vector<Word> words_;
  std::size_t at_ = 0;
};

}  // namespace

bool cmake_condition(const CMakeScopes& scopes, const std::vector<CMakeArgument>& arguments,
                     const std::vector<std::string>& targets) {
  return Condition(scopes, targets, arguments).evaluate();
}

}  // namespace crtune::project
