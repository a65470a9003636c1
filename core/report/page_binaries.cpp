#include "core/report/page_data.hpp"
#include "core/report/page_owners.hpp"

#include <algorithm>
#include <optional>

namespace crtune::report {

using model::Binary;
using model::BinaryRow;

namespace {

constexpr std::size_t kRoom = 1'400'000;

// "name version", as far as a binary tells.
std::string module_version(const Binary& binary, const std::string& path) {
  if (!binary.go) return {};
  if (path == "std") return binary.go->version;
  if (path == binary.go->main_module) return binary.go->main_version;
  for (const auto& module : binary.go->modules)
    if (module.path == path)
      return module.replaced_by_version.empty() ? module.version : module.replaced_by_version;
  return {};
}

// The owners of one binary's bytes, the largest by name.
class Owners {
 public:
  explicit Owners(const Binary& binary) : binary_(binary) {}

  // Lists the largest and folds the rest.
  void list() {
    for (std::size_t i = 0; i < std::min(binary_.owners.size(), kMaxPageOwners); ++i) {
      const auto& owner = binary_.owners[i];
      const std::optional<std::uint64_t> bytes = owner.bytes;
      rows_.add(owner.kind, owner.module, owner.name, {&bytes, 1});
    }
    for (std::size_t i = kMaxPageOwners; i < binary_.owners.size(); ++i) fold(binary_.owners[i].bytes);
  }

  // Folds everything: all is in one row then.
  void fold_all() {
    rows_.clear();
    folded_ = folded_bytes_ = 0;
    for (const auto& owner : binary_.owners) fold(owner.bytes);
  }

  void write(JsonWriter& json) const {
    json.key("modules").begin_array();
    for (const auto& path : rows_.modules())
      json.begin_array().text(shown(path, 300)).text(shown(module_version(binary_, path), 100)).end_array();
    json.end_array();
    rows_.write(json);
    json.key("folded").number(folded_);
    json.key("folded_bytes").number(folded_bytes_);
  }

 private:
  void fold(std::uint64_t bytes) {
    ++folded_;
    folded_bytes_ += bytes;
  }

  const Binary& binary_;
  PageOwners rows_;
  std::uint64_t folded_ = 0;
  std::uint64_t folded_bytes_ = 0;
};

std::string binary_row(const model::Image& image, const BinaryRow& row, const Owners& owners) {
  const Binary& binary = row.binary;
  std::string out;
  JsonWriter json(out, kRowDepth);
  json.begin_object();
  json.key("path").text(shown(image.paths.text(row.path)));
  json.key("layer").number(std::uint64_t{row.layer});
  json.key("size").number(row.size);
  json.key("type").text(shown(binary.type, 60));
  json.key("machine").text(shown(binary.machine, 60));
  json.key("linkage").text(linkage_word(binary.linkage));
  json.key("language").text(shown(binary.language, 60));
  json.key("stripped").boolean(binary.stripped);
  json.key("strippable").number(binary.strippable_bytes);
  json.key("packed").boolean(binary.packed_by_upx);
  json.key("go").text(binary.go ? shown(binary.go->version, 60) : std::string());
  json.key("main").text(binary.go ? shown(binary.go->main_module, 300) : std::string());
  json.key("pruning_off").boolean(binary.go && binary.go->method_pruning_is_off);
  json.key("notes").begin_array();
  for (std::size_t i = 0; i < std::min<std::size_t>(binary.notes.size(), 5); ++i)
    json.text(shown(binary.notes[i], 300));
  json.end_array();
  owners.write(json);
  json.end_object();
  return out;
}

}  // namespace

void write_page_binaries(JsonWriter& json, const model::Image& image, const model::Analysis& analysis) {
  std::vector<const BinaryRow*> order;
  std::uint64_t total = 0;
  for (const auto& row : analysis.binaries) {
    order.push_back(&row);
    total += row.size;
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->size > b->size; });
  BoundedRows rows(json, "binaries", kRoom);
  bool has_room = true;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i >= kMaxPageBinaries) {
      rows.add({}, order[i]->size);
      continue;
    }
    Owners owners(order[i]->binary);
    if (has_room) {
      owners.list();
      const std::string row = binary_row(image, *order[i], owners);
      has_room = rows.add_if_it_fits(row);
      if (has_room) continue;
    }
    owners.fold_all();
    rows.add(binary_row(image, *order[i], owners), order[i]->size);
  }
  rows.end();
  json.key("binaries_bytes").number(total);
}

}  // namespace crtune::report
