#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/bytecode.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/base/byte_size.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::analysis::rules {

namespace {

// A handful is compiled in a moment.
constexpr std::uint64_t kWorthFiles = 20;
constexpr std::uint64_t kWorthBytes = 256U << 10U;

struct Missing {
  model::PathId largest = model::kNoPath;
  std::uint64_t largest_bytes = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t of = 0;

  void add(model::PathId path, std::uint64_t size) {
    ++files;
    bytes += size;
    if (largest != model::kNoPath && size <= largest_bytes) return;
    largest = path;
    largest_bytes = size;
  }
  bool is_worth_saying() const { return files >= kWorthFiles || bytes >= kWorthBytes; }
};

class MissingBytecode {
 public:
  explicit MissingBytecode(const Subject& subject) : subject_(subject), python_(started_python(subject)) {}

  const StartedPython& python() const { return python_; }
  const Missing& users() const { return users_; }
  const Missing& base() const { return base_; }

  void run() {
    subject_.files.each([&](model::PathId path, EntryId entry) {
      if (!subject_.image.paths.name(path).ends_with(".py")) return;
      const EntryId file = subject_.files.file_of(entry);
      if (file == kNoEntry || subject_.files.entry(file).size == 0) return;
      visit(path, entry, subject_.files.entry(file).size);
    });
  }

 private:
  // What Python imports: packages, its own library, and the service's folder. Tests are not imported.
  bool is_imported(const std::string& text) const {
    for (const std::string_view never :
         {"/test/", "/tests/", "/idlelib/", "/lib2to3/", "/ensurepip/", "/turtledemo/"})
      if (text.find(never) != std::string::npos) return false;
    for (const std::string_view packages : {"/site-packages/", "/dist-packages/"})
      if (text.find(packages) != std::string::npos) return true;
    if (!tag_of_path(text).empty()) return true;
    const auto& folder = subject_.image.config.working_directory;
    return python_.is_started && folder.size() > 1 && text.starts_with(folder + "/");
  }

  void visit(model::PathId path, EntryId entry, std::uint64_t size) {
    const std::string text = subject_.image.paths.text(path);
    if (!is_imported(text)) return;
    const bool is_users = subject_.is_users(subject_.files.layer_of(entry));
    Missing& missing = is_users ? users_ : base_;
    ++missing.of;
    if (!has_bytecode(path, tag_of_path(text))) missing.add(path, size);
  }

  bool has_bytecode(model::PathId source, std::string tag) {
    if (tag.empty()) tag = python_.tag;
    const auto& paths = subject_.image.paths;
    std::string name(paths.name(source));
    name.resize(name.size() - 3);
    const auto cache = paths.find_child(paths.parent(source), "__pycache__");
    if (!cache || !subject_.files.exists(*cache)) return false;
    if (!tag.empty())
      return has(*cache, name + "." + tag + ".pyc") || has(*cache, name + "." + tag + ".opt-1.pyc") ||
             has(*cache, name + "." + tag + ".opt-2.pyc");
    // Of an unknown Python, any will do.
    constexpr int kOldest = 4;
    constexpr int kNewest = 40;
    for (int minor = kOldest; minor < kNewest; ++minor)
      if (has(*cache, fmt::format("{}.cpython-3{}.pyc", name, minor))) return true;
    return false;
  }

  bool has(model::PathId folder, const std::string& name) const {
    const auto found = subject_.image.paths.find_child(folder, name);
    return found && subject_.files.exists(*found);
  }

  const Subject& subject_;
  StartedPython python_;
  Missing users_;
  Missing base_;
};

bool is_set(const Subject& subject, std::string_view name) {
  const auto& environment = subject.image.config.environment;
  return std::any_of(environment.begin(), environment.end(), [&](std::string_view entry) {
    return entry.starts_with(name) && entry.size() > name.size() + 1 && entry[name.size()] == '=';
  });
}

// The folders of a path that compileall is given.
std::string folder_of(const std::string& path) {
  for (const std::string_view packages : {"/site-packages/", "/dist-packages/"})
    if (const auto at = path.find(packages); at != std::string::npos)
      return path.substr(0, at + packages.size() - 1);
  if (const auto at = path.find("/python3."); at != std::string::npos) {
    const auto end = path.find('/', at + 1);
    if (end != std::string::npos) return path.substr(0, end);
  }
  const auto slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

void check_missing_bytecode(const Subject& subject, Findings& findings) {
  if (is_set(subject, "PYTHONPYCACHEPREFIX")) return;
  MissingBytecode missing(subject);
  missing.run();
  const bool never_written = is_set(subject, "PYTHONDONTWRITEBYTECODE");
  const auto report = [&](const Missing& found, std::string_view whose) -> model::Finding* {
    if (!found.is_worth_saying()) return nullptr;
    const std::string path = subject.image.paths.text(found.largest);
    const EntryId holder = subject.files.holder(found.largest);
    auto& finding = findings.add_file(
        holder,
        fmt::format("{} of {} Python modules {} have no .pyc ({} of source, the largest {}): each cold start "
                    "compiles those it imports{}",
                    found.files, found.of, whose, base::format_bytes(found.bytes), shown(path),
                    never_written ? ", and PYTHONDONTWRITEBYTECODE keeps the result from being written" : ""),
        fmt::format("RUN python3 -m compileall -q --invalidation-mode unchecked-hash {}",
                    shown(folder_of(path))));
    finding.bytes = found.bytes;
    return &finding;
  };
  auto* users = report(missing.users(), "of the image's own layers");
  if (users != nullptr && !missing.python().is_started) users->severity = model::Severity::info;
  if (!missing.python().is_started) return;
  if (auto* base = report(missing.base(), "of the base image"); base != nullptr)
    base->severity = model::Severity::info;
}

}  // namespace crtune::analysis::rules
