#include "cli/check_input.hpp"

#include "core/base/escape.hpp"
#include "core/base/path.hpp"
#include "core/check/context_secrets.hpp"
#include "core/check/rules/go_builds.hpp"
#include "core/platform/yaml.hpp"
#include "core/project/detect.hpp"
#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace crtune::cli {

using base::ErrorCode;
using base::FileKind;
using base::Result;

namespace {

constexpr std::uint64_t kMaxServiceFile = 256U << 10U;

std::string_view name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}
std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

bool is_dockerfile_name(std::string_view name) {
  // Documents and programs about Dockerfiles, and what editors leave behind.
  if (ends_with_any(name, {".dockerignore", ".md",   ".txt", ".go",   ".py",   ".sh",       ".json",
                           ".yaml",         ".yml",  ".j2",  ".tmpl", ".tpl",  ".template", ".swp",
                           ".bak",          ".orig", ".rej", "~",     ".html", ".svg",      ".png"}))
    return false;
  return name == "Dockerfile" || name == "dockerfile" || name == "Containerfile" ||
         name.starts_with("Dockerfile.") || name.starts_with("Containerfile.") ||
         (name.size() > 11 && ends_with_any(name, {".Dockerfile", ".dockerfile"}));
}

// Folders with other people's files.
bool is_walked(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kSkipped = {
      ".git", ".hg", ".svn", "node_modules", "vendor", ".venv", "venv", ".tox", "__pycache__"};
  return std::find(kSkipped.begin(), kSkipped.end(), name) == kSkipped.end();
}

class DockerfileFinder {
 public:
  explicit DockerfileFinder(Context& context) : context_(context) {}

  base::Status walk(const std::string& folder, std::size_t depth) {
    auto entries = context_.files.list(folder);
    if (!entries) {
      context_.reporter.note(
          fmt::format("{} is left out: {}", base::one_line(folder, 200), entries.error().message));
      return {};
    }
    for (const auto& entry : *entries) {
      if (++walked_ > kMaxWalkedEntries)
        return base::fail(ErrorCode::limit,
                          fmt::format("there are over {} files below this folder", kMaxWalkedEntries),
                          {.file = folder}, "name the Dockerfiles");
      std::string path = folder;
      if (path == ".")
        path = entry.name;
      else
        path += (path.ends_with('/') ? "" : "/") + entry.name;
      if (entry.kind == FileKind::directory && is_walked(entry.name)) {
        if (depth >= kMaxWalkedDepth)
          context_.reporter.note(fmt::format("{} is left out: it lies over {} folders deep",
                                             base::one_line(path, 200), kMaxWalkedDepth));
        else
          CRT_TRY(walk(path, depth + 1));
      } else if (entry.kind == FileKind::regular && is_dockerfile_name(entry.name)) {
        found_.push_back(std::move(path));
      }
    }
    return {};
  }

  void add(const std::string& path) { found_.push_back(path); }

  Result<std::vector<std::string>> take() {
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    if (found_.size() > kMaxCheckedFiles)
      return base::fail(
          ErrorCode::limit,
          fmt::format("there are {} Dockerfiles; {} are checked in one run", found_.size(), kMaxCheckedFiles),
          {}, "name some of the folders");
    return std::move(found_);
  }

 private:
  Context& context_;
  std::vector<std::string> found_;
  std::size_t walked_ = 0;
};

}  // namespace

Result<std::vector<std::string>> find_dockerfiles(const std::vector<std::string>& paths, Context& context) {
  DockerfileFinder finder(context);
  for (const auto& path : paths) {
    // "x/." is a folder also where x is a link to one: the user named it.
    const bool is_folder = context.files.kind(path + "/.") == FileKind::directory;
    if (is_folder) {
      CRT_TRY(
          finder.walk(path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path, 0));
    } else if (context.files.kind(path) == FileKind::absent) {
      return base::fail(ErrorCode::not_found, "no such file or folder", {.file = path});
    } else if (name_of(path) == ".dockerignore" || ends_with_any(path, {"service.yaml", "service.yml"})) {
      CRT_TRY(finder.walk(folder_of(path), kMaxWalkedDepth));  // what stands beside it
    } else {
      finder.add(path);
    }
  }
  CRT_ASSIGN(auto found, finder.take());
  if (found.empty())
    return base::fail(ErrorCode::not_found, "there is no Dockerfile here", {.file = paths.front()},
                      "cloudrun-tune init writes one");
  return found;
}

