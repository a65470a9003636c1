#include "core/base/escape.hpp"
#include "core/dockerfile/characters.hpp"
#include "core/dockerfile/document.hpp"
#include "core/dockerfile/instruction_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::dockerfile {
namespace {

using base::ErrorCode;
using base::Status;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_leading_space(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  return text;
}

class Parser {
 public:
  Parser(std::string text, const std::string& file) : file_(file) { document_.text = std::move(text); }

  base::Result<Document> parse() {
    CRT_TRY(split_lines());
    check_bytes();
    while (next_ < document_.lines.size()) CRT_TRY(parse_line());
    if (document_.instructions.empty() && document_.problems.empty())
      document_.problems.push_back({.message = "the file has no instruction", .span = {}});
    return std::move(document_);
  }

 private:
  std::string_view content(const Line& line) const { return document_.slice({line.span.begin, line.end}); }

  Status split_lines() {
    if (document_.text.size() > kMaxFile)
      return base::fail(ErrorCode::limit, fmt::format("the file has over {} MiB", kMaxFile >> 20U),
                        {.file = file_}, "a Dockerfile is a short text");
    const std::string_view text = document_.text;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t feed = text.find('\n', begin);
      const std::size_t after = feed == std::string_view::npos ? text.size() : feed + 1;
      Line line = {.span = {begin, after}, .end = after};
      while (line.end > begin && (text[line.end - 1] == '\n' || text[line.end - 1] == '\r')) --line.end;
      if (after - begin > kMaxLine)
        return base::fail(ErrorCode::limit,
                          fmt::format("the line has {} bytes; builders take {}", after - begin, kMaxLine),
                          {.file = file_, .line = document_.lines.size() + 1, .column = kMaxLine + 1},
                          "put the data into a file and COPY it");
      document_.lines.push_back(line);
      begin = after;
    }
    return {};
  }

