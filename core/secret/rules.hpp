// The twenty rules, by name.
#pragma once

#include "core/model/finding.hpp"

#include <cstdint>

namespace crtune::secret {

enum class Rule : std::uint8_t {
  service_account,
  google_user,
  google_api_key,
  google_token,
  private_key,
  aws_key,
  github_token,
  gitlab_token,
  npm_token,
  pypi_token,
  slack_token,
  stripe_key,
  sendgrid_key,
  ai_key,
  hugging_face_token,
  azure_storage,
  docker_login,
  credential_file,
  url_password,
  named_value,
};

// Never fails: each rule has a text.
const model::RuleText& rule_text(Rule rule);

// Which of two rules says more of the same characters: the higher one.
constexpr int rank(Rule rule) {
  switch (rule) {
    case Rule::service_account:
    case Rule::google_user:
    case Rule::docker_login: return 4;
    case Rule::credential_file: return 2;
    case Rule::url_password: return 1;
    case Rule::named_value: return 0;
    default: return 3;
  }
}

}  // namespace crtune::secret
