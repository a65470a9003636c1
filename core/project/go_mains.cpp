#include "core/project/go_mains.hpp"

#include "core/project/go_calls.hpp"
#include "core/project/go_evaluator.hpp"
#include "core/project/go_port.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

// Folders whose programs are not what is deployed, unless there is nothing else.
constexpr std::array<std::string_view, 20> kSideFolders = {
    "example", "examples", "_examples", "sample",     "samples", "demo",    "demos",
    "tools",   "tool",     "scripts",   "script",     "hack",    "test",    "tests",
    "e2e",     "docs",     "bench",     "benchmarks", "contrib", "internal"};

// The last element of a module path that is not its major version.
std::string module_name(std::string_view path) {
  std::string_view last = path.substr(path.rfind('/') + 1);
  const bool version =
      last.size() > 1 && last[0] == 'v' && last.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (version && last.size() < path.size()) {
    path.remove_suffix(last.size() + 1);
    last = path.substr(path.rfind('/') + 1);
  }
  return std::string(last.substr(0, last.rfind(".v")));
}

model::Evidence main_evidence(const GoPackage& package, std::string_view why) {
  // The file that holds func main.
  for (const auto& function : package.functions)
    if (!function.method && function.name == "main") {
      const auto& file = package.files[function.file];
      return {fmt::format("main: {}, {}", package_argument(package.folder), why), file.path,
              file.tokens[function.begin].line};
    }
  const auto& file = package.files.front();
  return {fmt::format("main: {}, {}", package_argument(package.folder), why), file.path, file.package_line};
}

bool reaches_listener(GoProgram& program, const GoPackage& main) {
  const auto reached = program.reach(main.import_path);
  GoEvaluator evaluator(program, reached);
  return serves(find_listeners(live_calls(reached), evaluator));
}

// The choice stays open: every candidate is listed with its place.
void ask(const std::vector<const GoPackage*>& candidates, std::string_view why, std::string refusal,
         model::Project& project) {
  for (const auto* package : candidates) {
    project.choices.push_back(package_argument(package->folder));
    project.evidence.push_back(main_evidence(*package, why));
  }
  project.refusal = std::move(refusal);
  project.hint = fmt::format("choose one: cloudrun-tune init --main {}", project.choices.front());
}

void choose(const GoPackage& package, std::string_view why, model::Project& project) {
  project.main = package.folder;
  project.evidence.push_back(main_evidence(package, why));
}

void choose_wanted(const std::vector<const GoPackage*>& mains, const std::string& wanted,
                   model::Project& project) {
  std::string folder = join_path("", wanted);
  if (folder.ends_with(".go"))
    folder = folder.find('/') == std::string::npos ? "." : folder.substr(0, folder.rfind('/'));
  for (const auto* package : mains)
    if (package->folder == folder || package->import_path == wanted) {
      choose(*package, "chosen with --main", project);
      return;
    }
  for (const auto* package : mains) project.choices.push_back(package_argument(package->folder));
  project.refusal = fmt::format("--main {}: there is no main package", wanted);
  project.hint = mains.empty() ? "this module has none"
                               : "there is: " + fmt::format("{}", fmt::join(project.choices, ", "));
}

// The ranking: the only one, the root, the one named like the module, the only one that listens.
void choose_among(GoProgram& program, const GoMod& mod, const std::vector<const GoPackage*>& mains,
                  model::Project& project) {
  const auto in_folder = [&mains](const std::string& folder) -> const GoPackage* {
    const auto found = std::find_if(mains.begin(), mains.end(), [&folder](const GoPackage* package) {
      return package->folder == folder;
    });
    return found == mains.end() ? nullptr : *found;
  };
  if (mains.size() == 1) {
    choose(*mains.front(), "the only main package", project);
    return;
  }
  if (const auto* root = in_folder(".")) {
    choose(*root, "the root of the module", project);
    return;
  }
  if (const auto* named = in_folder("cmd/" + module_name(mod.module))) {
    choose(*named, "named like the module", project);
    return;
  }
  std::vector<const GoPackage*> candidates;
  for (const auto* package : mains)
    if (!is_side_folder(package->folder)) candidates.push_back(package);
  if (candidates.empty()) candidates = mains;
  std::vector<const GoPackage*> listening;
  for (const auto* package : candidates)
    if (reaches_listener(program, *package)) listening.push_back(package);
  if (listening.size() == 1) {
    choose(*listening.front(), "the only main package that listens", project);
  } else if (listening.size() > 1) {
    project.kind = model::ServiceKind::service;
    ask(listening, "it listens", fmt::format("{} main packages listen", listening.size()), project);
  } else if (candidates.size() == 1) {
    choose(*candidates.front(), "the only main package that is no example or tool", project);
  } else {
    project.kind = model::ServiceKind::cli;
    ask(candidates, "it never listens",
        fmt::format("there are {} main packages, and none of them listens", candidates.size()), project);
  }
}

}  // namespace

bool is_side_folder(const std::string& folder) {
  std::string_view rest = folder;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    if (std::find(kSideFolders.begin(), kSideFolders.end(), rest.substr(0, end)) != kSideFolders.end())
      return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

std::string package_argument(const std::string& folder) {
  return folder == "." || folder.starts_with("../") ? folder : "./" + folder;
}

void choose_main(GoProgram& program, const GoMod& mod, const std::optional<std::string>& wanted,
                 model::Project& project) {
  std::vector<const GoPackage*> mains;
  for (auto& [path, package] : program.packages())
    if (package.is_main() && !package.vendored && !package.files.empty() &&
        !package.folder.starts_with("..") && (path == mod.module || path.starts_with(mod.module + "/")))
      mains.push_back(&package);
  for (const auto* package : mains) program.reach(package->import_path);  // loads what the evidence needs
  if (wanted) {
    choose_wanted(mains, *wanted, project);
    return;
  }
  if (mains.empty()) {
    project.kind = model::ServiceKind::library;
    project.refusal = "this module is a library: it has no main package";
    project.hint = "a container runs a program; add one, or run init where it is";
    return;
  }
  const GoPackage* root_package = program.find(mod.module);
  const bool is_library = root_package != nullptr && !root_package->is_main();
  if (is_library && std::all_of(mains.begin(), mains.end(),
                                [](const GoPackage* package) { return is_side_folder(package->folder); })) {
    project.kind = model::ServiceKind::library;
    ask(mains, "an example or a tool", "this module is a library: its programs are examples and tools",
        project);
    return;
  }
  choose_among(program, mod, mains, project);
}

}  // namespace crtune::project
