// Where the Go linker put what the function table refers to.
#pragma once

#include "core/binary/go_functions.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace crtune::binary {

// Addresses as the loader will see them: where a position-independent program has a relocation its addend,
// else what stands in the file.
class ElfPointers {
 public:
  ElfPointers(const ElfFile& file, const ByteReader& whole);

  std::uint64_t at(std::uint64_t address) const;  // 0 where nothing is loaded
  std::uint64_t raw(std::uint64_t offset) const;  // what stands at an offset of the file
  struct Relocation {
    std::uint64_t address;
    std::uint64_t value;
  };
  const std::vector<Relocation>& relocations() const { return relocations_; }  // by address

 private:
  const ElfFile& file_;
  const ByteReader& whole_;
  std::vector<Relocation> relocations_;
};

struct GoLayout {
  std::uint64_t text = 0;                  // the address that entries count from; 0 where they are addresses
  std::uint64_t text_file = 0;             // where in the file the first function lies
  std::optional<std::uint64_t> func_data;  // offset in the file of go:func.*
  std::optional<std::uint64_t> func_data_end;
};

// Tells where the functions lie; nothing where no candidate fits the loaded, executable bytes. Rows that only
// relocations fill are filled in `table`. `symbol_text` is the address of runtime.text, 0 where unknown.
std::optional<GoLayout> find_go_layout(const ElfFile& file, const ElfPointers& pointers,
                                       GoFunctionTable& table, std::uint64_t symbol_text);

}  // namespace crtune::binary
