#include "core/analysis/path_census.hpp"

#include "core/analysis/node_packages.hpp"

#include <algorithm>

namespace crtune::analysis {

using base::EntryKind;
using model::kNoPath;
using model::kRootPath;
using model::PathId;

namespace {

constexpr std::uint16_t kSetUser = 04000;
constexpr std::uint16_t kSetGroup = 02000;
constexpr std::uint16_t kSticky = 01000;
constexpr std::uint16_t kAnyExecute = 0111;
constexpr std::uint16_t kOthersWrite = 0002;
// Smaller files of that name are something else.
constexpr std::uint64_t kSmallestCore = 256U << 10U;

// Marks that what is below a folder has too.
constexpr std::uint32_t kInherited = mark_app | mark_system | mark_in_python | mark_in_packages | mark_go |
                                     mark_cargo | mark_java | mark_c | mark_csharp | mark_node | mark_ruby |
                                     mark_project | mark_typescript;

struct Folder {
  KnownFolders::Spot spot;
  Clutter whole = Clutter::none;  // what everything below is
  PathId root = kRootPath;        // the folder that said so
  std::uint32_t marks = 0;
};

struct ProjectFile {
  std::string_view name;
  std::uint32_t marks;
};
// Files that say of which kind the project in their folder is.
constexpr ProjectFile kProjectFiles[] = {
    {"go.mod", mark_go | mark_project},
    {"Cargo.toml", mark_cargo | mark_cargo_root | mark_project},
    {"pom.xml", mark_java | mark_project},
    {"build.gradle", mark_java | mark_project},
    {"build.gradle.kts", mark_java | mark_project},
    {"package.json", mark_node | mark_project},
    {"Gemfile", mark_ruby | mark_project},
    {"CMakeLists.txt", mark_c | mark_project},
    {"Makefile", mark_c},
    {"configure", mark_c},
    {"composer.json", mark_project},
    {"pyproject.toml", mark_project},
    {"requirements.txt", mark_project},
    {"setup.py", mark_project},
};

std::uint32_t project_mark(std::string_view name) {
  if (name.size() < 6 || name.size() > 64) return 0;
  for (const auto& file : kProjectFiles)
    if (file.name == name) return file.marks;
  return name.ends_with(".csproj") ? std::uint32_t{mark_csharp} | mark_project : 0;
}

bool is_built_output(std::string_view name) {
  return name == "dist" || name == "build" || name == "out" || name == ".next" || name == "lib";
}

std::string_view language_of(std::string_view locale) {
  return locale.substr(0, locale.find_first_of("_.@"));
}

// Programs that run TypeScript's sources as they are.
bool runs_typescript(const model::ImageConfig& config) {
  static constexpr std::array<std::string_view, 6> kRunners = {"ts-node", "tsx",         "bun",
                                                               "deno",    "ts-node-dev", "nodemon"};
  const auto any = [&](const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      const auto name = word.substr(word.rfind('/') + 1);
      return name.ends_with(".ts") || std::find(kRunners.begin(), kRunners.end(), name) != kRunners.end() ||
             word.find("ts-node") != std::string_view::npos || word.find("tsx ") != std::string_view::npos;
    });
  };
  return any(config.entrypoint) || any(config.command);
}

}  // namespace

class CensusWalk {
 public:
  CensusWalk(const FinalTree& files, const ContentFacts& facts, PathCensus& census)
      : files_(files),
        facts_(facts),
        paths_(files.image().paths),
        known_(files.image().config),
        languages_(asked_languages(files.image().config.environment)),
        runs_typescript_(runs_typescript(files.image().config)),
        census_(census) {
    const std::size_t layers = files.image().layers.size();
    census_.totals_.resize(layers * kClutters);
    census_.writable_.resize(layers);
  }

  void run() {
    folders_.push_back({.spot = known_.root(), .marks = mark_app});
    descend(kRootPath, 1);
    while (!stack_.empty()) {
      const auto [path, depth] = stack_.back();
      stack_.pop_back();
      visit(path, depth);
    }
  }

