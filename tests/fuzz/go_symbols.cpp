// The tables of a Go program in an ELF file that is right: a flag byte, the lengths of the function table and
// of the symbol table (16 bits each), both tables, and the strings.
#include "tests/fuzz/elf_checks.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/support/elf_builder.hpp"

using namespace crtune::fuzz;
using namespace crtune::testing;

namespace {

constexpr unsigned k32Bit = 1;
constexpr unsigned kBigEndian = 2;
constexpr unsigned kNoSectionHeaders = 4;
constexpr std::size_t kText = 512;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const unsigned flags = input.byte();
  const auto functions = input.number16();
  const auto symbols = input.number16();
  ElfBuilder builder({.is_64 = (flags & k32Bit) == 0, .big_endian = (flags & kBigEndian) != 0});
  builder.section({.name = ".text", .flags = 6, .content = std::string(kText, '\xcc'), .alignment = 16});
  builder.section({.name = ".gopclntab", .content = std::string(input.text(functions)), .alignment = 32});
  builder.section(
      {.name = ".go.buildinfo",
       .flags = 3,
       .content = build_info("go1.26", "path\ta.com/b\nmod\ta.com/b\t(devel)\ndep\tc.com/d\tv1\n"),
       .alignment = 16});
  builder.section({.name = ".symtab",
                   .type = 2,
                   .flags = 0,
                   .content = std::string(input.text(symbols)),
                   .link = 5,
                   .alignment = 8});
  const std::string strings(input.rest());
  builder.section({.name = ".strtab", .type = 3, .flags = 0, .content = strings});
  builder.section({.name = ".noptrdata", .flags = 3, .content = strings, .alignment = 8});
  if ((flags & kNoSectionHeaders) != 0) builder.without_section_headers();
  const auto told = inspect_checked(builder.build());
  require(told.has_value(), "a right header is enough for a file to be read");
  // Without section headers the build info is searched, and what looks like one may stand before it.
  require((flags & kNoSectionHeaders) != 0 || told->language == "go",
          "a Go program stays one whatever its tables hold");
  return 0;
}
