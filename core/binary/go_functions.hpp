// The function table (pclntab) that the Go linker leaves in every program, stripped or not.
// Source: debug/gosym/pclntab.go, internal/abi/symtab.go and cmd/link/internal/ld/pcln.go of Go 1.2 to 1.27.
#pragma once

#include "core/binary/byte_reader.hpp"
#include "core/binary/elf_file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::binary {

enum class PclntabFormat : std::uint8_t { go12, go116, go118, go120 };

struct GoFunction {
  std::uint64_t entry = 0;   // address from 1.2 to 1.17, since then the offset from runtime.text
  std::uint64_t record = 0;  // where its _func lies, from the table's start
};

// A table whose header and rows were checked: rows ascend, records lie inside. Offsets count from the table's
// start. From Go 1.16 on the parts stand in the order of their members.
struct GoFunctionTable {
  PclntabFormat format = PclntabFormat::go120;
  ByteReader bytes;  // from the header to the end of the section or segment it stands in
  std::uint64_t file_offset = 0;
  unsigned pointer_size = 8;
  unsigned min_instruction = 1;  // bytes; what pc tables count in
  std::uint64_t text_start = 0;  // of the header; 0 where it has none
  std::uint64_t names = 0;
  std::uint64_t compile_units = 0;
  std::uint64_t files = 0;
  std::uint64_t pc_data = 0;
  std::uint64_t rows = 0;  // the functab
  std::uint64_t row_size = 0;
  std::uint64_t records = 0;      // the first _func
  std::uint64_t records_end = 0;  // behind the last _func
  std::vector<GoFunction> functions;
  std::uint64_t end_entry = 0;  // behind the last function

  bool is_split() const { return format != PclntabFormat::go12; }
  std::string_view name(const GoFunction& function) const {
    return bytes.string(names + bytes.u32(function.record + entry_size()));
  }
  // Offsets of the members of a _func behind its name.
  unsigned entry_size() const { return format >= PclntabFormat::go118 ? 4 : pointer_size; }
  std::uint64_t pc_offsets(const GoFunction& function) const {
    return function.record + entry_size() + 12ULL;
  }
  std::uint32_t pc_data_count(const GoFunction& function) const {
    return bytes.u32(function.record + entry_size() + 24ULL);
  }
  std::uint32_t compile_unit(const GoFunction& function) const {
    return bytes.u32(function.record + entry_size() + 28ULL);
  }
  std::uint64_t fixed_size() const;
  std::uint8_t func_data_count(const GoFunction& function) const {
    return bytes.u8(function.record + fixed_size() - 1);
  }
  std::uint64_t record_size(const GoFunction& function) const;
  // The bytes of the function's code, of the `reach` bytes up to the next function: what its table of stack
  // depths covers, for the linker's padding is behind that. `reach` where it has no such table.
  std::uint64_t code_size(const GoFunction& function, std::uint64_t reach) const;
};

// Finds and checks the table: in its section, else anywhere in what is loaded. `whole` is the file. Nothing
// where there is none that holds; then `why` says what was wrong with the last candidate, if there was one.
std::optional<GoFunctionTable> find_go_functions(const ElfFile& file, const ByteReader& whole,
                                                 std::string& why);

}  // namespace crtune::binary
