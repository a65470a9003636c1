// Tokens of providers, by the shapes that they document or that their tokens have.
#include "core/secret/base64.hpp"
#include "core/secret/judges.hpp"
#include "core/secret/token_shape.hpp"
#include "core/secret/value_checks.hpp"

#include <algorithm>

namespace crtune::secret {

using model::Severity;

std::size_t judge_github_token(Hits& hits, std::size_t begin, std::size_t end) {
  static constexpr TokenShape kShape = {Rule::github_token, "a GitHub token", kAlnum, 36, 255};
  std::size_t looked = end;
  const std::size_t stop = token_end(hits, begin, end, kShape, looked);
  if (stop == 0) return looked;
  const std::string_view body = hits.text().substr(end, stop - end);
  // Longer ones (refresh tokens, 76) have entropy in place of a checksum of a known range.
  constexpr std::size_t kChecked = 36;
  constexpr std::size_t kLong = 70;
  const bool is_issued =
      body.size() == kChecked ? ends_with_checksum("", body) : body.size() >= kLong && entropy(body) >= 4.5;
  if (is_issued) hits.add({kShape.rule, Severity::error, kShape.what, begin, stop});
  return looked;
}

std::size_t judge_github_fine_grained(Hits& hits, std::size_t begin, std::size_t end) {
  constexpr std::size_t kFirst = 22;
  const bool has_parts = hits.text().size() > end + kFirst && hits.text()[end + kFirst] == '_';
  if (!has_parts) return end;
  return judge_shape(hits, begin, end,
                     {Rule::github_token, "a GitHub fine-grained token", kWord, 82, 82, 4.3});
}

std::size_t judge_gitlab_token(Hits& hits, std::size_t begin, std::size_t end) {
  return judge_shape(hits, begin, end,
                     {Rule::gitlab_token, "a GitLab token", kWordDash | kDot, 20, 300, 3.3, kWordDash});
}

std::size_t judge_npm_token(Hits& hits, std::size_t begin, std::size_t end) {
  static constexpr TokenShape kShape = {Rule::npm_token, "an npm token", kAlnum, 36, 36};
  std::size_t looked = end;
  const std::size_t stop = token_end(hits, begin, end, kShape, looked);
  if (stop == 0) return looked;
  const std::string_view body = hits.text().substr(end, stop - end);
  // Accounts differ on whether the prefix is part of what is summed.
  if (ends_with_checksum("", body) || ends_with_checksum("npm_", body))
    hits.add({kShape.rule, Severity::error, kShape.what, begin, stop});
  return looked;
}

std::size_t judge_npm_auth_token(Hits& hits, std::size_t begin, std::size_t end) {
  const std::string_view text = hits.text();
  std::size_t at = end;
  while (at < text.size() && at < end + 8 && (is_space(text[at]) || text[at] == '"' || text[at] == '=')) ++at;
  if (at == end) return end;
  const std::size_t stop = run_end(text, at, kWordDash | kSlashPlus | kDot, 512);
  const std::string_view value = text.substr(at, stop - at);
  constexpr std::size_t kShortest = 20;
  if (begin > 0 && value.size() >= kShortest && entropy(value) >= 3 && kinds_of_characters(value) >= 2 &&
      !is_placeholder(value) && !value.starts_with("process."))
    // An npm_ token in this place is known by its checksum or not at all.
    if (!value.starts_with("npm_"))
      hits.add({Rule::npm_token, Severity::error, "an npm registry token", at, stop});
  return stop;
}

std::size_t judge_pypi_token(Hits& hits, std::size_t begin, std::size_t end) {
  const std::string_view site = hits.text().substr(end, 24);
  const bool is_real = site.starts_with("IcHlwaS5vcmc");          // "pypi.org" in the macaroon
  const bool is_trial = site.starts_with("NdGVzdC5weXBpLm9yZw");  // "test.pypi.org"
  if (!is_real && !is_trial) return end;
  TokenShape shape = {Rule::pypi_token, "a PyPI token", kWordDash, 62, 1000, 3.5, kWordDash};
  if (is_trial) shape.severity = Severity::warning;
  return judge_shape(hits, begin, end, shape);
}

std::size_t judge_slack_token(Hits& hits, std::size_t begin, std::size_t end) {
  const std::string_view text = hits.text();
  if (!begins_word(text, begin)) return end;
  const std::size_t stop = run_end(text, end, kAlnum | kDash, 300);
  const std::string_view body = text.substr(end, stop - end);
  const auto dash = body.rfind('-');
  if (dash == std::string_view::npos || (stop < text.size() && is(text[stop], kWord))) return stop;
  const std::string_view last = body.substr(dash + 1);
  constexpr std::size_t kShortestNumber = 9;
  constexpr std::size_t kShortestLast = 20;
  bool has_number = false;
  for (std::size_t at = 0; at < dash;) {
    const std::size_t next = std::min(body.find('-', at), dash);
    has_number = has_number || (next - at >= kShortestNumber && run_end(body, at, kDigit, next - at) == next);
    at = next + 1;
  }
  if (has_number && last.size() >= kShortestLast && entropy(last) >= 3 && !is_placeholder(last))
    hits.add({Rule::slack_token, Severity::error, "a Slack token", begin, stop});
  return stop;
}

std::size_t judge_slack_webhook(Hits& hits, std::size_t begin, std::size_t end) {
  const std::string_view text = hits.text();
  const auto part = [text](std::size_t at, char first) {
    return at < text.size() && text[at] == first ? run_end(text, at, kAlnum, 16) : at;
  };
  const std::size_t team = part(end, 'T');
  if (team < end + 9 || team >= text.size() || text[team] != '/') return end;
  const std::size_t hook = part(team + 1, 'B');
  if (hook < team + 9 || hook >= text.size() || text[hook] != '/') return end;
  const std::size_t stop = run_end(text, hook + 1, kAlnum, 64);
  const std::string_view last = text.substr(hook + 1, stop - hook - 1);
  if (last.size() >= 20 && entropy(last) >= 3 && !is_placeholder(last))
    hits.add({Rule::slack_token, Severity::error, "a Slack webhook", begin, stop});
  return stop;
}

std::size_t judge_stripe_live_key(Hits& hits, std::size_t begin, std::size_t end) {
  return judge_shape(hits, begin, end, {Rule::stripe_key, "a Stripe live key", kAlnum, 24, 250, 3.3});
}

std::size_t judge_stripe_test_key(Hits& hits, std::size_t begin, std::size_t end) {
  return judge_shape(hits, begin, end,
                     {Rule::stripe_key, "a Stripe test key", kAlnum, 24, 250, 3.3, kWord, Severity::info});
}

std::size_t judge_sendgrid_key(Hits& hits, std::size_t begin, std::size_t end) {
  const std::string_view text = hits.text();
  constexpr std::size_t kFirst = 22;
  if (text.size() <= end + kFirst || text[end + kFirst] != '.') return end;
  return judge_shape(hits, begin, end,
                     {Rule::sendgrid_key, "a SendGrid key", kWordDash | kDot, 66, 66, 4, kWordDash});
}

std::size_t judge_openai_key(Hits& hits, std::size_t begin, std::size_t end) {
  const std::string_view text = hits.text();
  constexpr std::size_t kLongestPart = 160;
  constexpr std::size_t kShortestPart = 20;
  std::size_t first = begin;
  while (first > 0 && begin - first < kLongestPart && is(text[first - 1], kWordDash)) --first;
  // An escape before the key, \n, leaves its letter in the run.
  if (first > 0 && text[first - 1] == '\\') ++first;
  const std::size_t stop = run_end(text, end, kWordDash, kLongestPart);
  const std::string_view value = text.substr(first, stop - first);
  if (value.starts_with("sk-") && begin - first >= kShortestPart + 3 && stop - end >= kShortestPart &&
      entropy(value) >= 4 && !is_placeholder(value))
    hits.add({Rule::ai_key, Severity::error, "an OpenAI key", first, stop});
  return stop;
}

std::size_t judge_anthropic_key(Hits& hits, std::size_t begin, std::size_t end) {
  static constexpr TokenShape kShape = {Rule::ai_key, "an Anthropic key", kWordDash, 90, 140, 4, kWordDash};
  std::size_t looked = end;
  const std::size_t stop = token_end(hits, begin, end, kShape, looked);
  if (stop != 0 && hits.text().substr(end, stop - end).ends_with("AA"))
    hits.add({kShape.rule, Severity::error, kShape.what, begin, stop});
  return looked;
}

std::size_t judge_hugging_face_token(Hits& hits, std::size_t begin, std::size_t end) {
  static constexpr TokenShape kShape = {
      Rule::hugging_face_token, "a Hugging Face token", kAlnum, 34, 34, 3.8};
  std::size_t looked = end;
  const std::size_t stop = token_end(hits, begin, end, kShape, looked);
  if (stop == 0) return looked;
  const std::string_view body = hits.text().substr(end, stop - end);
  const auto upper = std::count_if(body.begin(), body.end(), [](char c) { return is(c, kUpper); });
  if (upper >= 5 && upper <= 29) hits.add({kShape.rule, Severity::error, kShape.what, begin, stop});
  return looked;
}

std::size_t judge_azure_storage_key(Hits& hits, std::size_t begin, std::size_t end) {
  const std::string_view text = hits.text();
  constexpr std::size_t kLength = 86;
  const std::size_t stop = run_end(text, end, kBase64, kLength + 1);
  if (!begins_word(text, begin) || stop - end != kLength || !text.substr(stop).starts_with("==")) return stop;
  const std::string_view value = text.substr(end, kLength + 2);
  if (entropy(value) >= 4 && !is_placeholder(value.substr(0, kLength)))
    hits.add({Rule::azure_storage, Severity::error, "an Azure storage key", end, stop + 2});
  return stop;
}

}  // namespace crtune::secret
