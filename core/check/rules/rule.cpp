#include "core/check/rules/rule.hpp"

#include "core/base/escape.hpp"

namespace crtune::check::rules {
namespace {

constexpr std::size_t kShownColumns = 80;

}  // namespace

Found& Findings::add_bytes(dockerfile::Span span, std::string message) {
  Found found;
  found.finding = {
      .rule = std::string(rule_->id), .severity = rule_->severity, .message = std::move(message), .fix = {}};
  found.span = span;
  if (found.span.empty()) found.span.end = found.span.begin + 1;
  out_.push_back(std::move(found));
  return out_.back();
}

Found& Findings::add_span(std::size_t instruction, dockerfile::Span span, std::string message) {
  Found& found = add_bytes(span, std::move(message));
  found.instruction = instruction;
  return found;
}

Found& Findings::add(std::size_t instruction, std::string message) {
  return add_span(instruction, subject_.at(instruction).keyword_span, std::move(message));
}

Found& Findings::add_call(const Call& call, std::string message) {
  const auto& first = call.words().empty() ? call.command().assignments.front() : call.words().front();
  return add_span(call.instruction(), {call.span_of(first).begin, call.end()}, std::move(message));
}

Found& Findings::add_word(const Call& call, const dockerfile::ShellWord& word, std::string message) {
  return add_span(call.instruction(), call.span_of(word), std::move(message));
}

Found& Findings::add_file(const std::string& path, std::uint64_t line, std::uint64_t column,
                          std::string message) {
  Found& found = add_bytes({}, std::move(message));
  found.span = {};
  found.finding.path = path;
  found.finding.line = line;
  found.finding.column = column;
  return found;
}

std::vector<model::RuleText> rule_texts() {
  std::vector<model::RuleText> out;
  for (const auto& rule : all_rules()) out.push_back(rule.text);
  return out;
}

std::string shown(std::string_view text) {
  return base::one_line(text, kShownColumns);
}

}  // namespace crtune::check::rules
