#include "core/binary/go_build_info.hpp"
#include "core/binary/go_names.hpp"
#include "core/binary/inspect.hpp"
#include "tests/support/elf_builder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace crtune;
using namespace crtune::testing;

namespace {

const std::vector<FunctionSpec> kFunctions = {{"runtime.main", 64},
                                              {"example.com/app/v2/api.(*T).Do", 32},
                                              {"gopkg.in/yaml%2ev3.Load[go.shape.[]uint8,a/b.C]", 16},
                                              {"main.main", 48},
                                              {"example.com/app/v2/api.F.func1.example.com/other/x.G", 16},
                                              {"vendor/golang.org/x/net/idna.f", 16}};

constexpr std::string_view kModules =
    "path\texample.com/app/v2/cmd/server\n"
    "mod\texample.com/app/v2\t(devel)\t\n"
    "dep\tgopkg.in/yaml.v3\tv3.0.1\n"
    "=>\texample.com/fork/yaml\tv3.0.2\th1:x=\n"
    "build\t-compiler=gc\n"
    "build\t-ldflags=\"-s -w -X 'main.v=1\\t2'\"\n"
    "build\tDefaultGODEBUG=a=1,b=2\n";

model::Binary inspect(std::string_view file) {
  base::BytesInMemory bytes(as_bytes(file));
  auto result = binary::inspect(bytes);
  REQUIRE(result.has_value());
  const auto sum =
      std::accumulate(result->owners.begin(), result->owners.end(), std::uint64_t{0},
                      [](std::uint64_t total, const model::ByteOwner& owner) { return total + owner.bytes; });
  CHECK(sum == file.size());
  return *result;
}

const model::ByteOwner* owner(const model::Binary& binary, std::string_view name) {
  const auto found = std::find_if(binary.owners.begin(), binary.owners.end(),
                                  [&](const model::ByteOwner& one) { return one.name == name; });
  return found == binary.owners.end() ? nullptr : &*found;
}

std::uint64_t text_of(const model::Binary& binary, std::string_view name) {
  const auto* found = owner(binary, name);
  return found == nullptr ? 0 : found->text;
}

// Text, table and build info; the table knows where the text lies because nothing before it changes size.
ElfBuilder go_program(ElfShape shape, std::uint32_t magic) {
  const auto text_size =
      std::accumulate(kFunctions.begin(), kFunctions.end(), std::uint64_t{0},
                      [](std::uint64_t total, const FunctionSpec& one) { return total + one.size; });
  ElfBuilder builder(shape);
  builder.section({.name = ".text", .flags = 6, .content = std::string(text_size, '\xcc'), .alignment = 16});
  const auto text = ElfBuilder::kBase + builder.offset_of(".text");
  builder.section(
      {.name = ".gopclntab", .content = function_table(shape, magic, text, kFunctions), .alignment = 32});
  builder.section(
      {.name = ".go.buildinfo", .flags = 3, .content = build_info("go1.99", kModules), .alignment = 16});
  return builder;
}

void check_text(const model::Binary& told) {
  CHECK(text_of(told, "runtime") == 64);
  CHECK(text_of(told, "example.com/app/v2/api") == 48);
  CHECK(text_of(told, "gopkg.in/yaml.v3") == 16);
  CHECK(text_of(told, "main") == 48);
  CHECK(text_of(told, "vendor/golang.org/x/net/idna") == 16);
  CHECK(told.language == "go");
}

}  // namespace

TEST_CASE("a Go program is divided by every format of its function table") {
  for (const std::uint32_t magic : {0xFFFFFFFBU, 0xFFFFFFFAU, 0xFFFFFFF0U, 0xFFFFFFF1U}) {
    for (const ElfShape shape :
         {ElfShape{true, false}, ElfShape{false, false}, ElfShape{true, true}, ElfShape{false, true}}) {
      CAPTURE(magic);
      CAPTURE(shape.is_64);
      CAPTURE(shape.big_endian);
      const auto told = inspect(go_program(shape, magic).build());
      CHECK(told.notes.empty());
      check_text(told);
      CHECK(owner(told, "main")->bytes > 48);
      CHECK(owner(told, "main")->module == "example.com/app/v2");
      CHECK(owner(told, "example.com/app/v2/api")->module == "example.com/app/v2");
      CHECK(owner(told, "gopkg.in/yaml.v3")->module == "gopkg.in/yaml.v3");
      CHECK(owner(told, "vendor/golang.org/x/net/idna")->module == "std");
      CHECK(owner(told, ".text") == nullptr);
      REQUIRE(told.go.has_value());
      CHECK(told.go->modules.front().bytes == owner(told, "gopkg.in/yaml.v3")->bytes);
    }
  }
}

TEST_CASE("the function table is found without section headers") {
  for (const std::uint32_t magic : {0xFFFFFFFBU, 0xFFFFFFFAU, 0xFFFFFFF0U, 0xFFFFFFF1U}) {
    CAPTURE(magic);
    const auto told = inspect(go_program({}, magic).without_section_headers().build());
    check_text(told);
    CHECK(told.go->version == "go1.99");
  }
}

