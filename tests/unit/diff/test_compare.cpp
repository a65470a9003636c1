#include "core/analysis/analyze.hpp"
#include "core/diff/compare.hpp"
#include "core/diff/image_snapshot.hpp"
#include "tests/support/image_in_memory.hpp"

#include <doctest/doctest.h>

#include <map>

namespace crtune::diff {
namespace {

using test::ImageInMemory;
using test::Items;

// An image in memory, analysed, that counts which files are read.
class Subject final : public model::ContentReader {
 public:
  explicit Subject(const std::vector<Items>& layers, const std::vector<std::string>& diff_ids = {})
      : memory(layers) {
    for (std::size_t i = 0; i < memory.image.layers.size(); ++i)
      memory.image.layers[i].diff_id =
          *base::Digest::parse("sha256:" + std::string(64, i < diff_ids.size() ? diff_ids[i][0] : 'f'));
    analysis = *analysis::analyze(memory.image, memory, {}, {.with_files = true});
    snapshot = snapshot_of(memory.image, analysis);
  }

  base::Result<std::vector<char>> same_content(const model::Image& image,
                                               std::span<const model::ContentPair> pairs) override {
    return memory.same_content(image, pairs);
  }
  base::Result<Hashes> hashes(const model::Image& image, std::span<const model::EntryRef> files,
                              Depth depth) override {
    read += files.size();
    return memory.hashes(image, files, depth);
  }
  base::Result<std::vector<model::FileFacts>> inspect(const model::Image& image,
                                                      std::span<const model::EntryRef> files,
                                                      const model::FileInspector& inspector) override {
    return memory.inspect(image, files, inspector);
  }

  Side side() { return {.snapshot = snapshot, .image = &memory.image, .contents = this}; }

