#include "core/base/escape.hpp"
#include "core/diff/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace crtune::diff {

using model::Binary;
using model::BinaryDifference;
using model::Difference;
using model::OwnerKind;
using model::SizeDifference;
using model::Snapshot;
using model::SnapshotBinary;

namespace {

using Facts = std::map<std::string, std::string>;

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// What is told of an executable besides its sizes, by a name that a person reads.
Facts facts_of(const Binary& binary) {
  Facts facts;
  const auto add = [&](std::string name, const std::string& value) {
    if (!value.empty()) facts[std::move(name)] = value;
  };
  add("type", binary.type);
  add("machine", binary.machine);
  add("linkage", std::string(linkage_word(binary.linkage)));
  add("interpreter", binary.interpreter);
  add("libraries", joined(binary.needed));
  add("rpath", binary.rpath);
  add("runpath", binary.runpath);
  add("stripped", binary.stripped ? "yes" : "no");
  add("build ID", binary.build_id);
  add("language", binary.language);
  if (binary.packed_by_upx) add("packed by UPX", "yes");
  if (!binary.go) return facts;
  add("Go version", binary.go->version);
  add("main package", binary.go->path);
  add("main module version", binary.go->main_version);
  for (const auto& [name, value] : binary.go->settings) add("build setting " + name, value);
  return facts;
}

std::vector<model::SettingDifference> compare_facts(const Facts& before, const Facts& after) {
  std::vector<model::SettingDifference> out;
  for (const auto& [name, value] : before) {
    const auto now = after.find(name);
    if (now == after.end()) {
      out.push_back({.name = name, .before = value});
    } else if (now->second != value) {
      out.push_back({.name = name, .before = value, .after = now->second});
    }
  }
  for (const auto& [name, value] : after)
    if (before.count(name) == 0) out.push_back({.name = name, .after = value});
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

std::map<std::string, std::string> versions_of(const Binary& binary) {
  std::map<std::string, std::string> out;
  if (!binary.go) return out;
  out["std"] = binary.go->version;
  if (!binary.go->main_module.empty()) out[binary.go->main_module] = binary.go->main_version;
  for (const auto& module : binary.go->modules) {
    std::string version = module.version;
    if (!module.replaced_by_path.empty())
      version = fmt::format("{}{}{}", module.replaced_by_path, module.replaced_by_version.empty() ? "" : "@",
                            module.replaced_by_version);
    out[module.path] = version;
  }
  return out;
}

// The largest changes first, whichever way they go; of equals, by name.
void sort_by_growth(std::vector<SizeDifference>& rows) {
  const auto size = [](std::int64_t bytes) { return bytes < 0 ? -bytes : bytes; };
  std::sort(rows.begin(), rows.end(), [&](const SizeDifference& a, const SizeDifference& b) {
    return std::tuple(-size(a.growth()), a.kind, std::string_view(a.name), std::string_view(a.module)) <
           std::tuple(-size(b.growth()), b.kind, std::string_view(b.name), std::string_view(b.module));
  });
}

using Sizes = std::map<std::tuple<OwnerKind, std::string_view, std::string_view>, std::uint64_t>;

// What of a package is compared. Its data are known by symbols alone, so that of a stripped and an unstripped
// program only the code can be.
enum class Measure : std::uint8_t { bytes, code };

std::uint64_t measured(const model::ByteOwner& owner, Measure measure) {
  return measure == Measure::code && owner.kind == OwnerKind::package ? owner.text : owner.bytes;
}

Sizes owner_sizes(const Binary* binary, Measure measure) {
  Sizes out;
  if (binary != nullptr)
    for (const auto& owner : binary->owners)
      if (const auto size = measured(owner, measure); size > 0)
        out[{owner.kind, owner.name, owner.module}] += size;
  return out;
}

std::map<std::string_view, std::uint64_t> module_sizes(const Binary* binary, Measure measure) {
  std::map<std::string_view, std::uint64_t> out;
  if (binary != nullptr)
    for (const auto& owner : binary->owners)
      if (owner.kind == OwnerKind::package)
        out[owner.module.empty() ? std::string_view("(no module)") : std::string_view(owner.module)] +=
            measured(owner, measure);
  return out;
}

// Calls `row(key, size before, size after)` for every key of either side.
template <typename Map, typename Row>
void side_by_side(const Map& before, const Map& after, const Row& row) {
  auto i = before.begin();
  auto j = after.begin();
  using Size = std::optional<std::uint64_t>;
  while (i != before.end() || j != after.end()) {
    if (j == after.end() || (i != before.end() && i->first < j->first)) {
      row(i->first, Size(i->second), Size());
      ++i;
    } else if (i == before.end() || j->first < i->first) {
      row(j->first, Size(), Size(j->second));
      ++j;
    } else {
      row(i->first, Size(i->second), Size(j->second));
      ++i;
      ++j;
    }
  }
}

void compare_sizes(const Binary* before, const Binary* after, Measure measure, BinaryDifference& out) {
  using Size = std::optional<std::uint64_t>;
  side_by_side(owner_sizes(before, measure), owner_sizes(after, measure),
               [&](const auto& key, Size a, Size b) {
                 if (a == b) return;
                 const auto& [kind, name, module] = key;
                 out.owners.push_back({.name = std::string(name),
                                       .module = std::string(module),
                                       .kind = kind,
                                       .before = a,
                                       .after = b});
               });
  const auto old_versions = before != nullptr ? versions_of(*before) : std::map<std::string, std::string>();
  const auto new_versions = after != nullptr ? versions_of(*after) : std::map<std::string, std::string>();
  auto old_sizes = module_sizes(before, measure);
  auto new_sizes = module_sizes(after, measure);
  // A dependency may leave no byte in the file and still change its version.
  for (const auto& [name, version] : old_versions) old_sizes.try_emplace(name, 0);
  for (const auto& [name, version] : new_versions) new_sizes.try_emplace(name, 0);
  side_by_side(old_sizes, new_sizes, [&](std::string_view name, Size a, Size b) {
    SizeDifference row = {.name = std::string(name), .before = a, .after = b};
    if (const auto known = old_versions.find(row.name); known != old_versions.end())
      row.version_before = known->second;
    if (const auto known = new_versions.find(row.name); known != new_versions.end())
      row.version_after = known->second;
    if (a != b || row.version_before != row.version_after) out.modules.push_back(std::move(row));
  });
  sort_by_growth(out.owners);
  sort_by_growth(out.modules);
}

void compare_pair(const Snapshot& before, const Snapshot& after, BinaryDifference row, Difference& out) {
  const SnapshotBinary* a = row.before ? &before.binaries[*row.before] : nullptr;
  const SnapshotBinary* b = row.after ? &after.binaries[*row.after] : nullptr;
  const bool only_code = a != nullptr && b != nullptr && a->binary.go && b->binary.go &&
                         a->binary.stripped != b->binary.stripped;
  if (only_code)
    out.notes.push_back(fmt::format(
        "{} is stripped on one side only: of its packages code alone is compared, their data cannot be told",
        base::one_line(b->path, 80)));
  compare_sizes(a != nullptr ? &a->binary : nullptr, b != nullptr ? &b->binary : nullptr,
                only_code ? Measure::code : Measure::bytes, row);
  if (a != nullptr && b != nullptr) {
    row.facts = compare_facts(facts_of(a->binary), facts_of(b->binary));
    const bool same = a->size == b->size && row.facts.empty() && row.owners.empty() && row.modules.empty();
    if (same && (a->path == b->path || before.is_executable)) return;
  }
  out.binaries.push_back(std::move(row));
}

// The names of a side's final file system. Where a file stands there that was not looked into, nothing can be
// said of an executable's coming or going.
class PresentNames {
 public:
  explicit PresentNames(const Snapshot& side) : paths_(side.paths), present_(side.paths.size()) {
    for (const auto& file : side.files) present_[file.path] = true;
  }

  bool has(const std::string& path) const {
    model::PathId at = model::kRootPath;
    const std::string clean = model::PathTable::clean(path);
    for (std::string_view left = clean; !left.empty();) {
      const auto slash = left.find('/');
      const auto child = paths_.find_child(at, left.substr(0, slash));
      if (!child) return false;
      at = *child;
      left = slash == std::string_view::npos ? std::string_view() : left.substr(slash + 1);
    }
    return present_[at];
  }

 private:
  const model::PathTable& paths_;
  std::vector<bool> present_;
};

std::string main_package(const SnapshotBinary& binary) {
  return binary.binary.go ? binary.binary.go->path : std::string();
}

// Of both sides' executables that are still alone, pairs those of the same key.
template <typename KeyOf>
void pair_by(const KeyOf& key_of, const Snapshot& before, const Snapshot& after,
             std::vector<std::optional<std::uint32_t>>& partner, std::vector<bool>& old_taken) {
  std::map<std::string, std::vector<std::uint32_t>> open;
  for (std::uint32_t i = static_cast<std::uint32_t>(before.binaries.size()); i-- > 0;)
    if (const auto key = key_of(before.binaries[i]); !old_taken[i] && !key.empty()) open[key].push_back(i);
  for (std::uint32_t j = 0; j < after.binaries.size(); ++j) {
    if (partner[j]) continue;
    const auto found = open.find(key_of(after.binaries[j]));
    if (found == open.end() || found->second.empty()) continue;
    partner[j] = found->second.back();
    old_taken[found->second.back()] = true;
    found->second.pop_back();
  }
}

void note_unread(const std::vector<std::string>& paths, Difference& out) {
  if (paths.empty()) return;
  out.notes.push_back(fmt::format(
      "{} executable{} looked into on one side only and not compared inside, e.g. {}; --deep looks into all",
      paths.size(), paths.size() == 1 ? " was" : "s were", base::one_line(paths.front(), 80)));
}

}  // namespace

void compare_binaries(const Snapshot& before, const Snapshot& after, Difference& out) {
  if (!before.has_binaries || !after.has_binaries) {
    out.notes.emplace_back("the saved report has no executables: they are not compared inside");
    return;
  }
  std::vector<std::optional<std::uint32_t>> partner(after.binaries.size());
  std::vector<bool> old_taken(before.binaries.size());
  if (before.is_executable && !before.binaries.empty() && !after.binaries.empty()) {
    partner[0] = 0;
    old_taken[0] = true;
  }
  pair_by([](const SnapshotBinary& binary) { return binary.path; }, before, after, partner, old_taken);
  pair_by(main_package, before, after, partner, old_taken);
  std::vector<std::string> unread;
  const PresentNames old_names(before);
  const PresentNames new_names(after);
  for (std::uint32_t j = 0; j < after.binaries.size(); ++j) {
    if (!partner[j] && old_names.has(after.binaries[j].path)) {
      unread.push_back(after.binaries[j].path);
      continue;
    }
    BinaryDifference row;
    row.before = partner[j];
    row.after = j;
    compare_pair(before, after, std::move(row), out);
  }
  for (std::uint32_t i = 0; i < before.binaries.size(); ++i) {
    if (old_taken[i]) continue;
    if (new_names.has(before.binaries[i].path)) {
      unread.push_back(before.binaries[i].path);
      continue;
    }
    BinaryDifference row;
    row.before = i;
    compare_pair(before, after, std::move(row), out);
  }
  note_unread(unread, out);
}

}  // namespace crtune::diff
