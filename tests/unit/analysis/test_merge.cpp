#include "core/analysis/merge.hpp"
#include "tests/support/image_in_memory.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using analysis::EntryId;
using model::Fate;
using test::Items;

namespace {

// The fate of each file's bytes, entry by entry over all layers; names for entries without bytes.
std::vector<Fate> fates(const std::vector<Items>& layers) {
  test::ImageInMemory built(layers);
  const auto tree = analysis::merge_layers(built.image, built).value();
  std::vector<Fate> out;
  for (EntryId id = 0; id < tree.layer_begin.back(); ++id)
    out.push_back(tree.owners[id] == id ? tree.contents[id].fate : tree.names[id].fate);
  return out;
}

}  // namespace

using enum model::Fate;

TEST_CASE("a rewrite is told by its content") {
  CHECK(fates({{{"x", "a"}}, {{"x", "b"}}}) == std::vector{overwritten, live});
  CHECK(fates({{{"x", "a", 0644}}, {{"x", "a", 0755}}}) == std::vector{metadata_only, live});
  CHECK(fates({{{"x", "a"}, {"x", "b"}}}) == std::vector{repeated, live});
}

TEST_CASE("whiteouts and opaque folders concern lower layers only, wherever they stand") {
  CHECK(fates({{{"d/x", "a"}}, {{"d/.wh.x"}}}) == std::vector{deleted, live});
  CHECK(fates({{{"d/x", "a"}}, {{".wh.d"}}}) == std::vector{deleted, live});
  CHECK(fates({{{"d/x", "a"}, {"d/z", "c"}}, {{"d/y", "b"}, {"d/.wh..wh..opq"}}}) ==
        std::vector{deleted, deleted, live, live});
  CHECK(fates({{{"x", "a"}}, {{"x", "a"}, {".wh.x"}}}) == std::vector{metadata_only, live, live});
  CHECK(fates({{{"x", "a"}}, {{".wh.nothing"}}}) == std::vector{live, live});
}

TEST_CASE("a change of type hides what lay below") {
  CHECK(fates({{{"d/"}, {"d/x", "a"}}, {{"d", "file"}}}) == std::vector{overwritten, deleted, live});
  CHECK(fates({{{"d", "file"}}, {{"d/x", "a"}}}) == std::vector{overwritten, live});
}

TEST_CASE("bytes live while any hard link does") {
  CHECK(fates({{{"x", "a"}, {"y => x"}}, {{".wh.x"}}}) == std::vector{live, live, live});
  CHECK(fates({{{"x", "a"}, {"y => x"}}, {{".wh.x"}}, {{".wh.y"}}}) ==
        std::vector{deleted, deleted, live, live});
  CHECK(fates({{{"x", "a"}}, {{"n", "a"}, {"x => n"}}}) == std::vector{metadata_only, live, live});
  CHECK(fates({{{"y => x"}, {"x", "a"}}, {{".wh.x"}}}) == std::vector{live, live, live});
}

TEST_CASE("symbolic links among the folders of a path are followed inside the root") {
  const std::vector<Items> usrmerge = {{{"usr/lib/"}, {"lib -> usr/lib"}, {"usr/lib/x", "a"}},
                                       {{"lib/x", "b"}}};
  CHECK(fates(usrmerge) == std::vector{live, live, overwritten, live});
  test::ImageInMemory built(usrmerge);
  const auto tree = analysis::merge_layers(built.image, built).value();
  CHECK(built.image.paths.text(tree.resolved[3]) == "/usr/lib/x");
  CHECK(tree.notes.size() == 1);
  CHECK(fates({{{"up -> ../../../etc"}, {"etc/x", "a"}}, {{"up/.wh.x"}}}) ==
        std::vector{live, deleted, live});
  CHECK(fates({{{"loop -> loop"}}, {{"loop/x", "a"}}}) == std::vector{overwritten, live});
}

TEST_CASE("an impossible hard link is refused") {
  test::ImageInMemory self(std::vector<Items>{{{"x => x"}}});
  CHECK(analysis::merge_layers(self.image, self).error().code == base::ErrorCode::invalid);
  test::ImageInMemory folder(std::vector<Items>{{{"d/"}, {"x => d"}}});
  CHECK(analysis::merge_layers(folder.image, folder).error().code == base::ErrorCode::invalid);
}
