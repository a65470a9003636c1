#include "core/check/rules/rules.hpp"

#include <array>

namespace crtune::check::rules {

using model::Severity;

// What makes the image larger than it need be.
namespace {

constexpr std::array kRules = {
    Rule{{"DF101", "The image stands on a toolchain", Severity::warning,
          "Compilers, headers and package managers are pushed, stored, imported and scanned with every "
          "deployment, and serve whoever breaks in. No request needs them.",
          "Build in a stage of its own and copy only the result: FROM "
          "gcr.io/distroless/static-debian12:nonroot, or the slim variant of the image.",
          ""},
         check_toolchain_image},
    Rule{{"DF102", "The whole source tree is in the image", Severity::warning,
          "Sources, tests and whatever else stands in the folder are pushed with every deployment, change "
          "the layer with every commit and can be read by whoever gets in.",
          "Copy the built program alone, or the files that it opens, one by one.", ""},
         check_whole_source},
    Rule{{"DF103", "A Go program is built with symbols or paths", Severity::warning,
          "Symbol tables and DWARF are about a third of a Go binary and are never loaded; they are pushed, "
          "stored and imported with every deployment. Paths of the build machine make equal sources give "
          "different layers.",
          "go build -trimpath -ldflags=\"-s -w\"", ""},
         check_go_flags},
    Rule{{"DF104", "A file is copied, then changed or deleted", Severity::warning,
          "A layer is immutable: chmod, chown and rm in a later instruction ship the file a second time, or "
          "ship what nobody can see. Both are pushed, stored and imported.",
          "COPY --chmod and --chown set both while copying; do not copy what you delete.", ""},
         check_later_change},
    Rule{{"DF105", "apt's package lists stay in the layer", Severity::warning,
          "They are 20 to 50 MB that are old the next day, pushed and imported with every deployment.",
          "rm -rf /var/lib/apt/lists/* in the same RUN, or --mount=type=cache,target=/var/lib/apt.",
          "hadolint DL3009"},
         check_apt_lists},
    Rule{{"DF106", "apt installs recommended packages too", Severity::warning,
          "Debian's Recommends add packages that a service seldom needs: documentation, fonts, whole "
          "desktops. Each is pushed, stored and scanned.",
          "apt-get install --no-install-recommends; name what is then missing, often ca-certificates.",
          "hadolint DL3015"},
         check_apt_recommends},
    Rule{
        {"DF107", "apk's index stays in the layer", Severity::warning,
         "Without --no-cache apk keeps its index in /var/cache/apk, which is pushed and is old the next day.",
         "apk add --no-cache", "hadolint DL3019"},
        check_apk_cache},
    Rule{{"DF108", "The cache of yum, dnf or zypper stays in the layer", Severity::warning,
          "Package lists and packages in /var/cache are pushed with every deployment and never read.",
          "dnf clean all (yum clean all, zypper clean) in the same RUN, or a cache mount.",
          "hadolint DL3032, DL3036, DL3040"},
         check_rpm_cache},
    Rule{{"DF109", "pip's cache stays in the layer", Severity::warning,
          "pip keeps every wheel a second time in ~/.cache/pip. Nothing reads it in a container.",
          "pip install --no-cache-dir, PIP_NO_CACHE_DIR=1, or --mount=type=cache,target=/root/.cache/pip.",
          "hadolint DL3042"},
         check_pip_cache},
    Rule{{"DF110", "yarn's cache stays in the layer", Severity::warning,
          "yarn 1 keeps every package a second time in its cache.",
          "yarn cache clean in the same RUN, or a cache mount.", "hadolint DL3060"},
         check_yarn_cache},
    Rule{{"DF111", "useradd with a high number makes a huge sparse file", Severity::warning,
          "useradd writes /var/log/lastlog and faillog up to the user's number; builders store the holes as "
          "bytes, gigabytes of them.",
          "useradd -l", "hadolint DL3046"},
         check_useradd_log},
    Rule{{"DF112", "Two RUN instructions where one is enough", Severity::info,
          "Each layer has its own overhead at push and pull, and what the first leaves behind the second "
          "cannot take away.",
          "RUN first && second", "hadolint DL3059"},
         check_consecutive_runs},
    Rule{{"DF113", "Both wget and curl", Severity::info,
          "Two programs for one job are two packages to ship, scan and patch.",
          "Use the one that is there already.", "hadolint DL4001"},
         check_wget_and_curl},
    Rule{{"DF114", "A whole file system is copied", Severity::warning,
          "COPY --from=x / / ships all of a stage, package caches, keys and shell history too, and "
          "overwrites what the base brings.",
          "Copy the folders that are needed.", "hadolint DL3067"},
         check_whole_file_system},
    Rule{{"DF115", "Packages for development are installed", Severity::warning,
          "Test runners, bundlers and type checkers are often more than half of node_modules or of a virtual "
          "environment. They are shipped, and read at start by tools that walk the tree.",
          "npm ci --omit=dev, pnpm install --prod, yarn install --production, poetry install --only main, uv "
          "sync --no-dev; build in an earlier stage.",
          ""},
         check_development_packages},
    Rule{{"DF116", "The build context holds what no build needs", Severity::warning,
          ".git, node_modules and build folders are sent to the builder each time, end the cache of every "
          "COPY after them, and go into the image with COPY . .",
          "Name them in .dockerignore.", ""},
         check_context_waste},
};

}  // namespace

std::span<const Rule> size_rules() {
  return kRules;
}

}  // namespace crtune::check::rules
