#include "core/project/go_private.hpp"

#include "core/base/glob.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

constexpr std::uint64_t kMaxFile = 1U << 20U;
// Where people say it, in the order of trust.
constexpr std::array<std::string_view, 8> kFiles = {"Makefile",     ".envrc",         "go.env",
                                                    ".env.example", "Taskfile.yml",   ".gitlab-ci.yml",
                                                    "Dockerfile",   "cloudbuild.yaml"};
constexpr std::array<std::string_view, 8> kHostStarts = {"git.",    "gitlab.", "gitea.", "bitbucket.",
                                                         "github.", "code.",   "scm.",   "stash."};
constexpr std::array<std::string_view, 6> kHostEnds = {".internal", ".corp",    ".local",
                                                       ".lan",      ".private", ".intra"};
constexpr std::array<std::string_view, 8> kPublicHosts = {"github.com",    "gitlab.com",   "bitbucket.org",
                                                          "git.sr.ht",     "gitea.com",    "codeberg.org",
                                                          "code.gitea.io", "git.zx2c4.com"};

std::string_view host_of(std::string_view path) {
  return path.substr(0, path.find('/'));
}

bool is_private_host(std::string_view host) {
  if (std::find(kPublicHosts.begin(), kPublicHosts.end(), host) != kPublicHosts.end()) return false;
  if (host.find('.') == std::string_view::npos) return false;  // no host: the project's own short name
  const auto starts = [host](std::string_view start) { return host.starts_with(start); };
  const auto ends = [host](std::string_view end) { return host.ends_with(end); };
  return std::any_of(kHostStarts.begin(), kHostStarts.end(), starts) ||
         std::any_of(kHostEnds.begin(), kHostEnds.end(), ends);
}

// As GOPRIVATE reads it: a pattern matches a path or the start of one.
bool covers(std::string_view patterns, std::string_view path) {
  while (!patterns.empty()) {
    const std::size_t end = std::min(patterns.find(','), patterns.size());
    const auto pattern = patterns.substr(0, end);
    patterns.remove_prefix(std::min(end + 1, patterns.size()));
    if (pattern.empty()) continue;
    const auto parts = std::count(pattern.begin(), pattern.end(), '/') + 1;
    std::size_t at = 0;
    for (auto left = parts; left > 0 && at != std::string_view::npos; --left)
      at = path.find('/', at + (at > 0 ? 1U : 0U));
    // The leading "/" keeps a pattern of one part from matching any part.
    if (base::glob_matches("/" + std::string(pattern), "/" + std::string(path.substr(0, at)))) return true;
  }
  return false;
}

bool is_pattern_list(std::string_view text) {
  return !text.empty() && text.size() < 500 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("./-_~*,?").find(c) != std::string_view::npos;
  });
}

// The value behind GOPRIVATE and "=", ":" or ":=".
std::string_view value_in(std::string_view line) {
  const std::size_t at = line.find("GOPRIVATE");
  if (at == std::string_view::npos || line.find_first_not_of(" \t") == line.find('#')) return {};
  line.remove_prefix(at + 9);
  const std::size_t begin = line.find_first_not_of(" \t:=?\"'");
  if (begin == 0 || begin == std::string_view::npos) return {};
  line.remove_prefix(begin);
  return line.substr(0, line.find_first_of(" \t\r\"';&"));
}

}  // namespace

void find_private_modules(base::Files& files, const std::string& root, const GoMod& mod,
                          model::Project& project) {
  if (project.vendored) return;
  const auto required = [&mod](const auto& matches) {
    return std::find_if(
        mod.requires_modules.begin(), mod.requires_modules.end(), [&](const GoRequire& require) {
          return matches(require.path) &&
                 std::none_of(mod.replaces.begin(), mod.replaces.end(), [&require](const GoReplace& replace) {
                   return replace.is_local() && replace.old_path == require.path;
                 });
        });
  };
  for (const auto name : kFiles) {
    const std::string path = root + "/" + std::string(name);
    if (files.kind(path) != base::FileKind::regular) continue;
    const auto text = files.read(path, kMaxFile);
    if (!text) continue;
    std::string_view rest = *text;
    for (std::uint64_t number = 1; !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const auto value = value_in(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!is_pattern_list(value)) continue;
      const auto found = required([value](std::string_view module) { return covers(value, module); });
      if (found == mod.requires_modules.end()) continue;
      project.private_modules = value;
      project.evidence.push_back({fmt::format("private modules: {}", value), std::string(name), number});
      return;
    }
  }
  const auto host = host_of(mod.module);
  if (!is_private_host(host)) return;
  const auto found = required([host](std::string_view module) { return host_of(module) == host; });
  if (found == mod.requires_modules.end()) return;
  project.private_modules = host;
  project.evidence.push_back(
      {fmt::format("private modules: {} is on this module's own host", found->path), "go.mod", found->line});
}

}  // namespace crtune::project
