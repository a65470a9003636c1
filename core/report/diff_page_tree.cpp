#include "core/report/diff_page.hpp"
#include "core/report/diff_words.hpp"
#include "core/report/page_data.hpp"
#include "core/report/page_parts.hpp"

#include <fmt/format.h>

#include <iterator>
#include <unordered_map>

namespace crtune::report {

using base::EntryKind;
using model::FileDifference;

namespace {

constexpr std::size_t kDetailRoom = 350'000;
constexpr std::size_t kDetailColumns = 240;

char kind_letter(EntryKind kind) {
  switch (kind) {
    case EntryKind::directory: return 'D';
    case EntryKind::symlink: return 'l';
    case EntryKind::char_device: return 'c';
    case EntryKind::block_device: return 'b';
    case EntryKind::fifo: return 'p';
    case EntryKind::hardlink:
    case EntryKind::file: break;
  }
  return 'f';
}

const model::SnapshotFile& newest(const Comparison& comparison, const FileDifference& file) {
  return file.after ? comparison.after.files[*file.after] : comparison.before.files[*file.before];
}

GrowthState state_of(const FileDifference& file, std::int64_t growth) {
  if (!file.before) return GrowthState::added;
  if (!file.after) return GrowthState::removed;
  return growth > 0 ? GrowthState::grown : growth < 0 ? GrowthState::shrunk : GrowthState::same_size;
}

// Places in Difference::files by their place in Difference::layers.
std::vector<std::vector<std::uint32_t>> files_by_layer(const Comparison& comparison) {
  const auto& layers = comparison.difference.layers;
  constexpr std::size_t kNowhere = 0;
  std::vector<std::size_t> of_old(comparison.before.layers.size(), kNowhere);
  std::vector<std::size_t> of_new(comparison.after.layers.size(), kNowhere);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].before) of_old[*layers[i].before] = i;
    if (layers[i].after) of_new[*layers[i].after] = i;
  }
  std::vector<std::vector<std::uint32_t>> out(layers.size());
  for (std::uint32_t i = 0; i < comparison.difference.files.size(); ++i) {
    const auto& file = comparison.difference.files[i];
    const auto& places = file.after ? of_new : of_old;
    const std::uint32_t layer = newest(comparison, file).content.layer;
    const std::size_t place = layer < places.size() ? places[layer] : kNowhere;
    if (place < out.size()) out[place].push_back(i);
  }
  return out;
}

// Texts that many rows share, each once; the rows name them by number.
class Details {
 public:
  explicit Details(JsonWriter& json) : rows_(json, "details", kDetailRoom) {
    number_of("u", "content unknown");
    number_of("c", "changed");
  }

  // `u`: nothing is known to have changed; `c`: it has.
  std::size_t number_of(std::string_view sign, std::string_view text) {
    const std::string whole = fmt::format("{}{}", sign, shown(text, kDetailColumns));
    const auto [at, is_new] = numbers_.try_emplace(whole, numbers_.size());
    if (!is_new) return at->second;
    std::string row;
    JsonWriter(row, kRowDepth).text(whole);
    if (rows_.add_if_it_fits(row)) return at->second;
    numbers_.erase(at);
    return sign == "u" ? 0 : 1;
  }
  void end() { rows_.end(); }

 private:
  BoundedRows rows_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace

FileTree build_growth_tree(const Comparison& comparison, const TreeLimits& limits) {
  const auto& difference = comparison.difference;
  TreeBuilder tree(difference.paths, limits.folders);
  for (const auto& layer : files_by_layer(comparison)) {
    tree.start_layer();
    for (const std::uint32_t item : layer) {
      const auto& file = difference.files[item];
      const std::int64_t growth = file_growth(comparison, file);
      const model::PathId holder =
          file.path == model::kRootPath ? file.path : difference.paths.parent(file.path);
      tree.add(holder, {.bytes = magnitude(growth),
                        .path = file.path,
                        .kind = kind_letter(newest(comparison, file).kind),
                        .state = static_cast<std::uint8_t>(state_of(file, growth)),
                        .item = item});
    }
  }
  return fold_tree(difference.paths, tree.take(), limits);
}

void write_growth_tree(JsonWriter& json, const Comparison& comparison) {
  if (!comparison.difference.has_files) {
    json.key("tree").null();
    return;
  }
  constexpr std::size_t kChangeColumns = 30;
  // The same folder may stand in several layers of both images, so there are more rows than of one.
  TreeLimits limits = {.rows = 81'920};
  limits.row_bytes += kChangeColumns;
  const FileTree tree = build_growth_tree(comparison, limits);
  write_file_tree(json, tree);
  json.key("changes").begin_object();
  Details details(json);
  std::string what, sizes;
  for (const auto& row : tree.rows) {
    if (row.item == kNoItem) continue;
    const auto& file = comparison.difference.files[row.item];
    if (!file.before || !file.after) continue;
    fmt::format_to(std::back_inserter(what), "{},",
                   details.number_of(file.changes == 0 ? "u" : "c", attributes_text(comparison, file)));
    // The new size follows from the growth, but for names that share their content with others.
    const std::uint64_t old_size = comparison.before.files[*file.before].size;
    const std::uint64_t new_size = comparison.after.files[*file.after].size;
    fmt::format_to(std::back_inserter(sizes), "{},", old_size);
    if (static_cast<std::int64_t>(new_size - old_size) != file_growth(comparison, file))
      fmt::format_to(std::back_inserter(sizes), "{}", new_size);
    sizes += ',';
  }
  details.end();
  json.key("what").text(what);
  json.key("sizes").text(sizes);
  json.end_object();
}

}  // namespace crtune::report
