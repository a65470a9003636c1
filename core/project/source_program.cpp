#include "core/project/source_program.hpp"

#include "core/base/path.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {

using base::join_path;

namespace {

constexpr std::uint64_t kMaxFile = 2U << 20U;
constexpr std::uint64_t kMaxBytes = 64U << 20U;
constexpr std::size_t kMaxFiles = 5000;
constexpr std::size_t kMaxArguments = 32;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

bool is_statement(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kWords = {"if",    "for",    "while", "switch", "catch",
                                                              "match", "return", "else",  "sizeof", "loop"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace

void SourceProgram::add(base::Files& files, const std::string& root, const std::string& path,
                        const std::vector<std::string>& include_folders) {
  std::vector<std::string> waiting = {path};
  while (!waiting.empty()) {
    const std::string next = std::move(waiting.back());
    waiting.pop_back();
    if (files_.size() >= kMaxFiles || bytes_ >= kMaxBytes || !seen_.emplace(next, true).second) continue;
    if (next.starts_with("/") || files.kind(root + "/" + next) != base::FileKind::regular) continue;
    auto text = files.read(root + "/" + next, kMaxFile);
    if (!text) continue;
    bytes_ += text->size();
    SourceFile file;
    file.path = next;
    file.text = std::make_shared<const std::string>(*std::move(text));
    file.tokens = lex_source(*file.text, language_);
    file.closers = matching_brackets(file.tokens);
    for (const auto& token : file.tokens) {
      if (token.kind != SourceToken::Kind::include || token.text.size() > 255) continue;
      includes_.push_back(token.text);
      waiting.push_back(join_path(folder_of(next), token.text));
      for (const auto& folder : include_folders) waiting.push_back(join_path(folder, token.text));
    }
    files_.push_back(std::move(file));
  }
}

void SourceProgram::index() {
  for (std::uint32_t number = 0; number < files_.size(); ++number) index_file(number);
}

void SourceProgram::index_file(std::uint32_t number) {
  const auto& file = files_[number];
  for (std::uint32_t at = 0; at < file.tokens.size(); ++at) {
    const auto& token = file.tokens[at];
    if (!token.is_word()) continue;
    uses_[token.text].push_back({number, at});
    if (at + 1 < file.tokens.size() && file.tokens[at + 1].is("(") && !is_statement(token.text))
      index_function(number, at, at + 1);
  }
}

// `name(…) … {`: a definition, unless a statement ends or another call begins before the brace.
void SourceProgram::index_function(std::uint32_t number, std::uint32_t name, std::uint32_t open) {
  const auto& file = files_[number];
  const std::uint32_t close = file.closers[open];
  std::uint32_t brace = close + 1;
  for (; brace < file.tokens.size() && brace < close + 24; ++brace) {
    const auto& token = file.tokens[brace];
    if (token.is("{")) break;
    const bool between = token.is_word() || token.is("->") || token.is("::") || token.is("<") ||
                         token.is(">") || token.is("&") || token.is("*") || token.is("(") || token.is(")");
    if (!between) return;
  }
  if (close >= file.tokens.size() || brace >= file.tokens.size() || !file.tokens[brace].is("{")) return;
  SourceFunction function;
  const std::string_view called = file.tokens[name].text;
  for (const auto& range : arguments({number, open})) {
    std::string_view parameter;
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      const auto& token = file.tokens[at];
      if (language_ == SourceLanguage::rust ? token.is(":") : token.is("=")) break;
      if (token.is_word()) parameter = token.text;
    }
    if (parameter == "self" && language_ == SourceLanguage::rust) continue;
    parameters_[parameter].push_back({called, function.parameters.size()});
    function.parameters.push_back(parameter);
  }
  function.body = {number, brace + 1, file.closers[brace]};
  functions_[called].push_back(std::move(function));
}

std::vector<SourceRange> SourceProgram::arguments(SourcePlace open) const {
  const auto& file = files_[open.file];
  const std::uint32_t end =
      std::min(file.closers[open.token], static_cast<std::uint32_t>(file.tokens.size()));
  std::vector<SourceRange> out;
  std::uint32_t begin = open.token + 1;
  for (std::uint32_t at = begin; at < end; ++at) {
    const auto& token = file.tokens[at];
    const bool opens = token.is("(") || token.is("[") || token.is("{");
    if (opens) at = std::min(file.closers[at], end - 1);
    if (!token.is(",") || out.size() >= kMaxArguments) continue;
    out.push_back({open.file, begin, at});
    begin = at + 1;
  }
  if (begin < end) out.push_back({open.file, begin, end});
  return out;
}

const std::vector<SourcePlace>& SourceProgram::uses(std::string_view word) const {
  static const std::vector<SourcePlace> none;
  const auto found = uses_.find(word);
  return found == uses_.end() ? none : found->second;
}

const std::vector<SourceFunction>& SourceProgram::functions(std::string_view name) const {
  static const std::vector<SourceFunction> none;
  const auto found = functions_.find(name);
  return found == functions_.end() ? none : found->second;
}

const std::vector<SourceProgram::Parameter>& SourceProgram::parameters(std::string_view name) const {
  static const std::vector<Parameter> none;
  const auto found = parameters_.find(name);
  return found == parameters_.end() ? none : found->second;
}

bool SourceProgram::includes(std::string_view name) const {
  return std::any_of(includes_.begin(), includes_.end(),
                     [name](std::string_view included) { return included.ends_with(name); });
}

}  // namespace crtune::project
