#include "core/project/go_module.hpp"

#include "core/project/go_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace crtune::project {

using base::FileKind;

namespace {

constexpr std::uint64_t kMaxFile = 4U << 20U;

struct VersionLine {
  std::string version;
  std::string file;
  std::uint64_t line = 0;
};

bool is_version(std::string_view text) {
  return !text.empty() && text[0] >= '1' && text[0] <= '9' &&
         text.find_first_not_of("0123456789.abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

std::string bare_version(std::string_view word) {
  while (!word.empty() && (word.front() == '"' || word.front() == '\'')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '"' || word.back() == '\'' || word.back() == ','))
    word.remove_suffix(1);
  if (word.starts_with("go")) word.remove_prefix(2);
  return is_version(word) ? std::string(word) : std::string();
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  line = line.substr(0, line.find('#'));
  for (std::size_t at = 0;;) {
    const std::size_t begin = line.find_first_not_of(" \t\r=", at);
    if (begin == std::string_view::npos) return words;
    const std::size_t end = std::min(line.find_first_of(" \t\r=", begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    at = end;
  }
}

// .go-version: the version alone. .tool-versions: `golang 1.26.1`. mise.toml: `go = "1.26"` below [tools].
std::optional<VersionLine> read_version_file(base::Files& files, const std::string& root,
                                             const std::string& name) {
  if (files.kind(root + "/" + name) != FileKind::regular) return std::nullopt;
  const auto text = files.read(root + "/" + name, 1U << 16U);
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  for (std::uint64_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const auto words = words_of(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (words.empty()) continue;
    std::string version;
    if (name == ".go-version")
      version = bare_version(words[0]);
    else if (words.size() > 1 && (words[0] == "go" || words[0] == "golang" || words[0] == "\"go\""))
      version = bare_version(words[1]);
    if (!version.empty()) return VersionLine{version, name, number};
  }
  return std::nullopt;
}

void choose_version(base::Files& files, const std::string& root, const GoMod& mod, model::Project& project) {
  project.go_line = mod.go;
  if (!mod.toolchain.empty()) {
    project.version = mod.toolchain;
    project.version_source = "go.mod toolchain";
    project.evidence.push_back(
        {fmt::format("version: toolchain go{}", mod.toolchain), "go.mod", mod.toolchain_line});
    return;
  }
  static constexpr std::array<std::string_view, 5> kFiles = {".go-version", ".tool-versions", "mise.toml",
                                                             ".mise.toml", ".config/mise.toml"};
  for (const auto name : kFiles)
    if (const auto found = read_version_file(files, root, std::string(name))) {
      project.version = found->version;
      project.version_source = found->file;
      project.evidence.push_back({fmt::format("version: {}", found->version), found->file, found->line});
      return;
    }
  if (mod.go.empty()) return;
  project.version = mod.go;
  project.version_source = "go.mod go";
  project.evidence.push_back({fmt::format("version: go {}", mod.go), "go.mod", mod.go_line});
}

void find_local_modules(base::Files& files, const std::string& root, const GoMod& mod,
                        model::Project& project) {
  for (const auto& replace : mod.replaces) {
    if (!replace.is_local()) continue;
    const std::string folder = join_path("", replace.new_path);
    if (files.kind(root + "/" + folder + "/go.mod") == FileKind::absent || folder.starts_with("/")) {
      project.refusal = folder.starts_with("/")
                            ? fmt::format("go.mod:{} replaces {} by an absolute path, which no image has",
                                          replace.line, replace.old_path)
                            : fmt::format("go.mod:{} replaces {} by {}, which has no go.mod", replace.line,
                                          replace.old_path, replace.new_path);
      project.hint = "make it a folder beside or below this module";
      continue;
    }
    const bool known = std::any_of(project.local_modules.begin(), project.local_modules.end(),
                                   [&folder](const auto& module) { return module.folder == folder; });
    if (folder == "." || known) continue;
    project.local_modules.push_back(
        {replace.old_path, folder, files.kind(root + "/" + folder + "/go.sum") == FileKind::regular});
    project.evidence.push_back(
        {fmt::format("local module: {} is {}", replace.old_path, folder), "go.mod", replace.line});
  }
}

}  // namespace

base::Result<GoMod> read_go_module(base::Files& files, const std::string& root, model::Project& project) {
  CRT_ASSIGN(const std::string text, files.read(root + "/go.mod", kMaxFile));
  GoMod mod = parse_go_mod(text);
  if (mod.module.empty())
    return base::fail(base::ErrorCode::invalid, "no module line", {.file = root + "/go.mod"});
  project.module = mod.module;
  project.evidence.push_back({fmt::format("module: {}", mod.module), "go.mod", mod.module_line});
  project.has_sum = files.kind(root + "/go.sum") == FileKind::regular;
  project.vendored = files.kind(root + "/vendor/modules.txt") == FileKind::regular;
  if (project.vendored)
    project.evidence.push_back({"vendored: dependencies are in the tree", "vendor/modules.txt", 1});
  choose_version(files, root, mod, project);
  project.needs_sum =
      std::any_of(mod.requires_modules.begin(), mod.requires_modules.end(), [&mod](const auto& required) {
        return std::none_of(mod.replaces.begin(), mod.replaces.end(), [&required](const GoReplace& replace) {
          return replace.is_local() && replace.old_path == required.path;
        });
      });
  if (project.needs_sum && !project.has_sum && !project.vendored)
    project.notes.push_back(
        "go.sum is missing: run `go mod tidy` and commit it, so that every build gets the same code");
  find_local_modules(files, root, mod, project);
  return mod;
}

}  // namespace crtune::project