 private:
  struct Next {
    PathId path = kRootPath;
    std::uint32_t depth = 0;  // folders_[depth - 1] is the folder that it is in
  };

  void visit(PathId path, std::uint32_t depth) {
    folders_.resize(depth);
    const EntryId id = files_.holder(path);
    const model::LayerEntry* entry = nullptr;
    std::uint32_t layer = 0;
    if (id != kNoEntry) {
      layer = files_.layer_of(id);
      entry = &files_.image().layers[layer].entries[id - files_.tree().layer_begin[layer]];
      note_mode(*entry, id, layer, path);
    }
    if (entry == nullptr || entry->kind == EntryKind::directory) {
      folders_.push_back(enter(folders_.back(), path));
      descend(path, depth + 1);
    } else if (entry->kind == EntryKind::file || entry->kind == EntryKind::hardlink) {
      visit_file(path, id, layer, entry->size);
    }
  }

  // Puts a folder's children on the stack; of a folder that may be a project's, looks at their names as well.
  void descend(PathId path, std::uint32_t depth) {
    Folder& folder = folders_.back();
    const bool may_be_project = (folder.marks & mark_app) != 0 && folder.whole == Clutter::none;
    bool has_output = false;
    bool has_tsconfig = false;
    for (PathId child = paths_.first_child(path); child != kNoPath; child = paths_.next_sibling(child)) {
      if (!files_.exists(child)) continue;
      stack_.push_back({child, depth});
      if (!may_be_project) continue;
      const auto name = paths_.name(child);
      folder.marks |= project_mark(name);
      has_output = has_output || is_built_output(name);
      has_tsconfig = has_tsconfig || name == "tsconfig.json";
    }
    if (has_output && has_tsconfig && !runs_typescript_) folder.marks |= mark_typescript;
  }

  Folder enter(const Folder& parent, PathId path) {
    const auto name = paths_.name(path);
    const auto step = known_.enter(parent.spot, name);
    Folder folder = {.spot = step.spot, .whole = parent.whole, .root = parent.root};
    folder.marks = ((parent.marks & kInherited) & ~step.clear) | step.set;
    Clutter whole = step.clutter;
    if (parent.whole == Clutter::none) {
      if (whole == Clutter::none) whole = judge(parent, path, name, folder);
    } else if (whole != Clutter::none && folder.spot.absolute == 0) {
      whole = Clutter::none;  // what stands anywhere does not matter inside something known
    }
    if (whole != Clutter::none) {
      folder.whole = whole;
      folder.root = path;
    }
    return folder;
  }

  // What a folder is by the folder that it is in.
  Clutter judge(const Folder& parent, PathId path, std::string_view name, Folder& folder) {
    const auto is = [&](std::uint32_t mark) { return (parent.marks & mark) != 0; };
    if (is(mark_locales)) return is_asked(name) ? Clutter::none : Clutter::locales;
    if ((folder.marks & mark_node_modules) != 0) {
      if (is(mark_in_packages)) {
        folder.marks &= ~std::uint32_t{mark_node_modules};  // a package's own: somebody needs them
      } else {
        read_manifest(paths_.parent(path));
      }
    }
    if (is(mark_node_modules | mark_node_scope | mark_pnpm)) return judge_node(parent, path, name, folder);
    if (is(mark_site_packages)) {
      if (is_python_development(name)) return Clutter::python_development;
      // Below dist-packages they are the distribution's, which other packages of it need.
      const bool is_own = paths_.name(paths_.parent(path)) == "site-packages";
      return is_own && is_python_installer(name) ? Clutter::python_installers : Clutter::none;
    }
    if (is(mark_in_python)) return name == "tests" || name == "test" ? Clutter::package_tests : Clutter::none;
    if (is(mark_vendor) && is_php_development(name)) return Clutter::php_development;
    if (!is(mark_app) || !is(mark_project)) return Clutter::none;
    return judge_project(parent, path, name, folder);
  }

