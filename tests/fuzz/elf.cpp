// A whole ELF file.
#include "tests/fuzz/elf_checks.hpp"
#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  crtune::fuzz::inspect_checked(crtune::fuzz::Input(data, size).rest());
  return 0;
}
