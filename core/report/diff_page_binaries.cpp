#include "core/report/diff_page.hpp"
#include "core/report/diff_words.hpp"
#include "core/report/page_owners.hpp"
#include "core/report/page_parts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace crtune::report {

using model::BinaryDifference;
using model::SizeDifference;

namespace {

constexpr std::size_t kRoom = 850'000;
constexpr std::size_t kMaxFacts = 100;
constexpr std::size_t kMaxModules = 2'000;

constexpr std::string_view kNoModule = "(no module)";

// What is summed up, each way apart.
struct Folded {
  std::uint64_t count = 0;
  std::uint64_t grown = 0;
  std::uint64_t shrunk = 0;

  void add(std::int64_t growth) {
    ++count;
    (growth > 0 ? grown : shrunk) += magnitude(growth);
  }
};

void write_facts(JsonWriter& json, const BinaryDifference& binary) {
  json.key("facts").begin_array();
  for (std::size_t i = 0; i < std::min(binary.facts.size(), kMaxFacts); ++i) {
    const auto& fact = binary.facts[i];
    json.begin_array().text(shown(fact.name, 100));
    for (const auto* value : {&fact.before, &fact.after}) {
      if (*value) {
        json.text(shown(**value, 300));
      } else {
        json.null();
      }
    }
    json.end_array();
  }
  json.end_array();
}

// [path, old version, new version]; those whose size or version changed first.
void write_modules(JsonWriter& json, const std::vector<std::string>& paths,
                   const std::map<std::string_view, const SizeDifference*>& known) {
  json.key("modules").begin_array();
  for (const auto& path : paths) {
    const auto found = known.find(path);
    const bool has_versions = found != known.end();
    json.begin_array().text(shown(path, 300));
    json.text(has_versions ? shown(found->second->version_before, 100) : std::string());
    json.text(has_versions ? shown(found->second->version_after, 100) : std::string()).end_array();
  }
  json.end_array();
}

void write_side(JsonWriter& json, std::string_view key, const model::Snapshot& side,
                const std::optional<std::uint32_t>& index) {
  json.key(key);
  if (!index) {
    json.null();
    return;
  }
  const auto& binary = side.binaries[*index];
  json.begin_object().key("path").text(shown(binary.path)).key("size").number(binary.size).end_object();
}

std::string binary_row(const Comparison& comparison, const BinaryDifference& binary,
                       std::size_t most_owners) {
  PageOwners owners;
  std::map<std::string_view, const SizeDifference*> known;
  for (const auto& module : binary.modules) {
    if (known.size() >= std::min(kMaxModules, most_owners)) break;
    known[module.name] = &module;
    owners.module(module.name);
  }
  Folded folded;
  for (std::size_t i = 0; i < binary.owners.size(); ++i) {
    const auto& owner = binary.owners[i];
    if (i >= most_owners) {
      folded.add(owner.growth());
      continue;
    }
    const std::array numbers = {owner.before, owner.after};
    const bool is_alone = owner.module.empty() && owner.kind == model::OwnerKind::package;
    owners.add(owner.kind, is_alone ? std::string(kNoModule) : owner.module, owner.name, numbers);
  }
  std::string out;
  JsonWriter json(out, kRowDepth);
  json.begin_object();
  write_side(json, "old", comparison.before, binary.before);
  write_side(json, "new", comparison.after, binary.after);
  write_facts(json, binary);
  write_modules(json, owners.modules(), known);
  owners.write(json);
  json.key("folded").number(folded.count);
  json.key("folded_grown").number(folded.grown);
  json.key("folded_shrunk").number(folded.shrunk);
  json.end_object();
  return out;
}

std::uint64_t change_of(const Comparison& comparison, const BinaryDifference& binary) {
  std::int64_t growth = 0;
  if (binary.after) growth += static_cast<std::int64_t>(comparison.after.binaries[*binary.after].size);
  if (binary.before) growth -= static_cast<std::int64_t>(comparison.before.binaries[*binary.before].size);
  return magnitude(growth);
}

}  // namespace

void write_diff_binaries(JsonWriter& json, const Comparison& comparison) {
  std::vector<const BinaryDifference*> order;
  for (const auto& binary : comparison.difference.binaries) order.push_back(&binary);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
    return change_of(comparison, *a) > change_of(comparison, *b);
  });
  BoundedRows rows(json, "binaries", kRoom);
  bool has_room = true;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i >= kMaxPageBinaries) {
      rows.add({}, change_of(comparison, *order[i]));
      continue;
    }
    has_room = has_room && rows.add_if_it_fits(binary_row(comparison, *order[i], kMaxPageOwners));
    if (!has_room) rows.add(binary_row(comparison, *order[i], 0), change_of(comparison, *order[i]));
  }
  rows.end();
}

}  // namespace crtune::report
