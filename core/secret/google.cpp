// Credentials of Google Cloud and its users, besides service-account keys (keys.cpp).
#include "core/secret/json_member.hpp"
#include "core/secret/judges.hpp"
#include "core/secret/token_shape.hpp"
#include "core/secret/value_checks.hpp"

#include <algorithm>

namespace crtune::secret {

using model::Severity;

std::size_t judge_google_api_key(Hits& hits, std::size_t begin, std::size_t end) {
  return judge_shape(hits, begin, end,
                     {Rule::google_api_key, "a Google API key", kWordDash, 35, 35, 4, kWordDash});
}

std::size_t judge_google_access_token(Hits& hits, std::size_t begin, std::size_t end) {
  // It lives for an hour, so what was built in is mostly dead.
  return judge_shape(hits, begin, end,
                     {Rule::google_token, "a Google OAuth access token", kWordDash | kDot, 60, 2000, 4,
                      kWordDash, Severity::warning});
}

std::size_t judge_google_refresh_token(Hits& hits, std::size_t begin, std::size_t end) {
  return judge_shape(hits, begin, end,
                     {Rule::google_token, "a Google OAuth refresh token", kWordDash, 40, 512, 4, kWordDash});
}

std::size_t judge_google_client_secret(Hits& hits, std::size_t begin, std::size_t end) {
  return judge_shape(hits, begin, end,
                     {Rule::google_user, "a Google OAuth client secret", kWordDash, 28, 28, 3.5, kWordDash,
                      Severity::warning});
}

std::size_t judge_authorized_user(Hits& hits, std::size_t begin, std::size_t end) {
  // The other members of the same object, whose order is free.
  constexpr std::size_t kAround = 1024;
  constexpr std::size_t kShortest = 20;
  const std::size_t from = begin < kAround ? 0 : begin - kAround;
  const std::string_view around = hits.text().substr(from, end - from + kAround);
  const TextRange secret = json_string_member(around, "client_secret");
  const TextRange token = json_string_member(around, "refresh_token");
  if (secret.empty() || token.end - token.begin < kShortest) return end;
  const std::string_view value = around.substr(token.begin, token.end - token.begin);
  if (entropy(value) >= 3.5 && !is_placeholder(value))
    hits.add({Rule::google_user, Severity::error, "a Google user's application default credentials",
              from + token.begin, from + token.end});
  return end;
}

}  // namespace crtune::secret