  ImageInMemory memory;
  model::Analysis analysis;
  model::Snapshot snapshot;
  std::size_t read = 0;
};

std::map<std::string, unsigned> changes(const model::Difference& difference) {
  std::map<std::string, unsigned> out;
  for (const auto& file : difference.files) out[difference.paths.text(file.path)] = file.changes;
  return out;
}

}  // namespace

TEST_CASE("files of shared layers are not read, of others only those of the same path and size") {
  Subject a({{{"base", "b"}}, {{"x", "one"}, {"y", "two"}, {"z", "three"}}}, {"1", "2"});
  Subject b({{{"base", "b"}}, {{"x", "one"}, {"y", "TWO"}, {"z", "longer"}, {"n", "new"}}}, {"1", "3"});
  const auto difference = *compare(a.side(), b.side(), {});
  CHECK(a.read == 2);
  CHECK(b.read == 2);
  CHECK(changes(difference) ==
        std::map<std::string, unsigned>{{"/n", 0}, {"/y", model::file_content}, {"/z", model::file_content}});
  CHECK(difference.counts.added == 1);
  CHECK(difference.counts.changed == 2);
  CHECK(difference.live == 4);
  CHECK(difference.elsewhere == 0);
}

TEST_CASE("an image has no difference with itself, and nothing is read") {
  Subject a({{{"f", "x"}, {"g => f"}, {"l -> f"}}, {{".wh.f"}}}, {"1", "2"});
  Subject b({{{"f", "x"}, {"g => f"}, {"l -> f"}}, {{".wh.f"}}}, {"1", "2"});
  const auto difference = *compare(a.side(), b.side(), {});
  CHECK(difference.is_empty);
  CHECK(a.read == 0);
  CHECK(difference.deploy.push_layers == 0);
  CHECK(difference.deploy.shared_layers == 2);
}

TEST_CASE("a folder explains what grew in it, a large file stands alone") {
  Items many;
  for (int i = 0; i < 20; ++i) many.push_back({"usr/lib/f" + std::to_string(i), "12345"});
  many.push_back({"app", std::string(1000, 'a')});
  Subject a({{{"old", "1234567"}}}, {"1"});
  Subject b({many}, {"2"});
  const auto difference = *compare(a.side(), b.side(), {});
  REQUIRE(difference.growth.size() == 3);
  CHECK(difference.paths.text(difference.growth[0].path) == "/app");
  CHECK(difference.paths.text(difference.growth[1].path) == "/usr/lib");
  CHECK(difference.growth[1].is_folder);
  CHECK(difference.growth[1].files.added == 20);
  CHECK(difference.growth[2].bytes == -7);
}

TEST_CASE("what one gate allows another may refuse") {
  Subject a({{{"f", std::string(100, 'x')}}}, {"1"});
  Subject b({{{"f", std::string(150, 'x')}}}, {"2"});
  model::Policy policy;
  policy.max_growth = model::GrowthLimit{.bytes = {}, .percent = 50.0};
  policy.max_push = 10;
  const auto difference = *compare(a.side(), b.side(), policy);
  REQUIRE(difference.gates.size() == 2);
  CHECK(difference.gates[0].passed);
  CHECK(difference.gates[0].value == doctest::Approx(50));
  CHECK_FALSE(difference.gates[1].passed);
}

TEST_CASE("findings are the same whatever their numbers") {
  Subject a({{{"f", "x"}}}, {"1"});
  Subject b({{{"f", "x"}}}, {"1"});
  const auto finding = [](const char* rule, const char* message, const char* path) {
    model::Finding out;
    out.rule = rule;
    out.message = message;
    out.path = path;
    out.severity = model::Severity::error;
    return out;
  };
  a.snapshot.findings = {finding("A1", "12 kB are wasted", "/f"), finding("A2", "the variable X", ""),
                         finding("A3", "gone", "/g")};
  b.snapshot.findings = {finding("A1", "13 kB are wasted", "/f"), finding("A2", "the variable Y", "")};
  model::Policy policy;
  policy.fail_on = model::Severity::warning;
  const auto difference = *compare(a.side(), b.side(), policy);
  REQUIRE(difference.new_findings.size() == 1);
  CHECK(difference.new_findings[0].message == "the variable Y");
  CHECK(difference.fixed_findings.size() == 2);
  CHECK(difference.remaining_findings.size() == 1);
  CHECK_FALSE(difference.gates.front().passed);
}

TEST_CASE("packages of a renamed Go program are compared") {
  Subject a({{{"f", "x"}}}, {"1"});
  Subject b({{{"f", "x"}}}, {"1"});
  const auto program = [](const char* path, std::uint64_t main_bytes, const char* version) {
    model::SnapshotBinary out = {.path = path, .size = 100 + main_bytes, .binary = {}};
    out.binary.go.emplace();
    out.binary.go->path = "example.com/app";
    auto& module = out.binary.go->modules.emplace_back();
    module.path = "example.com/dep";
    module.version = version;
    out.binary.owners = {{model::OwnerKind::package, "main", "example.com/app", main_bytes, 0},
                         {model::OwnerKind::section, ".symtab", "", 100, 0}};
    return out;
  };
  a.snapshot.binaries = {program("/old", 50, "v1.0.0")};
  b.snapshot.binaries = {program("/new", 80, "v1.1.0")};
  model::Policy policy;
  policy.max_package_growth = model::GrowthLimit{.bytes = 29, .percent = {}};
  const auto difference = *compare(a.side(), b.side(), policy);
  REQUIRE(difference.binaries.size() == 1);
  REQUIRE(difference.binaries[0].owners.size() == 1);
  CHECK(difference.binaries[0].owners[0].growth() == 30);
  REQUIRE(difference.binaries[0].modules.size() == 2);
  CHECK(difference.binaries[0].modules[1].version_after == "v1.1.0");
  CHECK_FALSE(difference.gates.front().passed);
}

TEST_CASE("of a program that is stripped on one side only the code of packages is compared") {
  Subject a({{{"f", "x"}}}, {"1"});
  Subject b({{{"f", "x"}}}, {"1"});
  const auto program = [](bool stripped, std::uint64_t bytes, std::uint64_t code) {
    model::SnapshotBinary out = {.path = "/app", .size = bytes, .binary = {}};
    out.binary.go.emplace();
    out.binary.stripped = stripped;
    out.binary.owners = {{model::OwnerKind::package, "main", "example.com/app", bytes, code}};
    return out;
  };
  model::Policy policy;
  policy.max_package_growth = model::GrowthLimit{.bytes = 29, .percent = {}};
  a.snapshot.binaries = {program(true, 100, 50)};
  b.snapshot.binaries = {program(false, 1000, 60)};
  const auto grown = *compare(a.side(), b.side(), policy);
  REQUIRE(grown.binaries[0].owners.size() == 1);
  CHECK(grown.binaries[0].owners[0].growth() == 10);
  CHECK(grown.gates.front().passed);
  REQUIRE(grown.notes.size() == 1);
  CHECK(grown.notes[0].find("stripped on one side only") != std::string::npos);
  b.snapshot.binaries = {program(true, 1000, 60)};
  CHECK_FALSE(compare(a.side(), b.side(), policy)->gates.front().passed);
}

TEST_CASE("an image is not compared with an executable") {
  Subject a({{{"f", "x"}}}, {"1"});
  model::Snapshot executable;
  executable.is_executable = true;
  CHECK(compare(a.side(), {.snapshot = executable}, {}).error().code == base::ErrorCode::usage);
}

}  // namespace crtune::diff
