// scheme://user:password@host (RFC 3986, section 3.2.1).
#include "core/secret/characters.hpp"
#include "core/secret/judges.hpp"
#include "core/secret/names.hpp"
#include "core/secret/value_checks.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace crtune::secret {
namespace {

using model::Severity;

constexpr std::size_t kLongestUserInfo = 256;
constexpr std::size_t kShortestPassword = 6;

bool is_made_up_host(std::string_view host) {
  constexpr std::array<std::string_view, 12> kHosts = {"host",     "hostname", "server",   "proxy",
                                                       "myhost",   "foo",      "bar",      "domain",
                                                       "somehost", "site",     "registry", "url"};
  constexpr std::array<std::string_view, 4> kEnds = {".example", ".test", ".invalid", ".foo"};
  std::string small(host);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  const auto is_end = [&small](auto end) { return small.ends_with(end); };
  return std::find(kHosts.begin(), kHosts.end(), small) != kHosts.end() ||
         std::any_of(kEnds.begin(), kEnds.end(), is_end) || small.find("example.") != std::string::npos ||
         small.find("domain.") != std::string::npos || small.starts_with("host.") ||
         small.starts_with("your");
}

bool is_local_host(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "0.0.0.0";
}

bool is_password(std::string_view user, std::string_view password) {
  if (password.size() < kShortestPassword || password == user || entropy(password) < 2.3) return false;
  // A variable, a masked value or a pattern.
  if (password.find_first_of("$*^~,;") != std::string_view::npos) return false;
  for (std::size_t i = password.find('%'); i != std::string_view::npos; i = password.find('%', i + 1))
    if (i + 2 >= password.size() || !is(password[i + 1], kAlnum) || !is(password[i + 2], kAlnum))
      return false;
  return !is_placeholder(password) && !is_made_of_words(password);
}

}  // namespace

std::size_t judge_url(Hits& hits, std::size_t begin, std::size_t end) {
  const std::string_view text = hits.text();
  const std::size_t stop = run_end(text, end, kUserInfo, kLongestUserInfo);
  if (stop >= text.size() || text[stop] != '@' || begin == 0 || !is(text[begin - 1], kAlnum)) return stop;
  const std::string_view info = text.substr(end, stop - end);
  const auto colon = info.find(':');
  if (colon == std::string_view::npos) return stop;
  const std::string_view password = info.substr(colon + 1);
  const std::size_t host_end = run_end(text, stop + 1, kAlnum | kDot | kDash, 253);
  const std::string_view host = text.substr(stop + 1, host_end - stop - 1);
  if (host.empty() || is_made_up_host(host) || !is_password(info.substr(0, colon), password)) return stop;
  Severity severity = Severity::warning;
  if (kinds_of_characters(password) < 2 || is_local_host(host)) {
    severity = Severity::info;
  } else if (hits.path().empty()) {
    severity = Severity::error;  // in a configuration it is no example
  }
  hits.add({Rule::url_password, severity, "a password in a URL", end + colon + 1, stop});
  return stop;
}

}  // namespace crtune::secret