  // The first byte that no text holds; one is enough to say.
  void check_bytes() {
    const std::string_view text = document_.text;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = base::utf8_sequence_length(text.substr(at, 4));
      if (text[at] == '\0' || length == 0) {
        document_.problems.push_back({.kind = ProblemKind::not_text,
                                      .message = text[at] == '\0' ? "the file holds a NUL byte: it is no text"
                                                                  : "the file is not UTF-8 here",
                                      .span = {at, at + 1}});
        is_binary_ = text[at] == '\0';
        return;
      }
      at += length;
    }
  }

  Status parse_line() {
    Line& line = document_.lines[next_];
    std::string_view text = content(line);
    std::size_t begin = line.span.begin;
    if (next_ == 0 && text.starts_with(kByteOrderMark)) {
      text.remove_prefix(kByteOrderMark.size());
      begin += kByteOrderMark.size();
    }
    const auto trimmed = without_leading_space(text);
    begin += text.size() - trimmed.size();
    if (trimmed.empty() || is_binary_) {
      directives_done_ = true;
      ++next_;
      return {};
    }
    if (trimmed.front() == '#') {
      line.kind = read_directive(trimmed, {begin, line.end}) ? LineKind::directive : LineKind::comment;
      ++next_;
      return {};
    }
    directives_done_ = true;
    return parse_instruction(begin);
  }

  bool read_directive(std::string_view comment, Span span) {
    if (directives_done_) return false;
    directives_done_ = true;
    comment = without_leading_space(comment.substr(1));
    const auto equals = comment.find('=');
    if (equals == std::string_view::npos) return false;
    Directive directive = {.name = lower(trim(comment.substr(0, equals))),
                           .value = std::string(trim(comment.substr(equals + 1))),
                           .span = span};
    const bool known = directive.name == "syntax" || directive.name == "escape" || directive.name == "check";
    if (!known || directive.value.empty()) return false;
    directives_done_ = false;
    for (const auto& before : document_.directives)
      if (before.name == directive.name)
        document_.problems.push_back(
            {.message = fmt::format("the directive '{}' stands twice", directive.name), .span = span});
    if (directive.name == "escape") {
      if (directive.value == "`" || directive.value == "\\")
        document_.escape = directive.value.front();
      else
        document_.problems.push_back({.message = "the escape character is \\ or `", .span = span});
    }
    document_.directives.push_back(std::move(directive));
    return true;
  }

  // Takes the mark that an instruction goes on from the end of `text`.
  bool takes_continuation(std::string_view& text) const {
    std::string_view rest = text;
    while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\t')) rest.remove_suffix(1);
    if (rest.empty() || rest.back() != document_.escape) return false;
    rest.remove_suffix(1);
    if (!rest.empty() && rest.back() == document_.escape) return false;
    text = rest;
    return true;
  }

  Status parse_instruction(std::size_t begin) {
    if (document_.instructions.size() >= kMaxInstructions)
      return base::fail(ErrorCode::limit, fmt::format("there are over {} instructions", kMaxInstructions),
                        {.file = file_, .line = next_ + 1, .column = 1});
    Instruction instruction;
    instruction.first_line = next_ + 1;
    join_lines(instruction, begin);
    const InstructionReader reader(document_.escape, document_.problems);
    reader.read(instruction);
    read_heredocs(instruction);
    reader.check_words(instruction);
    instruction.last_line = next_;
    instruction.span = {instruction.keyword_span.begin, document_.lines[next_ - 1].end};
    // Comments after a continuation mark that nothing follows belong to nobody, but lines tile the file.
    if (instruction.keyword == "FROM" && ++stages_ > kMaxStages)
      return base::fail(ErrorCode::limit, fmt::format("there are over {} stages", kMaxStages),
                        {.file = file_, .line = instruction.first_line, .column = 1});
    document_.instructions.push_back(std::move(instruction));
    return {};
  }

  void join_lines(Instruction& instruction, std::size_t begin) {
    bool goes_on = true;
    for (bool first = true; goes_on && next_ < document_.lines.size(); first = false, ++next_) {
      Line& line = document_.lines[next_];
      const std::size_t from = first ? begin : line.span.begin;
      std::string_view text = document_.slice({from, line.end});
      const auto trimmed = without_leading_space(text);
      if (!first && trimmed.empty()) {
        line.kind = LineKind::continuation_blank;
        instruction.blank_lines.push_back(next_ + 1);
      } else if (!first && trimmed.front() == '#') {
        line.kind = LineKind::continuation_comment;
      } else {
        line.kind = LineKind::instruction;
        goes_on = takes_continuation(text);
        instruction.joined.append(text, from);
      }
    }
  }

  void read_heredocs(Instruction& instruction) {
    for (auto& heredoc : opened_heredocs(instruction)) {
      const std::size_t begin =
          next_ < document_.lines.size() ? document_.lines[next_].span.begin : document_.text.size();
      bool ended = false;
      for (; !ended && next_ < document_.lines.size(); ++next_) {
        Line& line = document_.lines[next_];
        std::string_view text = content(line);
        while (heredoc.strips_tabs && text.starts_with('\t')) text.remove_prefix(1);
        ended = text == heredoc.name;
        line.kind = ended ? LineKind::heredoc_end : LineKind::heredoc;
        heredoc.content = {begin, ended ? line.span.begin : line.span.end};
        if (ended) heredoc.terminator = {line.span.begin, line.end};
      }
      if (!ended)
        document_.problems.push_back(
            {.message = fmt::format("the heredoc '{}' has no end", base::one_line(heredoc.name, 40)),
             .span = heredoc.opener,
             .hint = "a line with nothing but its name ends it"});
      if (!instruction.trigger.empty()) instruction.trigger.front().heredocs.push_back(heredoc);
      instruction.heredocs.push_back(std::move(heredoc));
    }
  }

  std::string file_;
  Document document_;
  std::size_t next_ = 0;  // the line to be read
  std::size_t stages_ = 0;
  bool directives_done_ = false;
  bool is_binary_ = false;
};

}  // namespace

base::Result<Document> parse(std::string text, const std::string& file) {
  return Parser(std::move(text), file).parse();
}

}  // namespace crtune::dockerfile
