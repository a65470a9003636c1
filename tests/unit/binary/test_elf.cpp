#include "core/binary/inspect.hpp"
#include "tests/support/elf_builder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace crtune;
using namespace crtune::testing;

namespace {

base::Result<model::Binary> inspect(std::string_view file) {
  base::BytesInMemory bytes(as_bytes(file));
  return binary::inspect(bytes);
}

std::uint64_t sum(const model::Binary& binary) {
  return std::accumulate(
      binary.owners.begin(), binary.owners.end(), std::uint64_t{0},
      [](std::uint64_t total, const model::ByteOwner& owner) { return total + owner.bytes; });
}

std::uint64_t bytes_of(const model::Binary& binary, std::string_view name) {
  for (const auto& owner : binary.owners)
    if (owner.name == name) return owner.bytes;
  return 0;
}

// Whatever else is told, every byte has one owner.
model::Binary inspect_all_bytes(std::string_view file) {
  auto result = inspect(file);
  REQUIRE(result.has_value());
  CHECK(sum(*result) == file.size());
  return *result;
}

std::string dynamic_table(ElfShape shape,
                          const std::vector<std::pair<std::uint64_t, std::uint64_t>>& entries) {
  Bytes out(shape);
  for (const auto& [tag, value] : entries) out.word(tag).word(value);
  return out.word(0).word(0).data();
}

// A program with an interpreter and three libraries.
ElfBuilder dynamic_program(ElfShape shape) {
  ElfBuilder builder(shape);
  const std::string strings("\0libc.so.6\0libstdc++.so.6\0$ORIGIN/lib\0", 39);
  builder.section({.name = ".interp", .content = std::string("/lib/ld.so\0", 11)});
  builder.section({.name = ".dynstr", .type = 3, .content = strings});
  const auto address = ElfBuilder::kBase + 0;
  builder.section({.name = ".dynamic",
                   .type = 6,
                   .content = std::string(14 * (shape.is_64 ? 8U : 4U), '\0'),
                   .alignment = 8});
  builder.segment(3, ".interp").segment(2, ".dynamic");
  const auto strings_at = address + builder.offset_of(".dynstr");
  const auto table = dynamic_table(
      shape, {{1, 1}, {1, 11}, {29, 26}, {5, strings_at}, {10, strings.size()}, {0x6FFFFFFB, 0x08000000}});
  ElfBuilder finished(shape);
  finished.section({.name = ".interp", .content = std::string("/lib/ld.so\0", 11)});
  finished.section({.name = ".dynstr", .type = 3, .content = strings});
  finished.section({.name = ".dynamic", .type = 6, .content = table, .alignment = 8});
  finished.segment(3, ".interp").segment(2, ".dynamic");
  return finished;
}

}  // namespace

TEST_CASE("formats are told by their first bytes") {
  CHECK(
      binary::is_elf(as_bytes("\x7f"
                              "ELF")));
  CHECK_FALSE(
      binary::is_elf(as_bytes("\x7f"
                              "EL")));
  CHECK(binary::format_name(as_bytes("MZ\x90")) == "a PE executable");
  CHECK(binary::format_name(as_bytes("#!/bin/sh")) == "a script");
  CHECK(binary::format_name(as_bytes(std::string_view("\0asm\1\0\0\0", 8))) == "a WebAssembly module");
  CHECK(binary::format_name(as_bytes("\xcf\xfa\xed\xfe")) == "a Mach-O executable");
  CHECK(binary::format_name(as_bytes(std::string_view("\xca\xfe\xba\xbe\0\0\0\x34", 8))) == "a Java class");
  CHECK(binary::format_name(as_bytes("!<arch>\n")) == "an ar archive");
  CHECK(binary::format_name(as_bytes("hello")).empty());
}

TEST_CASE("what is no ELF file is refused, and what is cut inside its header") {
  const auto file = ElfBuilder().build();
  CHECK(inspect("").error().code == base::ErrorCode::invalid);
  CHECK(inspect("#!" + std::string(1 << 20, 'x')).error().code == base::ErrorCode::invalid);
  CHECK(inspect("MZ").error().message == "not an ELF file but a PE executable");
  for (std::size_t size = 0; size < 64; ++size) {
    CAPTURE(size);
    CHECK_FALSE(inspect(std::string_view(file).substr(0, size)).has_value());
  }
  for (std::size_t size = 64; size < file.size(); ++size)
    inspect_all_bytes(std::string_view(file).substr(0, size));
}

TEST_CASE("a dynamic program of either class and byte order") {
  for (const ElfShape shape :
       {ElfShape{true, false}, ElfShape{false, false}, ElfShape{true, true}, ElfShape{false, true}}) {
    CAPTURE(shape.is_64);
    CAPTURE(shape.big_endian);
    const auto told = inspect_all_bytes(dynamic_program(shape).type(3).build());
    CHECK(told.type == "executable");
    CHECK(told.linkage == model::Linkage::dynamic);
    CHECK(told.interpreter == "/lib/ld.so");
    CHECK(told.needed == std::vector<std::string>{"libc.so.6", "libstdc++.so.6"});
    CHECK(told.runpath == "$ORIGIN/lib");
    CHECK(told.language == "c++");
    CHECK(told.stripped);
    CHECK(told.notes.empty());
  }
}

TEST_CASE("type and linkage") {
  CHECK(inspect_all_bytes(ElfBuilder().build()).linkage == model::Linkage::fixed);
  CHECK(inspect_all_bytes(ElfBuilder().type(1).build()).type == "relocatable");
  CHECK(inspect_all_bytes(ElfBuilder().type(4).build()).type == "core");
  const auto pie = inspect_all_bytes(ElfBuilder().type(3).build());
  CHECK(pie.linkage == model::Linkage::static_pie);
  CHECK(pie.type == "executable");
  CHECK(inspect_all_bytes(ElfBuilder().machine(183).build()).machine == "arm64");
  CHECK(inspect_all_bytes(ElfBuilder().machine(999).build()).machine == "machine 999");
}

