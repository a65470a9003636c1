// The headers of one ELF file. Source: the System V ABI, chapters 4 and 5 (gabi 4.1 and its 2024 draft).
#pragma once

#include "core/base/random_bytes.hpp"
#include "core/binary/byte_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::binary {

namespace elf {
constexpr std::uint16_t kRelocatable = 1;
constexpr std::uint16_t kExecutable = 2;
constexpr std::uint16_t kShared = 3;
constexpr std::uint16_t kCore = 4;
constexpr std::uint32_t kLoad = 1;
constexpr std::uint32_t kDynamic = 2;
constexpr std::uint32_t kInterpreter = 3;
constexpr std::uint32_t kNote = 4;
constexpr std::uint32_t kCanExecute = 1;
constexpr std::uint32_t kCanWrite = 2;
constexpr std::uint32_t kSectionNull = 0;
constexpr std::uint32_t kSymbolTable = 2;
constexpr std::uint32_t kStringTable = 3;
constexpr std::uint32_t kRelocationsWithAddend = 4;
constexpr std::uint32_t kSectionNote = 7;
constexpr std::uint32_t kNoBits = 8;
constexpr std::uint32_t kDynamicSymbols = 11;
constexpr std::uint64_t kAllocated = 2;
constexpr std::uint64_t kExecutableCode = 4;
}  // namespace elf

struct ElfSection {
  std::string_view name;
  std::uint32_t type = 0;
  std::uint64_t flags = 0;
  std::uint64_t address = 0;
  std::uint64_t offset = 0;  // of the file; with `size`, cut to what is in the file
  std::uint64_t size = 0;    // bytes in the file: 0 of .bss
  std::uint32_t link = 0;

  std::uint64_t end() const { return offset + size; }
};

struct ElfSegment {
  std::uint32_t type = 0;
  std::uint32_t flags = 0;
  std::uint64_t address = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  // bytes in the file, cut to what is there

  std::uint64_t end() const { return offset + size; }
};

struct FileRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  std::uint64_t size() const { return end - begin; }
};

// What the headers say, every range cut to the file.
struct ElfFile {
  std::uint64_t file_size = 0;
  bool is_64 = false;
  bool big_endian = false;
  std::uint16_t type = 0;
  std::uint16_t machine = 0;
  std::uint64_t entry = 0;
  FileRange header;
  FileRange program_headers;
  FileRange section_headers;
  std::uint32_t section_names = 0;   // index of .shstrtab
  std::vector<ElfSection> sections;  // with the null section, so that indices hold
  std::vector<ElfSegment> segments;
  // The PT_LOADs in which addresses are looked up and tables searched: at most 64, together at most twice as
  // long as the file, so that a file whose segments lie over one another takes no more time than others.
  std::vector<ElfSegment> loads;

  unsigned word_size() const { return is_64 ? 8 : 4; }
  const ElfSection* section(std::string_view name) const;  // the first of that name with bytes, or nullptr
  const ElfSegment* segment(std::uint32_t of_type) const;  // the first of that type, or nullptr
  // Where in the file `count` bytes at `address` are loaded from; nothing where they do not all come from
  // the file bytes of one PT_LOAD.
  std::optional<std::uint64_t> offset_of(std::uint64_t address, std::uint64_t count) const;
  std::optional<std::uint64_t> address_of(std::uint64_t offset) const;
};

// Reads the ELF header and both tables. Errors: invalid where it is no ELF file, damaged where its header is
// cut. A table that cannot be read is left empty and `notes` says why.
base::Result<ElfFile> read_elf(base::RandomBytes& bytes, std::vector<std::string>& notes);

}  // namespace crtune::binary
