#include "core/project/go_cgo.hpp"

#include "core/project/cgo_tables.hpp"
#include "core/project/go_constraint.hpp"
#include "core/project/go_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace crtune::project {
namespace {

constexpr std::uint64_t kMaxSource = 4U << 20U;  // of one C file
constexpr std::size_t kMaxSources = 200;         // of one package

// What C code calls that a static glibc cannot do without the shared one: plug-ins, name services,
// conversions.
constexpr std::array<std::string_view, 8> kNeedsShared = {
    "dlopen", "getaddrinfo", "gethostbyname", "getpwnam", "getpwuid", "getgrnam", "getgrgid", "iconv_open"};
// Libraries of the C compiler itself.
constexpr std::array<std::string_view, 6> kOwnLibraries = {"m", "pthread", "rt", "c", "gcc", "util"};

template <typename Table>
bool contains(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

// Every Go file of the package needs cgo, or one does that no other replaces.
bool package_needs_cgo(const GoPackage& package, const GoFile** where, std::uint64_t* line) {
  bool imports_c = false;
  bool any_left = false;
  for (const auto& file : package.files) {
    const auto c = std::find_if(file.imports.begin(), file.imports.end(),
                                [](const GoImport& import) { return import.path == "C"; });
    if (c != file.imports.end()) {
      imports_c = true;
      *where = &file;
      *line = c->line;
    } else if (file.built_without_cgo) {
      any_left = true;
    }
  }
  if (!imports_c) return false;
  // Other people's packages often use C where it is there; they are trusted to build without.
  return package.vendored ? !any_left && !package.has_cgo_fallback : !package.has_cgo_fallback;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0;;) {
    const std::size_t begin = line.find_first_not_of(" \t\r", at);
    if (begin == std::string_view::npos) return words;
    const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    at = end;
  }
}

// `linux`, `linux,amd64`, `!windows`: one of the conditions of a #cgo line.
bool condition_holds(std::string_view condition) {
  while (!condition.empty()) {
    const std::size_t end = std::min(condition.find(','), condition.size());
    if (!expression_is_built(condition.substr(0, end), Cgo::on)) return false;
    condition.remove_prefix(std::min(end + 1, condition.size()));
  }
  return true;
}

// `name` as a word of C.
bool names_function(std::string_view text, std::string_view name) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end >= text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

class Linker {
 public:
  explicit Linker(model::Project& project) : project_(project) {}

  void need(std::string fact, const std::string& file, std::uint64_t line) {
    project_.cgo = true;
    const model::Evidence evidence{std::move(fact), file, line};
    if (std::find(project_.evidence.begin(), project_.evidence.end(), evidence) == project_.evidence.end())
      project_.evidence.push_back(evidence);
  }
  void dynamic(std::string reason) {
    auto& native = project_.native;
    native.dynamic = true;
    if (native.reason.empty()) native.reason = std::move(reason);
  }
  void library(const CLibrary& library) {
    add(project_.native.build_packages, library.build_package);
    add(project_.native.run_packages, library.run_package);
  }
  void refuse(std::string reason) {
    if (!project_.refusal.empty()) return;
    project_.refusal = std::move(reason);
    project_.hint = "replace the package by a pure Go one, or write the Dockerfile by hand";
  }
  void tag(std::string_view name) {
    if (!name.empty()) add(project_.build_tags, name);
  }
  void cxx() { project_.native.cxx = true; }

  // The lines `#cgo LDFLAGS: -lz` and `#cgo pkg-config: vips` of one Go file.
  void directives(const GoFile& file);

 private:
  static void add(std::vector<std::string>& list, std::string_view name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.emplace_back(name);
  }
  void named(std::string_view name, std::string_view place);
  void flag(std::string_view word, std::string_view place);