TEST_CASE("what strip removes is the symbol table, its strings and DWARF") {
  ElfBuilder builder;
  builder.section({.name = ".text", .flags = 6, .content = std::string(100, 'x')});
  builder.section({.name = ".symtab", .type = 2, .flags = 0, .content = std::string(48, '\0'), .link = 3});
  builder.section({.name = ".strtab", .type = 3, .flags = 0, .content = std::string(10, '\0')});
  builder.section({.name = ".dynstr", .type = 3, .flags = 2, .content = std::string(20, '\0')});
  builder.section({.name = ".debug_info", .flags = 0x800, .content = std::string(30, '\0')});
  builder.section({.name = ".zdebug_line", .flags = 0, .content = std::string(40, '\0')});
  builder.section({.name = ".debug_gdb_scripts", .flags = 2, .content = std::string(5, '\0')});
  const auto told = inspect_all_bytes(builder.build());
  CHECK(told.strippable_bytes == 48 + 10 + 30 + 40);
  CHECK_FALSE(told.stripped);
  CHECK(bytes_of(told, ".text") == 100);
}

TEST_CASE("UPX is told by its structures, not by a file that names it") {
  auto builder = ElfBuilder().section({.name = ".data", .content = std::string("\0\0\0\0UPX!\0\0\0\0", 12)});
  CHECK_FALSE(inspect_all_bytes(builder.build()).packed_by_upx);
  CHECK(inspect_all_bytes(builder.without_section_headers().build()).packed_by_upx);
  auto named = ElfBuilder().section({.name = ".data", .content = "a program that knows UPX! by name"});
  CHECK_FALSE(inspect_all_bytes(named.without_section_headers().build()).packed_by_upx);
}

TEST_CASE("without section headers the segments own the bytes") {
  const auto told = inspect_all_bytes(
      ElfBuilder().section({.name = "x", .content = "payload"}).without_section_headers().build());
  CHECK(bytes_of(told, "segment 0 (rwx)") == 7);
  CHECK(bytes_of(told, "file header") == 64);
  CHECK(bytes_of(told, "program headers") == 56);
}

TEST_CASE("what follows the last section is told, and overlaps count once") {
  auto file = ElfBuilder()
                  .section({.name = ".a", .content = std::string(100, 'a')})
                  .section({.name = ".b", .content = std::string(50, 'b')})
                  .build();
  auto tail = file + std::string(1000, 'p');
  CHECK(bytes_of(inspect_all_bytes(tail), "after the last section") == 1000);
  // Both sections start at the same byte now.
  const auto headers_at = file.size() - 4 * 64;
  const auto offset = file.substr(headers_at + 64 + 24, 8);
  file.replace(headers_at + 128 + 24, 8, offset);
  const auto told = inspect_all_bytes(file);
  CHECK(bytes_of(told, ".a") == 100);
  CHECK(bytes_of(told, ".b") == 0);
}

TEST_CASE("counts, offsets and sizes that lie are bounded") {
  const auto good = dynamic_program({}).build();
  struct Lie {
    std::size_t at;
    unsigned width;
  };
  // e_phoff, e_shoff, e_phentsize, e_phnum, e_shentsize, e_shnum, e_shstrndx
  for (const Lie lie : {Lie{32, 8}, Lie{40, 8}, Lie{54, 2}, Lie{56, 2}, Lie{58, 2}, Lie{60, 2}, Lie{62, 2}}) {
    for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, good.size() - 1, UINT64_MAX,
                                      UINT64_MAX - 63, std::uint64_t{0xFF00}}) {
      CAPTURE(lie.at);
      CAPTURE(value);
      auto file = good;
      for (unsigned i = 0; i < lie.width; ++i)
        file[lie.at + i] = static_cast<char>(value >> (8U * i) & 0xFFU);
      inspect_all_bytes(file);
    }
  }
}

TEST_CASE("every byte may be wrong") {
  const auto good = dynamic_program({})
                        .section({.name = ".note",
                                  .type = 7,
                                  .content = std::string("\4\0\0\0\4\0\0\0\3\0\0\0GNU\0\1\2\3\4", 20),
                                  .alignment = 4})
                        .segment(4, ".note")
                        .build();
  CHECK(inspect_all_bytes(good).build_id == "01020304");
  for (std::size_t at = 6; at < good.size(); ++at) {
    for (const char value : {'\0', '\x7f', '\xff'}) {
      auto file = good;
      file[at] = value;
      inspect_all_bytes(file);
    }
  }
}

TEST_CASE("many libraries, names without an end, notes with lying sizes") {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> entries(5000, {1, 1});
  ElfBuilder builder;
  builder.section({.name = ".dynstr", .type = 3, .content = std::string("\0", 1) + std::string(9000, 'n')});
  builder.section({.name = ".dynamic", .type = 6, .content = dynamic_table({}, entries), .alignment = 8});
  builder.section({.name = ".note", .type = 7, .content = std::string(12, '\xff')});
  builder.section({.name = ".interp", .content = "/lib/ld-without-an-end"});
  builder.segment(2, ".dynamic").segment(4, ".note").segment(3, ".interp");
  const auto told = inspect_all_bytes(builder.build());
  CHECK(told.needed.size() == 1024);
  CHECK(told.needed.front().size() == 4096);
  CHECK(told.build_id.empty());
  CHECK(told.interpreter.empty());
  CHECK(told.notes.size() == 2);
}