TEST_CASE("the lines of the module info") {
  model::GoInfo go;
  binary::parse_module_info(kModules, go);
  CHECK(go.path == "example.com/app/v2/cmd/server");
  CHECK(go.main_module == "example.com/app/v2");
  REQUIRE(go.modules.size() == 1);
  CHECK(go.modules[0].path == "gopkg.in/yaml.v3");
  CHECK(go.modules[0].replaced_by_path == "example.com/fork/yaml");
  REQUIRE(go.settings.size() == 3);
  CHECK(go.settings[1] == std::pair<std::string, std::string>("-ldflags", "-s -w -X 'main.v=1\t2'"));
  CHECK(go.settings[2] == std::pair<std::string, std::string>("DefaultGODEBUG", "a=1,b=2"));
  for (const std::string_view odd : {"=>\tx\n", "build\t\"", "build\t\"\\", "dep\n", "\t\t\n", "build\t`"}) {
    model::GoInfo other;
    binary::parse_module_info(odd, other);
    CHECK(other.modules.empty());
  }
}

TEST_CASE("packages of symbols") {
  struct Case {
    std::string_view symbol, package;
  };
  for (const auto& one : {Case{"main.main", "main"},
                          {"go.uber.org/zap.New", "go.uber.org/zap"},
                          {"gopkg.in/yaml%2ev3.(*T).F", "gopkg.in/yaml%2ev3"},
                          {"slices.Sort[go.shape.[]a.com/b.C]", "slices"},
                          {"a.com/b.(*T[c.com/d.E]).F.func1", "a.com/b"},
                          {"type:.eq.net/url.URL", "net/url"},
                          {"type..hash.net/url.URL", "net/url"},
                          {"type:.eq.[2]net/url.URL", ""},
                          {"type:.eq.struct { a.b }", ""},
                          {"go:(*struct { a.com/b.T }).M", ""},
                          {"go.(*struct { a.com/b.T }).M", ""},
                          {"memeqbody", ""},
                          {"", ""},
                          {".", ""}}) {
    CAPTURE(one.symbol);
    CHECK(binary::home_of(one.symbol).package == one.package);
  }
  CHECK(binary::data_home_of("go:itab.*net/http.body,io.Reader").package == "net/http");
  CHECK(binary::data_home_of("type:.gcmask.compress/flate.Writer").package == "compress/flate");
  CHECK(binary::data_home_of("_cgo_zero.4").origin == binary::SymbolOrigin::foreign);
  CHECK(binary::data_home_of("main..stmp_4").package == "main");
  CHECK(binary::data_home_of("runtime.findfunctab").origin == binary::SymbolOrigin::generated);
  CHECK(binary::decode_package("gopkg.in/yaml%2ev3%") == "gopkg.in/yaml.v3%");
}

TEST_CASE("every byte of a Go program may be wrong") {
  for (const std::uint32_t magic : {0xFFFFFFFBU, 0xFFFFFFF0U, 0xFFFFFFF1U}) {
    const auto good = go_program({}, magic).build();
    for (std::size_t at = 16; at < good.size(); ++at) {
      if (good[at] == '\xcc') continue;
      for (const char value : {'\0', '\x7f', '\xff'}) {
        auto file = good;
        file[at] = value;
        inspect(file);
      }
    }
    for (std::size_t size = 64; size < good.size(); size += 3)
      inspect(std::string_view(good).substr(0, size));
  }
}

TEST_CASE("build info that lies is no build info") {
  const std::string magic = "\xff Go buildinf:";
  const auto with = [&](const std::string& blob) {
    auto file = ElfBuilder().section({.name = ".go.buildinfo", .flags = 3, .content = blob, .alignment = 16});
    return inspect(file.build());
  };
  for (const auto& blob :
       {magic, magic + std::string("\x08\x02", 2) + std::string(16, '\0') + std::string(11, '\xff'),
        magic + std::string("\x00\x00", 2) + std::string(16, '\0'),
        magic + std::string("\x03\x00", 2) + std::string(16, '\1'),
        magic + std::string("\xff\x00", 2) + std::string(16, '\xff'),
        magic + std::string("\x08\x00", 2) + std::string(16, '\xff'), " " + magic + "\x08\x02"}) {
    const auto told = with(blob);
    CHECK_FALSE(told.go.has_value());
    CHECK(told.language.empty());
    CHECK_FALSE(told.notes.empty());
  }
}

TEST_CASE("a C program that holds the magic of Go is none") {
  const std::string magic = "\xff Go buildinf:";
  std::string data;
  for (int i = 0; i < 10000; ++i) data += magic + std::string("\x08\x00", 2);
  const auto told =
      inspect(ElfBuilder().section({.name = ".rodata", .content = data, .alignment = 16}).build());
  CHECK_FALSE(told.go.has_value());
}

TEST_CASE("segments and sections that lie over one another take no more time" * doctest::timeout(60)) {
  auto many = go_program({}, 0xFFFFFFF1U);
  for (int i = 0; i < 20'000; ++i) many.segment(1, ".all");
  many.section({.name = ".all", .flags = 3, .content = std::string(400'000, '\xff')});
  CHECK(inspect(many.build()).go.has_value());
  inspect(many.without_section_headers().build());
  auto tables = go_program({}, 0xFFFFFFF1U);
  const std::string damaged = tables.build().substr(tables.offset_of(".gopclntab"), 200);
  for (int i = 0; i < 10'000; ++i) tables.section({.name = ".x.gopclntab", .content = damaged});
  inspect(tables.build());
}

TEST_CASE("facts can be had without the division") {
  const auto file = go_program({}, 0xFFFFFFF1U).build();
  base::BytesInMemory bytes(as_bytes(file));
  const auto told = binary::inspect(bytes, {.divide = false});
  REQUIRE(told.has_value());
  CHECK(told->owners.empty());
  CHECK(told->go->version == "go1.99");
  CHECK(told->language == "go");
}