  model::Project& project_;
};

void Linker::named(std::string_view name, std::string_view place) {
  const CLibrary* library_found = find_c_library(name);
  if (library_found == nullptr) {
    refuse(fmt::format("cgo is needed: {} links the C library {}, whose package is not known", place, name));
    return;
  }
  library(*library_found);
  dynamic(fmt::format("{} links {}", place, name));
}

void Linker::flag(std::string_view word, std::string_view place) {
  if (!word.starts_with("-l")) return;
  word.remove_prefix(2);
  if (word == "stdc++") {
    cxx();
  } else if (word == "dl") {
    dynamic(fmt::format("{} links libdl, which loads shared libraries", place));
  } else if (!contains(kOwnLibraries, word)) {
    named(word, place);
  }
}

void Linker::directives(const GoFile& file) {
  std::string_view rest = *file.source;
  bool carries_library = false;  // in the module itself: its -l then finds that
  for (std::uint64_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t begin = line.find_first_not_of(" \t/*");
    if (begin == std::string_view::npos || !line.substr(begin).starts_with("#cgo ")) continue;
    line.remove_prefix(begin + 5);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    auto names = words_of(line.substr(0, colon));
    if (names.empty()) continue;
    const std::string_view kind = names.back();
    names.pop_back();
    if (!names.empty() && std::none_of(names.begin(), names.end(), condition_holds)) continue;
    const std::string place = fmt::format("{}:{}", file.path, number);
    const auto values = words_of(line.substr(colon + 1));
    if (kind == "pkg-config")
      for (const auto word : values)
        if (!word.starts_with("-")) named(word, place);
    if (kind != "LDFLAGS") continue;
    for (const auto word : values) {
      carries_library = carries_library || word.find("SRCDIR}") != std::string_view::npos;
      if (!carries_library || word == "-ldl" || word == "-lstdc++") flag(word, place);
    }
  }
}

// C and C++ beside the Go files.
void look_at_sources(base::Files& files, const std::string& root, const GoPackage& package, Linker& linker) {
  const std::string folder = package.folder == "." ? root : root + "/" + package.folder;
  const auto entries = files.list(folder);
  if (!entries) return;
  std::size_t count = 0;
  const auto look = [&linker](std::string_view text, const std::string& name) {
    for (const auto function : kNeedsShared)
      if (names_function(text, function)) linker.dynamic(fmt::format("{} calls {}", name, function));
  };
  for (const auto& entry : *entries) {
    const bool cxx =
        entry.name.ends_with(".cc") || entry.name.ends_with(".cpp") || entry.name.ends_with(".cxx");
    const bool c = entry.name.ends_with(".c") || entry.name.ends_with(".h") || entry.name.ends_with(".hpp");
    if (entry.kind != base::FileKind::regular || (!c && !cxx) || ++count > kMaxSources) continue;
    if (cxx) linker.cxx();
    if (const auto text = files.read(folder + "/" + entry.name, kMaxSource))
      look(*text, join_path(package.folder, entry.name));
  }
  for (const auto& file : package.files) {
    const bool imports_c = std::any_of(file.imports.begin(), file.imports.end(),
                                       [](const GoImport& import) { return import.path == "C"; });
    if (!imports_c) continue;
    linker.directives(file);
    look(*file.source, file.path);
  }
}

const GoImport* find_import(const std::vector<const GoPackage*>& packages, std::string_view start,
                            const GoFile** where) {
  for (const auto* package : packages)
    for (const auto& file : package->files)
      for (const auto& import : file.imports)
        if (import_matches(import.path, start)) {
          *where = &file;
          return &import;
        }
  return nullptr;
}

void link_module(const CgoModule& row, const GoImport& import, const GoFile& file, Linker& linker) {
  linker.need(fmt::format("cgo: {}", import.path), file.path, import.line);
  if (row.cxx) linker.cxx();
  linker.tag(row.tag);
  if (const CLibrary* library = row.library.empty() ? nullptr : find_c_library(row.library))
    linker.library(*library);
  if (row.linking == CgoLinking::shared) linker.dynamic(fmt::format("{}: {}", import.path, row.reason));
  if (row.linking == CgoLinking::by_hand)
    linker.refuse(fmt::format("cgo is needed: {}: {}", import.path, row.reason));
}

// Modules that need cgo and that only other modules import: they may never run.
void note_unreached(const GoMod& mod, model::Project& project) {
  for (const auto& row : cgo_modules())
    for (const auto& required : mod.requires_modules)
      if (row.import == required.path || import_matches(required.path, row.import))
        project.notes.push_back(fmt::format(
            "go.mod:{} requires {}, which needs cgo; nothing that the program reaches imports it directly, "
            "so the image is built without cgo: test what uses it",
            required.line, required.path));
}

}  // namespace

void find_cgo(base::Files& files, const std::string& root, const std::vector<const GoPackage*>& packages,
              const GoMod& mod, model::Project& project) {
  Linker linker(project);
  for (const auto* package : packages) {
    const GoFile* file = nullptr;
    std::uint64_t line = 0;
    if (!package_needs_cgo(*package, &file, &line)) continue;
    linker.need("cgo: import \"C\"", file->path, line);
    look_at_sources(files, root, *package, linker);
  }
  for (const auto& row : cgo_modules()) {
    const GoFile* file = nullptr;
    if (const GoImport* import = find_import(packages, row.import, &file)) {
      link_module(row, *import, *file, linker);
      if (row.fails_at_run_time)
        project.notes.push_back(fmt::format(
            "{} compiles without a C compiler, but fails when it is used: the image is built with cgo",
            import->path));
    }
  }
  if (!project.cgo) note_unreached(mod, project);
  if (!project.cgo || project.native.dynamic) return;
  // Go's own resolver and user look-up in place of glibc's, which needs its shared parts.
  linker.tag("netgo");
  linker.tag("osusergo");
}

}  // namespace crtune::project
