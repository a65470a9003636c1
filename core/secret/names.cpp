#include "core/secret/names.hpp"

#include "core/secret/characters.hpp"
#include "core/secret/value_checks.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace crtune::secret {
namespace {

using model::Severity;

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kShortestValue = 8;
constexpr std::size_t kLongestValue = 4096;

constexpr std::array<std::string_view, 14> kStrong = {
    "apikey", "password", "pword",      "passwd",    "secret",     "secrets",   "token",
    "tokens", "pass",     "passphrase", "secretkey", "privatekey", "accesskey", "passcode"};
constexpr std::array<std::string_view, 6> kWeak = {"key",         "auth", "credential",
                                                   "credentials", "pwd",  "authorization"};
// A key of these is a secret as strong as a password.
constexpr std::array<std::string_view, 10> kQualifiers = {
    "api", "private", "access", "master", "encryption", "signing", "jwt", "session", "account", "app"};
constexpr std::array<std::string_view, 10> kPublic = {"public",      "pub",     "gpg",       "pgp",
                                                      "fingerprint", "keyring", "keyserver", "sha256",
                                                      "publishable", "checksum"};
// As the last word these say that the value is about a secret, not one.
constexpr std::array<std::string_view, 44> kAbout = {
    "file",   "files",   "path",     "dir",      "directory", "url",       "uri",      "endpoint", "host",
    "name",   "id",      "ids",      "type",     "alg",       "algorithm", "length",   "size",     "ttl",
    "expiry", "expires", "timeout",  "enabled",  "enable",    "disabled",  "required", "mode",     "method",
    "prefix", "suffix",  "header",   "provider", "issuer",    "audience",  "store",    "version",  "format",
    "policy", "user",    "username", "sock",     "location",  "region",    "arn",      "ref"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The words of a name in lower case: "DB_PASSWORD", "main.dbPassword" and "db-password" end alike.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool starts = i > 0 && is(name[i], kUpper) && is(name[i - 1], kLower | kDigit);
    if ((!is(name[i], kAlnum) || starts) && !words.back().empty()) words.emplace_back();
    if (is(name[i], kAlnum)) words.back() += lower(name[i]);
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool is_reference(std::string_view value) {
  constexpr std::array<std::string_view, 13> kStarts = {
      "/",   "./",  "../",     "~",     "arn:", "projects/", "vault:",
      "sm:", "op:", "secret:", "file:", "ref+", "sha256:"};
  return std::any_of(kStarts.begin(), kStarts.end(),
                     [value](auto start) { return value.starts_with(start); }) ||
         value.find("://") != std::string_view::npos;
}

bool is_random(std::string_view value) {
  return value.size() >= 16 && kinds_of_characters(value) >= 2 && entropy(value) >= 3.5 &&
         value.find_first_of("0123456789") != std::string_view::npos &&
         value.find_first_of(" ,()[]{}") == std::string_view::npos;
}

}  // namespace

NameKind judge_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName) return NameKind::plain;
  const auto words = words_of(name);
  if (words.empty() || is_one_of(kAbout, words.back())) return NameKind::plain;
  const auto any = [&words](const auto& list) {
    return std::any_of(words.begin(), words.end(),
                       [&list](const std::string& word) { return is_one_of(list, word); });
  };
  if (any(kPublic)) return NameKind::plain;
  if (any(kStrong) || (any(kWeak) && any(kQualifiers))) return NameKind::strong;
  return any(kWeak) ? NameKind::weak : NameKind::plain;
}

bool is_made_of_words(std::string_view value) {
  constexpr std::array<std::string_view, 27> kWords = {
      "password", "passwd", "passw0rd", "passphrase", "secret", "token", "admin", "user",  "root",
      "pass",     "pwd",    "key",      "api",        "auth",   "test",  "demo",  "local", "default",
      "my",       "dev",    "the",      "some",       "super",  "this",  "here",  "db",    "123"};
  std::string small(value);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  std::size_t left = 0;
  for (std::size_t at = 0; at < small.size();) {
    const std::string_view rest = std::string_view(small).substr(at);
    const auto* word =
        std::find_if(kWords.begin(), kWords.end(), [rest](auto w) { return rest.starts_with(w); });
    if (word == kWords.end() && is(small[at], kAlnum)) ++left;
    at += word == kWords.end() ? 1 : word->size();
  }
  return left < 4;
}

void judge_named_value(Hits& hits, std::string_view name, std::size_t begin, std::size_t end) {
  const NameKind kind = judge_name(name);
  if (kind == NameKind::plain || end - begin < kShortestValue || end - begin > kLongestValue) return;
  const std::string_view value = hits.text().substr(begin, end - begin);
  if (entropy(value) < 3 && kind == NameKind::weak) return;
  if (entropy(value) < 2.5 || is_reference(value) || is_placeholder(value) || is_made_of_words(value)) return;
  if (kind == NameKind::weak && !is_random(value)) return;
  const bool has_control =
      std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  // Words with spaces are a sentence about a secret more often than one.
  if (has_control || value.find(' ') != std::string_view::npos) return;
  const Severity severity =
      kinds_of_characters(value) >= 2 && entropy(value) >= 3 ? Severity::error : Severity::warning;
  hits.add_named({Rule::named_value, severity, "a value that is secret by its name", begin, end}, name);
}

}  // namespace crtune::secret
