#include "core/report/diff_page.hpp"
#include "core/report/script_data.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

using namespace crtune;
using report::FileTree;
using report::GrowthState;
using report::TreeLimits;

namespace {

// Two sides whose files differ as they are added here, each in the one layer of its side.
class Sides {
 public:
  Sides() {
    before_.layers.resize(1);
    after_.layers.resize(1);
    difference_.layers = {{.before = 0, .after = {}}, {.before = {}, .after = 0, .must_push = true}};
    difference_.has_files = true;
    difference_.is_empty = false;
  }

  void add(const std::string& path, std::optional<std::uint64_t> before, std::optional<std::uint64_t> after,
           std::uint16_t changes = 0) {
    model::FileDifference file;
    file.path = difference_.paths.intern(path);
    file.changes = changes;
    if (before) file.before = push(before_, *before);
    if (after) file.after = push(after_, *after);
    difference_.files.push_back(file);
  }

  report::Comparison comparison() const {
    return {.before = before_, .after = after_, .difference = difference_};
  }
  FileTree tree(const TreeLimits& limits = {}) const {
    return report::build_growth_tree(comparison(), limits);
  }

 private:
  static std::uint32_t push(model::Snapshot& side, std::uint64_t size) {
    model::SnapshotFile file;
    file.size = file.counted = size;
    side.files.push_back(file);
    return static_cast<std::uint32_t>(side.files.size() - 1);
  }

  model::Snapshot before_;
  model::Snapshot after_;
  model::Difference difference_;
};

// Bytes of the rows without children, by state.
std::array<std::uint64_t, report::kTreeStates> sums(const FileTree& tree) {
  std::array<std::uint64_t, report::kTreeStates> out = {};
  for (const auto& row : tree.rows)
    if (!report::has_children(row.kind)) out.at(row.state) += row.bytes;
  return out;
}

Sides many_files() {
  Sides sides;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const std::string path = fmt::format("srv/d{}/f{}", i % 7, i);
    if (i % 4 == 0) sides.add(path, {}, i);
    if (i % 4 == 1) sides.add(path, i, {});
    if (i % 4 == 2) sides.add(path, 10, 10 + i, model::file_content);
    if (i % 4 == 3) sides.add(path, 500, 500 - i, model::file_content);
  }
  return sides;
}

}  // namespace

TEST_CASE("a file that differs stands in the layer that holds it, with the size of its change") {
  Sides sides;
  sides.add("app/new", {}, 70);
  sides.add("app/grown", 10, 40, model::file_content);
  sides.add("app/moved", 5, 5, model::file_mode);
  sides.add("gone", 25, {});
  const FileTree tree = sides.tree();
  std::string told;
  for (const auto& row : tree.rows)
    told += fmt::format("{}{} {} {}; ", row.kind, row.state, row.name, row.bytes);
  CHECK(told == "i0  125; L0  25; L0  100; f3 gone 25; d0 app 100; f0 new 70; f1 grown 30; f4 moved 0; ");
}

TEST_CASE("sums of growth stay whatever is folded") {
  const Sides sides = many_files();
  const auto whole = sums(sides.tree());
  CHECK(whole[static_cast<std::size_t>(GrowthState::same_size)] == 0);
  for (const TreeLimits limits : {TreeLimits{.rows = 0}, TreeLimits{.rows = 9}, TreeLimits{.bytes = 3'000},
                                  TreeLimits{.folders = 2}, TreeLimits{.row_bytes = 200}}) {
    const FileTree tree = sides.tree(limits);
    CHECK(sums(tree) == whole);
    std::uint64_t entries = 0;
    for (const auto& row : tree.rows)
      if (!report::has_children(row.kind)) entries += row.entries;
    CHECK(entries == 200);
  }
}

TEST_CASE("the page of a difference holds nothing that ends its element") {
  Sides sides;
  sides.add("</script><b>", 1, 2, model::file_content);
  const std::string data = report::diff_page_data(sides.comparison(), {});
  CHECK(data == report::embeddable_json(data));
  CHECK(data.find('<') == std::string::npos);
  CHECK(data.find("\"ccontent\"") != std::string::npos);
  const std::string page = report::diff_html(sides.comparison());
  CHECK(page.find(data) != std::string::npos);
  CHECK(page.find("@DATA@") == std::string::npos);
}

TEST_CASE("a hostile difference stays below 8 MB") {
  Sides sides;
  const std::string name(200, '<');
  for (std::uint64_t i = 0; i < 60'000; ++i)
    sides.add(fmt::format("{}{}", name, i), i, i * 3 + 1, model::file_content | model::file_mode);
  CHECK(report::diff_html(sides.comparison()).size() < 8'000'000);
}
