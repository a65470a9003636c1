#include "core/binary/go_symbols.hpp"

#include <algorithm>

namespace crtune::binary {

namespace {

constexpr std::size_t kMaxNameLength = 64U << 10U;
constexpr std::uint16_t kFirstReserved = 0xFF00;

struct Symbol {
  std::string_view name;
  std::uint8_t kind = 0;
  std::uint16_t section = 0;
  std::uint64_t address = 0;
  std::uint64_t size = 0;
};

Symbol symbol_at(const ByteReader& table, std::uint64_t at, bool is_64, const ByteReader& names) {
  Symbol symbol;
  symbol.name = names.string(table.u32(at), kMaxNameLength);
  symbol.kind = table.u8(at + (is_64 ? 4 : 12)) & 0xFU;
  symbol.section = table.u16(at + (is_64 ? 6 : 14));
  symbol.address = is_64 ? table.u64(at + 8) : table.u32(at + 4);
  symbol.size = is_64 ? table.u64(at + 16) : table.u32(at + 8);
  return symbol;
}

bool holds_data(const ElfFile& file, const Symbol& symbol) {
  constexpr std::uint8_t kObject = 1;
  if (symbol.kind > kObject || symbol.size == 0) return false;
  if (symbol.section == 0 || symbol.section >= kFirstReserved || symbol.section >= file.sections.size())
    return false;
  const auto& section = file.sections[symbol.section];
  return (section.flags & elf::kAllocated) != 0 && (section.flags & elf::kExecutableCode) == 0 &&
         section.type != elf::kNoBits && symbol.address >= section.address &&
         symbol.address - section.address < section.size;
}

}  // namespace

GoSymbols read_go_symbols(const ElfFile& file, const ByteReader& whole) {
  GoSymbols symbols;
  const auto found = std::find_if(file.sections.begin(), file.sections.end(), [](const ElfSection& section) {
    return section.type == elf::kSymbolTable && section.size > 0;
  });
  if (found == file.sections.end() || found->link >= file.sections.size()) return symbols;
  const auto table = whole.part(found->offset, found->size);
  const auto& strings = file.sections[found->link];
  const auto names = whole.part(strings.offset, strings.size);
  const std::uint64_t stride = file.is_64 ? 24 : 16;
  // Names that share their bytes would be read more often than the file is long.
  std::uint64_t budget = 4 * (names.size() + 1);
  for (std::uint64_t at = stride; table.has(at, stride); at += stride) {
    const auto symbol = symbol_at(table, at, file.is_64, names);
    if (symbol.name.size() + 1 > budget) break;
    budget -= symbol.name.size() + 1;
    if (symbol.name == "runtime.text") symbols.runtime_text = symbol.address;
    if (!holds_data(file, symbol)) continue;
    const auto home = data_home_of(symbol.name);
    if (home.origin != SymbolOrigin::package) continue;
    const auto& section = file.sections[symbol.section];
    const auto into = symbol.address - section.address;
    symbols.data.push_back({section.offset + into, std::min(symbol.size, section.size - into), home.package});
  }
  std::stable_sort(symbols.data.begin(), symbols.data.end(),
                   [](const DataSymbol& a, const DataSymbol& b) { return a.offset < b.offset; });
  for (std::size_t i = 0; i + 1 < symbols.data.size(); ++i)
    symbols.data[i].size =
        std::min(symbols.data[i].size, symbols.data[i + 1].offset - symbols.data[i].offset);
  return symbols;
}

}  // namespace crtune::binary
