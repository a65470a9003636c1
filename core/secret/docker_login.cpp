// Logins in Docker's config.json: {"auths": {"registry": {"auth": "<base64 of user:password>"}}}.
// Source: docker/cli, cli/config/types/authconfig.go.
#include "core/secret/base64.hpp"
#include "core/secret/characters.hpp"
#include "core/secret/judges.hpp"
#include "core/secret/value_checks.hpp"

namespace crtune::secret {
namespace {

using model::Severity;

bool is_login(std::string_view key, std::string_view value) {
  constexpr std::size_t kShortestToken = 16;
  if (key == "auth") {
    const auto decoded = decode_base64(value);
    if (!decoded) return false;
    const auto colon = decoded->find(':');
    if (colon == std::string::npos || colon == 0) return false;
    const std::string_view password = std::string_view(*decoded).substr(colon + 1);
    return password.size() >= 4 && !is_placeholder(password) && password != decoded->substr(0, colon);
  }
  if (key == "password") return value.size() >= 8 && !is_placeholder(value);
  if (key != "identitytoken" && key != "registrytoken") return false;
  return value.size() >= kShortestToken && !is_placeholder(value);
}

// Walks an object from behind its "{", at most 64 KiB far.
class LoginWalker {
 public:
  LoginWalker(Hits& hits, std::size_t from) : hits_(hits), text_(hits.text()), at_(from) {}

  std::size_t walk() {
    constexpr std::size_t kFarthest = 64 * 1024;
    const std::size_t last = text_.size() - at_ < kFarthest ? text_.size() : at_ + kFarthest;
    for (; at_ < last && depth_ > 0; ++at_) {
      const char c = text_[at_];
      if (c == '{' || c == '[') ++depth_;
      if (c == '}' || c == ']') --depth_;
      if (c == ',' || c == '{') key_ = {};
      if (c == '"') take_string(last);
    }
    return at_;
  }

 private:
  // In a document that stands in a string, a quote is \" and the backslash ends the value.
  void take_string(std::size_t last) {
    const std::size_t begin = at_ + 1;
    std::size_t end = begin;
    while (end < last && text_[end] != '"') ++end;
    std::string_view value = text_.substr(begin, end - begin);
    while (value.ends_with('\\')) value.remove_suffix(1);
    at_ = end;
    if (key_.empty()) {
      key_ = value;
    } else if (is_login(key_, value)) {
      hits_.add(
          {Rule::docker_login, Severity::error, "a login of a Docker registry", begin, begin + value.size()});
    }
  }

  Hits& hits_;
  std::string_view text_;
  std::size_t at_;
  std::size_t depth_ = 1;
  std::string_view key_;
};

}  // namespace

std::size_t judge_docker_logins(Hits& hits, std::size_t /*begin*/, std::size_t end) {
  const std::string_view text = hits.text();
  std::size_t at = end;
  bool has_colon = false;
  while (at < text.size() && at < end + 32 && text[at] != '{') {
    const char c = text[at];
    if (!is_space(c) && c != '\\' && c != '"' && c != ':') return end;
    has_colon = has_colon || c == ':';
    ++at;
  }
  if (!has_colon || at >= text.size() || text[at] != '{') return end;
  return LoginWalker(hits, at + 1).walk();
}

void judge_docker_logins_of_object(Hits& hits) {
  const auto open = hits.text().find('{');
  if (open != std::string_view::npos) LoginWalker(hits, open + 1).walk();
}

}  // namespace crtune::secret
