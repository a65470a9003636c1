#include "core/project/path_pattern.hpp"

#include "core/base/glob.hpp"
#include "core/project/go_program.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;

namespace {

constexpr std::size_t kMaxMatches = 2000;
constexpr std::size_t kMaxDepth = 30;

std::string full_path(const std::string& root, const std::string& path) {
  return path == "." ? root : root + "/" + path;
}

void collect(base::Files& files, const std::string& root, const std::string& path, std::size_t depth,
             std::vector<std::string>& out, std::size_t limit) {
  const auto kind = files.kind(full_path(root, path));
  if (kind == FileKind::regular) out.push_back(path);
  if (kind != FileKind::directory || depth > kMaxDepth) return;
  const auto entries = files.list(full_path(root, path));
  if (!entries) return;
  for (const auto& entry : *entries) {
    if (out.size() >= limit) return;
    if (entry.name == ".git" || entry.name == "node_modules") continue;
    collect(files, root, join_path(path, entry.name), depth + 1, out, limit);
  }
}

}  // namespace

bool is_pattern(std::string_view pattern) {
  return pattern.find_first_of("*?[") != std::string_view::npos;
}

std::vector<std::string> expand_pattern(base::Files& files, const std::string& root,
                                        std::string_view pattern) {
  std::vector<std::string> found = {"."};
  const std::string clean = join_path("", pattern);
  if (clean.starts_with("..") || clean.starts_with("/")) return {};
  for (std::size_t at = 0; at <= clean.size() && !found.empty();) {
    const std::size_t end = std::min(clean.find('/', at), clean.size());
    const std::string part = clean.substr(at, end - at);
    at = end + 1;
    std::vector<std::string> next;
    for (const auto& folder : found) {
      if (part == ".") {
        next.push_back(folder);
        continue;
      }
      if (!is_pattern(part)) {
        const std::string path = join_path(folder, part);
        const auto kind = files.kind(full_path(root, path));
        if (kind == FileKind::regular || kind == FileKind::directory) next.push_back(path);
        continue;
      }
      const auto entries = files.list(full_path(root, folder));
      if (!entries) continue;
      for (const auto& entry : *entries) {
        const bool usable = entry.kind == FileKind::regular || entry.kind == FileKind::directory;
        if (usable && base::glob_matches(part, entry.name) && next.size() < kMaxMatches)
          next.push_back(join_path(folder, entry.name));
      }
    }
    found = std::move(next);
  }
  return found;
}

std::vector<std::string> files_below(base::Files& files, const std::string& root, const std::string& path,
                                     std::size_t limit) {
  std::vector<std::string> out;
  collect(files, root, path, 0, out, limit);
  return out;
}

bool is_secret_name(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  static constexpr std::array<std::string_view, 6> kEndings = {".pem", ".key", ".p12",
                                                               ".pfx", ".jks", ".keystore"};
  static constexpr std::array<std::string_view, 6> kStarts = {
      ".env.", "id_rsa", "id_ed25519", "id_ecdsa", "service-account", "serviceAccount"};
  static constexpr std::array<std::string_view, 6> kNames = {
      ".env", ".netrc", ".npmrc", "credentials.json", "client_secret.json", ".git-credentials"};
  const auto ends = [name](std::string_view text) { return name.ends_with(text); };
  const auto starts = [name](std::string_view text) { return name.starts_with(text); };
  if (name == ".env.example" || name == ".env.sample" || name == ".env.template") return false;
  return std::any_of(kEndings.begin(), kEndings.end(), ends) ||
         std::any_of(kStarts.begin(), kStarts.end(), starts) ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace crtune::project