  Clutter judge_project(const Folder& parent, PathId path, std::string_view name, Folder& folder) {
    const auto is = [&](std::uint32_t mark) { return (parent.marks & mark) != 0; };
    if (name == "tests" || name == "test" || name == "__tests__" || (name == "spec" && is(mark_ruby)))
      return Clutter::tests;
    if (name == "target" && is(mark_cargo_root)) folder.marks |= mark_cargo_target;
    if (is(mark_cargo_target)) {
      if (name == "deps" || name == "build" || name == "incremental" || name == ".fingerprint")
        return Clutter::build_products;
      folder.marks |= mark_cargo_target;  // target/release, target/TRIPLE/release
    }
    if (name == "obj" && is(mark_csharp)) return Clutter::build_products;
    if (name == "vendor" && paths_.find_child(paths_.parent(path), "composer.json"))
      folder.marks |= mark_vendor | mark_in_packages;
    return Clutter::none;
  }

  Clutter judge_node(const Folder& parent, PathId path, std::string_view name, Folder& folder) {
    if ((parent.marks & mark_node_modules) != 0 && name.starts_with('@')) {
      folder.marks |= mark_node_scope;
      return Clutter::none;
    }
    package_.clear();
    if ((parent.marks & mark_node_scope) != 0) {
      package_.append(paths_.name(paths_.parent(path))).push_back('/');
      package_.append(name);
    } else {
      package_ = name;
      // pnpm writes @types/node 20 as @types+node@20
      if ((parent.marks & mark_pnpm) != 0) {
        package_.resize(std::min(package_.find('@', 1), package_.size()));
        std::replace(package_.begin(), package_.end(), '+', '/');
      }
    }
    const bool is_development = manifest_is_known_
                                    ? std::binary_search(development_.begin(), development_.end(), package_)
                                    : is_node_development(package_);
    return is_development ? Clutter::node_development : Clutter::none;
  }

  void read_manifest(PathId project) {
    manifest_is_known_ = false;
    const auto manifest = paths_.find_child(project, "package.json");
    if (!manifest || !files_.exists(*manifest)) return;
    const EntryId holder = files_.holder(*manifest);
    if (holder == kNoEntry || files_.file_of(holder) == kNoEntry) return;
    const auto text = facts_.text(files_.file_of(holder));
    if (text.empty()) return;
    development_ = read_node_packages(text).development;
    manifest_is_known_ = true;
  }

  bool is_asked(std::string_view folder) const {
    static constexpr std::array<std::string_view, 4> kTables = {"all_languages", "currency", "l10n",
                                                                "languages"};
    if (std::find(kTables.begin(), kTables.end(), folder) != kTables.end()) return true;
    return std::binary_search(languages_.begin(), languages_.end(), language_of(folder));
  }

  void visit_file(PathId path, EntryId id, std::uint32_t layer, std::uint64_t size) {
    const Folder& folder = folders_.back();
    const auto name = paths_.name(path);
    Clutter clutter = folder.whole;
    if ((folder.marks & mark_programs) != 0) {
      const Tool tool = tool_named(name);
      census_.tools_[static_cast<std::size_t>(tool)] = true;
      if (tool != Tool::none && clutter == Clutter::none) clutter = Clutter::compilers;
    }
    PathId root = folder.root;
    if (clutter == Clutter::none) clutter = judge_file(folder, name, size);
    if (folder.whole == Clutter::none) root = path;
    note_login(folder, name, id);
    if (clutter == Clutter::none || (clutter == Clutter::documents && is_licence(name))) return;
    ClutterTotal& total = census_.totals_[layer * kClutters + static_cast<std::size_t>(clutter)];
    total.bytes += size;
    ++total.files;
    if (size < total.largest_bytes || (size == 0 && total.files > 1)) return;
    total.largest_bytes = size;
    total.largest = path;
    total.root = root;
  }

