#include "cli/outputs.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

#include <array>
#include <sstream>

using namespace crtune;
using namespace crtune::cli;

namespace {

constexpr std::array kFormats = {formats::kText, formats::kJson, formats::kSarif, formats::kGithub};

struct Silent final : base::Reporter {
  void progress(std::uint64_t, std::uint64_t) override {}
  void note(std::string_view) override {}
  void finish() override {}
};

std::string error_of(std::vector<std::string> names, const std::vector<std::string>& inputs = {}) {
  test::MemoryFiles files({{"out/old.json", "old"}, {"report.json/x", ""}});
  files.add_link("link.json");
  const auto plan = plan_outputs({.format = "", .files = std::move(names)}, kFormats, inputs, files);
  if (plan) return "";
  CHECK(plan.error().code == base::ErrorCode::usage);
  return plan.error().message + " / " + plan.error().hint;
}

}  // namespace

TEST_CASE("the extension chooses, and standard output comes first") {
  test::MemoryFiles files;
  const auto plan = plan_outputs({.format = "sarif", .files = {"b.json", "a.txt", "-"}}, kFormats, {}, files);
  REQUIRE(plan);
  REQUIRE(plan->size() == 3);
  CHECK((*plan)[0].path.empty());
  CHECK((*plan)[0].format == 2);
  CHECK((*plan)[1].path == "b.json");
  CHECK((*plan)[1].format == 1);
  CHECK((*plan)[2].format == 0);
}

TEST_CASE("mistakes are told before any work") {
  CHECK(error_of({"x.pdf"}) ==
        "-o x.pdf: the extension .pdf names no format / known extensions: .txt .json .sarif");
  CHECK(error_of({"report"}) ==
        "-o report: the name has no extension to tell the format / known extensions: "
        ".txt .json .sarif");
  CHECK(error_of({".json"}).find("no extension") != std::string::npos);
  CHECK(error_of({""}).find("no extension") != std::string::npos);
  CHECK(error_of({"a.json", "b.txt", "./a.json"}) ==
        "-o ./a.json: two outputs go to the same file / give each a name of its own");
  CHECK(error_of({"out/a.json", "out//a.json"}).find("same file") != std::string::npos);
  CHECK(error_of({"-", "-"}).find("can be named once") != std::string::npos);
  CHECK(error_of({"image.json"}, {"./image.json"}).find("the input would be overwritten") !=
        std::string::npos);
  CHECK(error_of({"none/a.json"}) == "-o none/a.json: there is no folder none / make the folder first");
  CHECK(error_of({"report.json"}).find("a folder stands there") != std::string::npos);
  CHECK(error_of({"link.json"}).find("a symbolic link stands there") != std::string::npos);
  CHECK(error_of({"out/old.json", "a.json", "a.txt", "-"}, {"-"}).empty());
}

TEST_CASE("each output is written, files without colour") {
  test::MemoryFiles files(std::map<std::string, std::string>{{"a.json", "old"}});
  std::ostringstream out;
  std::ostringstream err;
  Silent reporter;
  Context context{out, err, files, reporter, {.colour = true, .columns = 140}, {}};
  const auto render = [](std::size_t format, const Canvas& canvas) {
    return std::to_string(format) + (canvas.colour ? " colour " : " plain ") + std::to_string(canvas.columns);
  };
  REQUIRE(write_outputs({{0, ""}, {1, "a.json"}, {0, "b.txt"}}, context, render));
  CHECK(out.str() == "0 colour 140");
  CHECK(files.all() ==
        std::map<std::string, std::string>{{"a.json", "1 plain 100"}, {"b.txt", "0 plain 100"}});
}
