// Private keys, what holds them, and key pairs of AWS.
#include "core/secret/base64.hpp"
#include "core/secret/characters.hpp"
#include "core/secret/judges.hpp"
#include "core/secret/pem.hpp"
#include "core/secret/value_checks.hpp"

#include <algorithm>

namespace crtune::secret {
namespace {

using model::Severity;

// Whether the PEM block at `begin` is the private_key member of a service account's key file, in JSON, in a
// string that holds JSON, or in YAML.
bool is_in_service_account(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kAround = 3072;
  constexpr std::string_view kBetween = " \t\r\n\"'\\:=|>-";
  std::size_t at = begin;
  while (at > 0 && begin - at < 64 && kBetween.find(text[at - 1]) != std::string_view::npos) --at;
  if (!text.substr(0, at).ends_with("private_key")) return false;
  const std::size_t from = begin < kAround ? 0 : begin - kAround;
  const std::string_view before = text.substr(from, begin - from);
  const std::string_view after = text.substr(end, kAround);
  const auto has = [before, after](std::string_view word) {
    return after.find(word) != std::string_view::npos || before.find(word) != std::string_view::npos;
  };
  return has("service_account") && has("gserviceaccount.com");
}

Found found_key(const PrivateKey& key, bool is_service_account, std::size_t begin, std::size_t end) {
  if (is_service_account)
    return {Rule::service_account, Severity::error, "a Google service-account key", begin, end};
  if (key.is_encrypted)
    return {Rule::private_key, Severity::warning, "a private key with a passphrase", begin, end};
  return {Rule::private_key, Severity::error, "a private key", begin, end};
}

bool is_aws_secret(std::string_view value) {
  return kinds_of_characters(value) >= 3 && entropy(value) >= 4.2 && !is_placeholder(value);
}

// Whether a run of exactly 40 characters stands in `text` that could be the secret of a key pair.
bool has_aws_secret(std::string_view text) {
  constexpr std::size_t kLength = 40;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = run_end(text, at, kBase64, text.size());
    const bool after_escape = end - at == kLength + 1 && begins_word(text, at + 1);
    const std::size_t begin = after_escape ? at + 1 : at;
    const bool is_apart = end == text.size() || (text[end] != '=' && text[end] != '_' && text[end] != '-');
    if (end - begin == kLength && is_apart && is_aws_secret(text.substr(begin, kLength))) return true;
    at = end;
  }
  return false;
}

}  // namespace

std::size_t judge_private_key(Hits& hits, std::size_t begin, std::size_t /*end*/) {
  std::size_t looked = begin;
  const auto key = private_key_at(hits.text(), begin, looked);
  if (key)
    hits.add(found_key(*key, is_in_service_account(hits.text(), begin, key->end), begin, key->end),
             key->base64);
  return looked;
}

std::size_t judge_encoded_key(Hits& hits, std::size_t begin, std::size_t /*end*/) {
  constexpr std::size_t kLongest = 64 * 1024;
  constexpr std::size_t kMostBlocks = 8;
  if (!begins_word(hits.text(), begin)) return begin;
  std::size_t at = begin;
  std::string encoded = collect_base64(hits.text(), at, kLongest);
  // What follows the value may look like a last group; whole groups are enough to judge.
  encoded.resize(encoded.size() / 4 * 4);
  const auto decoded = decode_base64(encoded);
  if (!decoded) return at;
  const std::string_view inner = *decoded;
  std::size_t from = 0;
  for (std::size_t block = 0; block < kMostBlocks; ++block) {
    const auto pem = inner.find("-----BEGIN ", from);
    if (pem == std::string_view::npos) break;
    const auto key = private_key_at(inner, pem, from);
    if (!key) continue;
    hits.add(found_key(*key, is_in_service_account(inner, pem, key->end), begin, at), key->base64);
    break;
  }
  return at;
}

std::size_t judge_aws_key(Hits& hits, std::size_t begin, std::size_t end) {
  constexpr std::size_t kRest = 16;
  constexpr std::size_t kNear = 300;
  const std::string_view text = hits.text();
  if (!begins_word(text, begin)) return end;
  const std::size_t stop = run_end(text, end, kUpper | kDigit, kRest + 1);
  const std::string_view rest = text.substr(end, stop - end);
  const bool is_base32 = rest.find_first_of("0189") == std::string_view::npos;
  if (rest.size() != kRest || !is_base32 || (stop < text.size() && is(text[stop], kWord))) return stop;
  if (entropy(rest) < 2.5 || is_placeholder(rest)) return stop;
  const std::size_t from = begin < kNear ? 0 : begin - kNear;
  const bool has_secret =
      has_aws_secret(text.substr(from, begin - from)) || has_aws_secret(text.substr(stop, kNear));
  if (has_secret) {
    hits.add({Rule::aws_key, Severity::error, "an AWS access key with its secret", begin, stop});
  } else {
    hits.add({Rule::aws_key, Severity::warning, "an AWS access key id", begin, stop});
  }
  return stop;
}

}  // namespace crtune::secret
