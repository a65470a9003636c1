// Data symbols of a Go program that was not stripped.
#pragma once

#include "core/binary/elf_file.hpp"
#include "core/binary/go_names.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace crtune::binary {

struct DataSymbol {
  std::uint64_t offset = 0;  // in the file
  std::uint64_t size = 0;
  std::string_view package;  // as home_of gives it
};

struct GoSymbols {
  std::uint64_t runtime_text = 0;  // the address of runtime.text; 0 where it is not there
  std::vector<DataSymbol> data;    // by offset; of packages alone, none reaching into the next
};

// Reads .symtab: empty where there is none or it is damaged.
GoSymbols read_go_symbols(const ElfFile& file, const ByteReader& whole);

}  // namespace crtune::binary
