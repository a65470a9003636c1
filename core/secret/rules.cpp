#include "core/secret/rules.hpp"

#include "core/secret/scan.hpp"

#include <array>
#include <cstddef>

namespace crtune::secret {
namespace {

using model::RuleText;
using model::Severity;

constexpr std::string_view kShipped =
    "Whoever can pull the image can read it, from every layer, also where a later layer deletes the file.";

constexpr std::array<RuleText, 20> kRules = {{
    {"SEC101", "Google service-account key", Severity::error,
     "A key file acts as its service account until the key is deleted. On Cloud Run it is never needed: the "
     "metadata "
     "server gives the service's own identity.",
     "Delete the key (gcloud iam service-accounts keys delete), take the file out of the build, and deploy "
     "with "
     "--service-account."},
    {"SEC102", "Google user or client credentials", Severity::error,
     "Application default credentials of a person give all that the person may do.",
     "Revoke them (gcloud auth application-default revoke), keep ~/.config/gcloud out of the build context, "
     "and "
     "deploy with --service-account."},
    {"SEC103", "Google API key", Severity::error,
     "Anyone who reads the key can spend its quota, unless it is restricted.",
     "Make a new key with restrictions, delete this one, and pass it with --set-secrets."},
    {"SEC104", "Google OAuth token", Severity::error,
     "A refresh token gives access to the account until it is revoked; an access token for an hour.",
     "Revoke the token at https://myaccount.google.com/permissions and build without it."},
    {"SEC105", "Private key", Severity::error, kShipped,
     "Replace the key pair, and mount the new key with --set-secrets (Secret Manager) at run time."},
    {"SEC106", "AWS access key", Severity::error, kShipped,
     "Deactivate the key in IAM; use workload identity federation, or pass it with --set-secrets."},
    {"SEC107", "GitHub token", Severity::error, kShipped,
     "Revoke the token at https://github.com/settings/tokens; in a build use RUN --mount=type=secret."},
    {"SEC108", "GitLab token", Severity::error, kShipped,
     "Revoke the token in GitLab; in a build use RUN --mount=type=secret."},
    {"SEC109", "npm token", Severity::error, kShipped,
     "Revoke the token (npm token revoke); in a build use RUN "
     "--mount=type=secret,id=npmrc,target=/root/.npmrc."},
    {"SEC110", "PyPI token", Severity::error, kShipped,
     "Delete the token at https://pypi.org/manage/account; publish outside the image."},
    {"SEC111", "Slack token or webhook", Severity::error, kShipped,
     "Revoke the token at https://api.slack.com/apps and pass the new one with --set-secrets."},
    {"SEC112", "Stripe key", Severity::error,
     "A live key moves money. A test key does not, but rarely belongs in an image.",
     "Roll the key at https://dashboard.stripe.com/apikeys and pass the new one with --set-secrets."},
    {"SEC113", "SendGrid key", Severity::error, kShipped,
     "Delete the key in SendGrid and pass the new one with --set-secrets."},
    {"SEC114", "OpenAI or Anthropic key", Severity::error, "Whoever reads the key can spend on the account.",
     "Revoke the key in the provider's console and pass the new one with --set-secrets."},
    {"SEC115", "Hugging Face token", Severity::error, kShipped,
     "Invalidate the token at https://huggingface.co/settings/tokens; in a build use RUN "
     "--mount=type=secret."},
    {"SEC116", "Azure storage key", Severity::error, "The key gives full access to the storage account.",
     "Rotate the account's key and pass the new one with --set-secrets."},
    {"SEC117", "Docker registry login", Severity::error,
     "The login can pull, and often push, the registry's images.",
     "Log out, change the password or token, and keep ~/.docker out of the build context."},
    {"SEC118", "Password or key in a credential file", Severity::error, kShipped,
     "Change what it opens, and mount the file for the step that needs it: RUN --mount=type=secret."},
    {"SEC119", "Password in a URL", Severity::warning,
     "URLs are written to logs, process lists and image histories.",
     "Change the password and pass it with --set-secrets, apart from the URL."},
    {"SEC120", "Secret in a variable", Severity::error,
     "ENV and ARG values stand in the image's configuration and history, for everyone who can pull it.",
     "Change the value; at run time pass it with --set-secrets, in a build with RUN --mount=type=secret."},
}};

}  // namespace

const RuleText& rule_text(Rule rule) {
  return kRules[static_cast<std::size_t>(rule)];
}

std::span<const RuleText> rules() {
  return kRules;
}

}  // namespace crtune::secret
