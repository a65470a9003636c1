#include "core/dockerfile/expansion.hpp"

#include "core/dockerfile/characters.hpp"

namespace crtune::dockerfile {
namespace {

constexpr std::size_t kMaxNesting = 16;  // ${a:-${b:-…}}

class Expander {
 public:
  Expander(std::string_view word, char escape, const Lookup& lookup)
      : word_(word), escape_(escape), lookup_(lookup) {}

  Expansion run() {
    std::string value = until('\0', 0);
    if (known_ && !out_.malformed && value.size() <= kMaxExpansion) out_.value = std::move(value);
    return std::move(out_);
  }

 private:
  char peek() const { return at_ < word_.size() ? word_[at_] : '\0'; }

  // Up to `stop`, which is taken too.
  std::string until(char stop, std::size_t depth) {
    std::string value;
    char quote = 0;
    while (at_ < word_.size()) {
      const char c = word_[at_];
      if (value.size() > kMaxExpansion) known_ = false;
      if (quote == 0 && stop != '\0' && c == stop) break;
      if (c == '$' && quote != '\'') {
        ++at_;
        const std::string more = dollar(depth);
        if (known_) value += more;
      } else if (c == escape_ && quote != '\'' && at_ + 1 < word_.size()) {
        const char next = word_[at_ + 1];
        if (quote == '"' && next != '"' && next != '$' && next != escape_) value += c;
        value += next;
        at_ += 2;
      } else if (quote != 0 ? c == quote : (c == '\'' || c == '"')) {
        quote = quote != 0 ? '\0' : c;
        ++at_;
      } else {
        value += c;
        ++at_;
      }
    }
    if (stop != '\0') {
      if (at_ >= word_.size()) out_.malformed = true;
      ++at_;
    }
    return value;
  }

  std::string name() {
    const std::size_t begin = at_;
    while (at_ < word_.size() && is_name(word_[at_])) ++at_;
    return std::string(word_.substr(begin, at_ - begin));
  }

  std::string dollar(std::size_t depth) {
    const std::size_t begin = at_ - 1;
    if (peek() != '{') {
      const std::string word = name();
      if (word.empty()) return "$";
      return take({.name = word, .begin = begin, .end = at_}, lookup_(word)).value_or("");
    }
    ++at_;
    const std::string word = name();
    if (word.empty() || depth >= kMaxNesting) {
      out_.malformed = true;
      at_ = word_.size();
      return {};
    }
    if (peek() == '}') {
      ++at_;
      return take({.name = word, .begin = begin, .end = at_}, lookup_(word)).value_or("");
    }
    return modified(word, begin, depth);
  }

  // ${name:-word} and the like, from the sign after the name on.
  std::string modified(const std::string& word, std::size_t begin, std::size_t depth) {
    const bool empty_counts = peek() == ':';
    if (empty_counts) ++at_;
    const char sign = peek();
    if (at_ < word_.size()) ++at_;
    const bool known_before = known_;
    const std::size_t uses_before = out_.undeclared.size();
    std::string other = until('}', depth + 1);
    const bool other_known = known_;
    known_ = known_before;
    const bool foresees = sign == '-' || sign == '+' || sign == '?';
    const VariableValue found = lookup_(word);
    const bool is_set = found.declared && (!found.value || !empty_counts || !found.value->empty());
    const VariableUse use = {.name = word, .begin = begin, .end = at_, .has_default = foresees};
    if (sign == '-' || sign == '+') {
      out_.uses.push_back(use);
      const bool takes_other = is_set == (sign == '+');
      if (!takes_other) {
        out_.undeclared.resize(uses_before);  // the other word is not looked at
        if (sign == '+') return {};
        if (!found.value) known_ = false;
        return found.value.value_or("");
      }
      if (!other_known) known_ = false;
      return other;
    }
    if (sign == '?') return take(use, found).value_or("");
    take(use, found);
    known_ = false;  // ${x#…}, ${x%…}, ${x/…}: what they give is not needed to judge a file
    return {};
  }

  std::optional<std::string> take(const VariableUse& use, const VariableValue& found) {
    out_.uses.push_back(use);
    if (!found.declared) {
      out_.undeclared.push_back(use);
      return std::string();
    }
    if (!found.value) known_ = false;
    return found.value;
  }

  std::string_view word_;
  char escape_;
  const Lookup& lookup_;
  std::size_t at_ = 0;
  bool known_ = true;
  Expansion out_;
};

}  // namespace

Expansion expand(std::string_view word, char escape, const Lookup& lookup) {
  return Expander(word, escape, lookup).run();
}

}  // namespace crtune::dockerfile
