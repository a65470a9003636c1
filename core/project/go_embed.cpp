#include "core/project/go_embed.hpp"

#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace crtune::project {

using base::FileKind;

namespace {

constexpr std::uint64_t kMaxManifest = 1U << 20U;

struct LockFile {
  std::string_view name;
  std::string_view manager;
};
constexpr std::array<LockFile, 6> kLockFiles = {{{"pnpm-lock.yaml", "pnpm"},
                                                 {"yarn.lock", "yarn"},
                                                 {"package-lock.json", "npm"},
                                                 {"npm-shrinkwrap.json", "npm"},
                                                 {"bun.lock", "bun"},
                                                 {"bun.lockb", "bun"}}};
constexpr std::array<std::string_view, 4> kExtras = {".npmrc", ".yarnrc.yml", "pnpm-workspace.yaml",
                                                     ".yarnrc"};

std::string_view parent_of(std::string_view folder) {
  const std::size_t slash = folder.rfind('/');
  return slash == std::string_view::npos ? "." : folder.substr(0, slash);
}

// The string behind "key" in a JSON text, at its first mention; empty where it is none.
std::string json_text(std::string_view text, std::string_view key) {
  const std::size_t at = text.find('"' + std::string(key) + '"');
  if (at == std::string_view::npos) return {};
  std::size_t colon = text.find_first_not_of(" \t\r\n", at + key.size() + 2);
  if (colon == std::string_view::npos || text[colon] != ':') return {};
  const std::size_t open = text.find_first_not_of(" \t\r\n", colon + 1);
  if (open == std::string_view::npos || text[open] != '"') return {};
  const std::size_t close = text.find('"', open + 1);
  return close == std::string_view::npos ? std::string()
                                         : std::string(text.substr(open + 1, close - open - 1));
}

std::uint64_t line_of(std::string_view text, std::string_view word) {
  const std::size_t at = text.find(word);
  return at == std::string_view::npos
             ? 1
             : static_cast<std::uint64_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
                   1;
}

// 22, v22.11.0 and ">=20" name a major version; ranges with several name none.
std::string major_version(std::string_view text) {
  while (!text.empty() && (text[0] == 'v' || text[0] == '^' || text[0] == '~' || text[0] == '>' ||
                           text[0] == '=' || text[0] == ' '))
    text.remove_prefix(1);
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto rest = text.substr(end);
  const bool one = rest.empty() || (rest[0] == '.' && rest.find_first_of(" |<>") == std::string_view::npos) ||
                   rest == "\n";
  return one && end < 4 ? std::string(text.substr(0, end)) : std::string();
}

// What keeps an empty folder in git.
bool is_placeholder(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  return name == ".gitkeep" || name == ".keep" || name == ".gitignore" || name == ".placeholder";
}

class FrontEnds {
 public:
  FrontEnds(base::Files& files, const std::string& root, model::Project& project)
      : files_(files), root_(root), project_(project) {}

  // Whether a package.json above `missing` makes it.
  bool add(const std::string& missing) {
    std::string output = missing;
    if (const std::size_t star = output.find_first_of("*?["); star != std::string::npos) {
      const std::size_t slash = output.rfind('/', star);
      if (slash == std::string::npos) return false;
      output.resize(slash);
    }
    for (const auto& known : project_.front_ends)
      if (output == known.output || output.starts_with(known.output + "/")) return true;
    // The folder above the embedded one is where its build stands, or one above that.
    for (std::string_view folder = parent_of(output);; folder = parent_of(folder)) {
      if (files_.kind(full(folder, "package.json")) == FileKind::regular)
        return describe(std::string(folder), output);
      if (folder == ".") return false;
    }
  }

 private:
  std::string full(std::string_view folder, std::string_view name) const {
    return root_ + "/" + join_path(folder, name);
  }

  bool describe(const std::string& folder, const std::string& output) {
    const auto manifest = files_.read(full(folder, "package.json"), kMaxManifest);
    if (!manifest || json_text(*manifest, "build").empty()) return false;
    model::FrontEnd found;
    found.folder = folder;
    found.output = output;
    found.manager = "npm";
    for (const auto& lock : kLockFiles)
      if (files_.kind(full(folder, lock.name)) == FileKind::regular) {
        found.manager = lock.manager;
        found.lock_file = lock.name;
        break;
      }
    for (const auto name : kExtras)
      if (files_.kind(full(folder, name)) == FileKind::regular) found.extras.emplace_back(name);
    const bool berry =
        std::find(found.extras.begin(), found.extras.end(), ".yarnrc.yml") != found.extras.end();
    if (found.manager == "yarn" && berry) found.manager = "yarn-berry";
    project_.evidence.push_back(
        {fmt::format("front end: {} makes {}", join_path(folder, "package.json"), output),
         join_path(folder, "package.json"), line_of(*manifest, "\"build\"")});
    if (!found.lock_file.empty())
      project_.evidence.push_back(
          {fmt::format("package manager: {}", found.manager), join_path(folder, found.lock_file), 1});
    choose_version(*manifest, found);
    project_.front_ends.push_back(std::move(found));
    return true;
  }

  void choose_version(const std::string& manifest, model::FrontEnd& found) {
    for (const std::string_view name : {".nvmrc", ".node-version"})
      for (const std::string& folder : {found.folder, std::string(".")}) {
        const auto text = files_.kind(full(folder, name)) == FileKind::regular
                              ? files_.read(full(folder, name), 4096)
                              : base::Result<std::string>("");
        found.version = text ? major_version(text->substr(0, text->find_first_of("\r\n"))) : "";
        if (found.version.empty()) continue;
        project_.evidence.push_back({fmt::format("node: {}", found.version), join_path(folder, name), 1});
        return;
      }
    const std::size_t engines = manifest.find("\"engines\"");
    if (engines == std::string::npos) return;
    found.version = major_version(json_text(std::string_view(manifest).substr(engines), "node"));
    if (!found.version.empty())
      project_.evidence.push_back({fmt::format("node: {}", found.version),
                                   join_path(found.folder, "package.json"),
                                   line_of(manifest, "\"engines\"")});
  }

  base::Files& files_;
  const std::string& root_;
  model::Project& project_;
};

}  // namespace

void find_embedded(base::Files& files, const std::string& root, const std::vector<const GoPackage*>& packages,
                   model::Project& project) {
  std::set<std::string> kept;
  FrontEnds front_ends(files, root, project);
  // Source in a folder such as bin/ is no leftover of a build.
  for (const auto* package : packages)
    for (const auto& file : package->files) kept.insert(file.path);
  for (const auto* package : packages) {
    if (package->vendored) continue;
    for (const auto& file : package->files)
      for (const auto& embed : file.embeds) {
        const std::string pattern = join_path(package->folder, embed.pattern);
        auto found = expand_pattern(files, root, pattern);
        std::vector<std::string> entries;
        for (const auto& path : found)
          for (auto& entry : files_below(files, root, path, 20'000)) entries.push_back(std::move(entry));
        const bool empty = std::all_of(entries.begin(), entries.end(), is_placeholder);
        if (empty && !pattern.starts_with("..") && front_ends.add(pattern)) continue;
        if (found.empty() && !pattern.starts_with(".."))
          project.notes.push_back(
              fmt::format("{}:{}: //go:embed {} matches no file here; whatever makes them must run before "
                          "the image is built",
                          file.path, embed.line, embed.pattern));
        for (auto& entry : entries) kept.insert(std::move(entry));
      }
  }
  project.kept_files.assign(kept.begin(), kept.end());
}

}  // namespace crtune::project
