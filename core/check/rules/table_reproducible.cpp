#include "core/check/rules/rules.hpp"

#include <array>

namespace crtune::check::rules {

using model::Severity;

// What makes the same file give another image tomorrow.
namespace {

constexpr std::array kRules = {
    Rule{{"DF501", "A base image without a tag", Severity::warning,
          "Without a tag it is latest: whatever was pushed last.", "FROM image:version", "hadolint DL3006"},
         check_untagged_base},
    Rule{{"DF502", "A base image with the tag latest", Severity::warning,
          "It moves: the next build stands on something that nobody tested.", "FROM image:version",
          "hadolint DL3007"},
         check_latest_base},
    Rule{{"DF503", "A base image without a digest", Severity::info,
          "A tag can be pushed again. A digest names exactly the bytes that were tested.",
          "FROM image:version@sha256:…", ""},
         check_unpinned_base},
    Rule{{"DF504", "System packages without versions", Severity::info,
          "The next build may install others. Pinned ones vanish from Debian's mirrors, though, and then the "
          "build fails: a digest of the base, or a snapshot mirror, holds longer.",
          "package=version", "hadolint DL3008, DL3018, DL3033, DL3037, DL3041"},
         check_system_packages},
    Rule{
        {"DF505", "Packages of pip, npm or gem without versions", Severity::warning,
         "The next build may install others, which nobody tested.",
         "pip install name==version, or -r requirements.txt with versions; npm ci; gem install name:version.",
         "hadolint DL3013, DL3016, DL3028"},
        check_language_packages},
    Rule{{"DF506", "A Go tool without a version", Severity::warning,
          "go install name@latest installs what was tagged last.", "go install name@v1.2.3",
          "hadolint DL3062"},
         check_go_tools},
    Rule{{"DF507", "The whole system is upgraded", Severity::info,
          "What comes out depends on the day; the old files stay in the base's layers.",
          "A newer base image.", "hadolint DL3035"},
         check_system_upgrade},
    Rule{{"DF508", "An install that may ignore the lock file", Severity::warning,
          "npm install and yarn install change the lock file where it does not fit; the image then holds "
          "versions that nobody tested.",
          "npm ci, yarn install --frozen-lockfile, pnpm install --frozen-lockfile.", ""},
         check_lock_file},
};

}  // namespace

std::span<const Rule> reproducible_rules() {
  return kRules;
}

}  // namespace crtune::check::rules