std::shared_ptr<const check::BuildContext> CheckInputs::build_context(const std::string& folder,
                                                                      const std::string& ignore) {
  auto& slot = contexts_[{folder, ignore}];
  if (!slot) {
    auto read = std::make_shared<check::BuildContext>(check::read_context(context_.files, folder, ignore));
    check::find_secrets(context_.files, *read, project::is_secret_name);
    slot = std::move(read);
  }
  return slot;
}

std::shared_ptr<const model::Project> CheckInputs::project(const std::string& folder,
                                                           const dockerfile::Document& document) {
  // The package that the file builds is the one to be looked at, where there are several.
  std::string main;
  const check::Surroundings none;
  const check::Subject subject(document, none);
  for (const auto& build : check::rules::go_builds(subject))
    if (build.packages.size() == 1 && build.packages.front()->text.starts_with("./"))
      main = build.packages.front()->text;
  const auto [slot, is_new] = projects_.try_emplace({folder, main});
  if (!is_new) return slot->second;
  auto found =
      project::detect(context_.files, folder, {.main = main.empty() ? std::nullopt : std::optional(main)});
  if (!found && !main.empty()) found = project::detect(context_.files, folder, {});
  if (!found)
    context_.reporter.note(
        fmt::format("the source is not looked at: {}", base::one_line(found.error().message, 200)));
  else if (!found->language.empty())
    slot->second = std::make_shared<const model::Project>(*std::move(found));
  return slot->second;
}

void CheckInputs::read_service(CheckInput& input, const std::string& folder) {
  for (const auto& name : {"service.yaml", "service.yml"}) {
    const std::string path = folder == "." ? name : folder + "/" + name;
    if (context_.files.kind(path) != FileKind::regular) continue;
    const auto text = context_.files.read(path, kMaxServiceFile);
    const auto tree =
        text ? platform::parse_yaml(*text, path) : Result<base::YamlNode>(base::fail(text.error()));
    if (tree)
      input.service = check::read_service_facts(*tree, path);
    else
      context_.reporter.note(fmt::format("{} is not looked at: {}", base::one_line(path, 200),
                                         base::one_line(tree.error().message, 200)));
    if (input.service) return;
  }
}

Result<CheckInput> CheckInputs::read(const std::string& path) {
  CheckInput input;
  input.path = path;
  CRT_ASSIGN(auto text, context_.files.read(path, dockerfile::kMaxFile));
  CRT_ASSIGN(input.document, dockerfile::parse(std::move(text), path));
  const std::string folder = folder_of(path);
  std::string root = named_context_;
  if (root.empty())
    root =
        check::guess_context(context_.files, folder, input.document, dockerfile::find_stages(input.document));
  const std::string beside = path + ".dockerignore";
  input.build = build_context(root, context_.files.kind(beside) == FileKind::regular ? beside : "");
  input.project_folder = ".";
  input.project = project(folder, input.document);
  if (input.project && folder != root) {
    // From the context to the project, as the files of the context are named.
    const auto between = std::filesystem::path(folder).lexically_normal().lexically_relative(
        std::filesystem::path(root).lexically_normal());
    input.project_folder = between.empty() || between.native().starts_with("..") ? "." : between.string();
  } else if (!input.project && folder != root) {
    input.project = project(root, input.document);
  }
  read_service(input, folder);
  if (!input.service && folder != root) read_service(input, root);
  return input;
}

}  // namespace crtune::cli
