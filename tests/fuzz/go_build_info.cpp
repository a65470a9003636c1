// A flag byte, then what a Go program says of its build: as the whole section, as the lines inside a section
// that is right, and as lines alone.
#include "core/binary/go_build_info.hpp"

#include "tests/fuzz/elf_checks.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/support/elf_builder.hpp"

using namespace crtune;
using namespace crtune::fuzz;

namespace {

constexpr unsigned k32Bit = 1;
constexpr unsigned kBigEndian = 2;
constexpr unsigned kNoSectionHeaders = 4;

std::string program(unsigned flags, std::string section) {
  testing::ElfBuilder builder({.is_64 = (flags & k32Bit) == 0, .big_endian = (flags & kBigEndian) != 0});
  builder.section({.name = ".text", .flags = 6, .content = std::string(64, '\xcc'), .alignment = 16});
  builder.section({.name = ".go.buildinfo", .flags = 3, .content = std::move(section), .alignment = 16});
  if ((flags & kNoSectionHeaders) != 0) builder.without_section_headers();
  return builder.build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const unsigned flags = input.byte();
  const std::string text(input.rest());
  inspect_checked(program(flags, text));
  const auto framed = inspect_checked(program(flags, testing::build_info("go1.26", text + "\n")));
  model::GoInfo alone;
  binary::parse_module_info(text + "\n", alone);
  require(framed.has_value() && framed->go.has_value(), "build info in its frame is found");
  require(framed->go->version == "go1.26", "its version is read");
  require(framed->go->settings == alone.settings && framed->go->modules.size() == alone.modules.size(),
          "the lines are read as they stand");
  return 0;
}