  static Clutter judge_file(const Folder& folder, std::string_view name, std::uint64_t size) {
    const auto is = [&](std::uint32_t mark) { return (folder.marks & mark) != 0; };
    if (is(mark_system) && (name.ends_with(".a") || name.ends_with(".la"))) return Clutter::development_files;
    if (name == "ct.sym") return Clutter::jdk_parts;
    if (is_editor_file(name)) return Clutter::editor_files;
    if (size >= kSmallestCore && is_core_dump(name)) return Clutter::core_dumps;
    if (!is(mark_app)) return Clutter::none;
    if (name.ends_with(".log")) return Clutter::logs;
    switch (source_kind(name)) {
      case SourceKind::none: break;
      case SourceKind::go:
        if (!is(mark_go)) break;
        return name.ends_with("_test.go") ? Clutter::tests : Clutter::sources;
      case SourceKind::c: return is(mark_c) ? Clutter::sources : Clutter::none;
      case SourceKind::rust: return is(mark_cargo) ? Clutter::sources : Clutter::none;
      case SourceKind::java: return is(mark_java) ? Clutter::sources : Clutter::none;
      case SourceKind::csharp: return is(mark_csharp) ? Clutter::sources : Clutter::none;
      case SourceKind::typescript: return is(mark_typescript) ? Clutter::sources : Clutter::none;
    }
    if (name.ends_with(".o") && is(mark_c | mark_cargo)) return Clutter::build_products;
    return Clutter::none;
  }

  void note_mode(const model::LayerEntry& entry, EntryId id, std::uint32_t layer, PathId path) {
    if (entry.mode < kSticky && (entry.mode & kOthersWrite) == 0) return;
    const bool is_file = entry.kind == EntryKind::file;
    if (is_file && (entry.mode & (kSetUser | kSetGroup)) != 0 && (entry.mode & kAnyExecute) != 0)
      census_.set_id_files_.push_back(id);
    const bool is_open_folder = entry.kind == EntryKind::directory && (entry.mode & kSticky) == 0;
    if ((entry.mode & kOthersWrite) == 0 || (!is_file && !is_open_folder)) return;
    WritableTotal& total = census_.writable_[layer];
    if (total.files + total.folders == 0) total.first = path;
    ++(is_file ? total.files : total.folders);
  }

  void note_login(const Folder& folder, std::string_view name, EntryId id) {
    const bool is_host_key = name.starts_with("ssh_host_") && name.ends_with("_key");
    const bool is_key_list = name == "authorized_keys";
    const bool is_shadow = (folder.marks & mark_system) != 0 && name == "shadow";
    if (is_host_key || is_key_list || is_shadow) census_.login_files_.push_back(id);
  }

  const FinalTree& files_;
  const ContentFacts& facts_;
  const model::PathTable& paths_;
  const KnownFolders known_;
  const std::vector<std::string> languages_;
  const bool runs_typescript_;
  PathCensus& census_;
  std::vector<Folder> folders_;  // from the root to where the walk is
  std::vector<Next> stack_;
  std::vector<std::string> development_;  // of the package.json beside the node_modules that the walk is in
  bool manifest_is_known_ = false;
  std::string package_;
};

PathCensus::PathCensus(const FinalTree& files, const ContentFacts& facts) {
  CensusWalk(files, facts, *this).run();
}

std::vector<std::string> asked_languages(const std::vector<std::string>& environment) {
  std::vector<std::string> languages;
  for (const std::string_view variable : environment) {
    const auto equals = variable.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = variable.substr(0, equals);
    if (name != "LANG" && name != "LANGUAGE" && !name.starts_with("LC_")) continue;
    // LANGUAGE lists several: de:fr
    for (auto rest = variable.substr(equals + 1); !rest.empty();) {
      const auto locale = rest.substr(0, rest.find(':'));
      rest.remove_prefix(std::min(rest.size(), locale.size() + 1));
      const auto language = language_of(locale);
      if (!language.empty() && language != "C" && language != "POSIX") languages.emplace_back(language);
    }
  }
  std::sort(languages.begin(), languages.end());
  return languages;
}

}  // namespace crtune::analysis
