// What decides on candidates. Each is a Judge, see anchors.hpp.
#pragma once

#include "core/secret/hits.hpp"

#include <cstddef>
#include <string_view>

namespace crtune::secret {

// google.cpp
std::size_t judge_google_api_key(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_google_access_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_google_refresh_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_google_client_secret(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_authorized_user(Hits& hits, std::size_t begin, std::size_t end);

// keys.cpp
std::size_t judge_private_key(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_encoded_key(Hits& hits, std::size_t begin,
                              std::size_t end);  // base64 of a PEM or JSON text
std::size_t judge_aws_key(Hits& hits, std::size_t begin, std::size_t end);

// tokens.cpp
std::size_t judge_github_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_github_fine_grained(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_gitlab_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_npm_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_npm_auth_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_pypi_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_slack_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_slack_webhook(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_stripe_live_key(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_stripe_test_key(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_sendgrid_key(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_openai_key(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_anthropic_key(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_hugging_face_token(Hits& hits, std::size_t begin, std::size_t end);
std::size_t judge_azure_storage_key(Hits& hits, std::size_t begin, std::size_t end);

// docker_login.cpp
std::size_t judge_docker_logins(Hits& hits, std::size_t begin, std::size_t end);
void judge_docker_logins_of_object(Hits& hits);  // a .dockercfg, which has no "auths"

// url.cpp
std::size_t judge_url(Hits& hits, std::size_t begin, std::size_t end);

}  // namespace crtune::secret
