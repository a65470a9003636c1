#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

namespace {

constexpr Swap kApk[] = {{"apk add", "apk add --no-cache"}};
constexpr Swap kPip[] = {{"pip install", "pip install --no-cache-dir"},
                         {"pip3 install", "pip3 install --no-cache-dir"},
                         {"uv sync", "uv sync --no-cache"},
                         {"uv pip install", "uv pip install --no-cache"},
                         {"poetry install", "poetry install --no-cache"}};

constexpr ClutterRow kRows[] = {
    {Clutter::apt_lists, "apt's package lists are", {"rm -rf /var/lib/apt/lists/*", ""}},
    {Clutter::apt_archives, "packages that apt downloaded are", {"apt-get clean", ""}},
    {Clutter::apt_indexes, "apt's indexes are", {"rm -f /var/cache/apt/*.bin", ""}},
    {Clutter::apk_cache, "apk's cache is", {"rm -rf /var/cache/apk/*", "", kApk}},
    {Clutter::rpm_cache, "the cache of dnf, yum or zypper is", {"rm -rf {root}", ""}},
    {Clutter::pacman_cache, "packages that pacman downloaded are", {"rm -rf /var/cache/pacman/pkg/*", ""}},
    {Clutter::pip_cache, "the cache of pip, uv or Poetry is", {"rm -rf {root}", "**/.cache", kPip}},
    {Clutter::npm_cache, "npm's cache is", {"npm cache clean --force && rm -rf {root}", "**/.npm"}},
    {Clutter::yarn_cache, "Yarn's cache is", {"yarn cache clean", "**/.cache"}},
    {Clutter::pnpm_store, "pnpm's store is", {"rm -rf {root}", "**/.pnpm-store"}},
    {Clutter::web_build_cache, "a bundler's cache is", {"rm -rf {root}", "**/.cache"}},
    {Clutter::go_build_cache, "Go's build cache is", {"go clean -cache", "**/.cache"}},
    {Clutter::compiler_cache, "a compiler's cache is", {"rm -rf {root}", "**/.cache"}},
    {Clutter::composer_cache, "Composer's cache is", {"composer clear-cache", "**/.composer"}},
    {Clutter::gem_cache, "RubyGems' cache is", {"rm -rf {root}", "**/.gem"}},
    {Clutter::conda_packages, "packages that conda downloaded are", {"conda clean --all --yes", ""}},
};

}  // namespace

void check_caches(const Subject& subject, Findings& findings) {
  report_clutter(subject, findings, kRows);
}

}  // namespace crtune::analysis::rules
