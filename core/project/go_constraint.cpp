#include "core/project/go_constraint.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace crtune::project {
namespace {

constexpr std::array<std::string_view, 19> kSystems = {
    "aix",  "android", "darwin",  "dragonfly", "freebsd", "hurd",   "illumos", "ios", "js",    "linux",
    "nacl", "netbsd",  "openbsd", "plan9",     "solaris", "wasip1", "windows", "zos", "wasip2"};
constexpr std::array<std::string_view, 26> kProcessors = {
    "386",     "amd64",  "amd64p32", "arm",       "armbe",       "arm64", "arm64be", "loong64", "mips",
    "mipsle",  "mips64", "mips64le", "mips64p32", "mips64p32le", "ppc",   "ppc64",   "ppc64le", "riscv",
    "riscv64", "s390",   "s390x",    "sparc",     "sparc64",     "wasm",  "wasm32",  "wasm64"};

template <typename Table>
bool contains(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

bool tag_is_set(std::string_view tag, Cgo cgo, BuildTags tags) {
  if (contains(tags, tag)) return true;
  if (tag == "cgo") return cgo == Cgo::on;
  return tag == "linux" || tag == "amd64" || tag == "unix" || tag == "gc" || tag.starts_with("go1.") ||
         tag.starts_with("amd64.v1");
}

// A recursive-descent reader of  ! && || ( ) tag.
class Expression {
 public:
  Expression(std::string_view text, Cgo cgo, BuildTags tags) : text_(text), cgo_(cgo), tags_(tags) {}

  bool value() {
    const bool result = either(0);
    return broken_ || result;
  }

 private:
  static constexpr int kMaxDepth = 64;

  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  bool take(std::string_view symbol) {
    skip_spaces();
    if (text_.substr(at_, symbol.size()) != symbol) return false;
    at_ += symbol.size();
    return true;
  }
  bool either(int depth) {
    bool result = both(depth);
    while (take("||")) result = both(depth) || result;
    return result;
  }
  bool both(int depth) {
    bool result = term(depth);
    while (take("&&")) result = term(depth) && result;
    return result;
  }
  bool term(int depth) {
    if (depth > kMaxDepth) {
      broken_ = true;
      return true;
    }
    if (take("!")) return !term(depth + 1);
    if (take("(")) {
      const bool result = either(depth + 1);
      if (!take(")")) broken_ = true;
      return result;
    }
    skip_spaces();
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::string_view(" \t!&|()").find(text_[at_]) == std::string_view::npos)
      ++at_;
    if (at_ == begin) broken_ = true;
    return tag_is_set(text_.substr(begin, at_ - begin), cgo_, tags_);
  }

  std::string_view text_;
  Cgo cgo_;
  BuildTags tags_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

// One `// +build` line: words are alternatives, commas join, "!" negates.
bool old_line_is_built(std::string_view line, Cgo cgo, BuildTags tags) {
  std::string expression;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = line.find_first_not_of(" \t", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    std::string word(line.substr(begin, end - begin));
    for (std::size_t comma = word.find(','); comma != std::string::npos; comma = word.find(',', comma + 4))
      word.replace(comma, 1, " && ");
    expression += (expression.empty() ? "(" : " || (") + word + ")";
    at = end;
  }
  return expression.empty() || expression_is_built(expression, cgo, tags);
}

}  // namespace

bool file_name_is_built(std::string_view file_name) {
  if (!file_name.ends_with(".go") || file_name.ends_with("_test.go")) return false;
  if (file_name.starts_with(".") || file_name.starts_with("_")) return false;
  file_name.remove_suffix(3);
  std::vector<std::string_view> words;
  for (std::size_t at = 0;;) {
    const std::size_t end = file_name.find('_', at);
    words.push_back(file_name.substr(at, end - at));
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  // The part before the first underscore is a name, never a constraint: linux.go is built everywhere.
  const std::size_t count = words.size();
  if (count >= 3 && contains(kSystems, words[count - 2]) && contains(kProcessors, words[count - 1]))
    return words[count - 2] == "linux" && words[count - 1] == "amd64";
  if (count >= 2 && contains(kSystems, words[count - 1])) return words[count - 1] == "linux";
  if (count >= 2 && contains(kProcessors, words[count - 1])) return words[count - 1] == "amd64";
  return true;
}

bool expression_is_built(std::string_view expression, Cgo cgo, BuildTags tags) {
  return Expression(expression, cgo, tags).value();
}

bool directives_are_built(std::span<const GoDirective> directives, Cgo cgo, BuildTags tags) {
  static constexpr std::string_view kNew = "go:build ";
  static constexpr std::string_view kOld = " +build";
  for (const auto& directive : directives)
    if (directive.text.starts_with(kNew))
      return expression_is_built(directive.text.substr(kNew.size()), cgo, tags);
  return std::all_of(directives.begin(), directives.end(), [cgo, tags](const GoDirective& directive) {
    return !directive.text.starts_with(kOld) ||
           old_line_is_built(directive.text.substr(kOld.size()), cgo, tags);
  });
}

}  // namespace crtune::project
