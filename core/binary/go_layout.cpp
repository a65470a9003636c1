#include "core/binary/go_layout.hpp"

#include <algorithm>
#include <array>

namespace crtune::binary {

namespace {

// Words of runtime.moduledata that have stood where they stand since Go 1.16.
constexpr unsigned kNames = 1;
constexpr unsigned kFindFuncTable = 19;
constexpr unsigned kText = 22;

// The type of a relocation whose value is the load address plus its addend, by e_machine. The other machines
// that Go knows keep such addends in place.
std::uint32_t relative_type(std::uint16_t machine) {
  switch (machine) {
    case 62:
    case 243:
    case 258: return machine == 62 ? 8 : 3;
    case 183: return 1027;
    case 21: return 22;
    case 22: return 12;
    default: return 0;
  }
}

FileRange relocations_range(const ElfFile& file, const ByteReader& whole) {
  const auto* dynamic = file.segment(elf::kDynamic);
  if (dynamic == nullptr) return {};
  std::uint64_t address = 0;
  std::uint64_t size = 0;
  const auto reader = whole.part(dynamic->offset, dynamic->size);
  for (std::uint64_t at = 0; reader.has(at, 16) && reader.u64(at) != 0; at += 16) {
    if (reader.u64(at) == 7) address = reader.u64(at + 8);
    if (reader.u64(at) == 8) size = reader.u64(at + 8);
  }
  const auto offset = file.offset_of(address, size);
  return offset ? FileRange{*offset, *offset + size} : FileRange{};
}

// Addresses at which runtime.moduledata may start: it starts with the address of the function table.
class ModuleData {
 public:
  ModuleData(const ElfFile& file, const ElfPointers& pointers, const GoFunctionTable& table)
      : pointers_(pointers), table_(table) {
    const auto own_address = file.address_of(table.file_offset);
    if (!own_address || !table.is_split()) return;
    table_address_ = *own_address;
    if (const auto* section = file.section(".go.module"); section != nullptr && accept(section->address))
      return;
    for (const auto& relocation : pointers.relocations())
      if (relocation.value == table_address_ && accept(relocation.address)) return;
    scan(file);
  }

  bool found() const { return address_ != 0; }
  std::uint64_t word(unsigned index) const {
    return pointers_.at(address_ + std::uint64_t{index} * table_.pointer_size);
  }

 private:
  bool accept(std::uint64_t address) {
    const bool fits =
        pointers_.at(address) == table_address_ &&
        pointers_.at(address + std::uint64_t{kNames} * table_.pointer_size) == table_address_ + table_.names;
    if (fits) address_ = address;
    return fits;
  }

  void scan(const ElfFile& file) {
    const std::uint64_t step = table_.pointer_size;
    for (const auto& segment : file.loads) {
      if ((segment.flags & elf::kCanWrite) == 0) continue;
      for (std::uint64_t at = 0; at + step <= segment.size; at += step)
        if (pointers_.raw(segment.offset + at) == table_address_ && accept(segment.address + at)) return;
    }
  }

  const ElfPointers& pointers_;
  const GoFunctionTable& table_;
  std::uint64_t table_address_ = 0;
  std::uint64_t address_ = 0;
};

// Whether functions that start at `text` all lie in one executable segment.
bool text_fits(const ElfFile& file, const GoFunctionTable& table, std::uint64_t text, GoLayout& layout) {
  const auto first = table.functions.front().entry;
  if (text + first < text) return false;
  const auto offset = file.offset_of(text + first, table.end_entry - first);
  if (!offset) return false;
  const bool executable = std::any_of(file.loads.begin(), file.loads.end(), [&](const ElfSegment& segment) {
    return (segment.flags & elf::kCanExecute) != 0 && *offset >= segment.offset && *offset < segment.end();
  });
  if (!executable) return false;
  layout.text = text;
  layout.text_file = *offset;
  return true;
}

// The entries are addresses that only relocations fill (Go 1.17 and before, linked by another linker).
void relocate_rows(const ElfFile& file, const ElfPointers& pointers, GoFunctionTable& table) {
  const auto start = file.address_of(table.file_offset);
  if (!start || pointers.relocations().empty() || table.end_entry != 0) return;
  auto at = *start + table.rows;
  std::uint64_t last = 0;
  std::vector<std::uint64_t> entries;
  entries.reserve(table.functions.size() + 1);
  for (std::size_t i = 0; i <= table.functions.size(); ++i, at += table.row_size) {
    entries.push_back(pointers.at(at));
    if (entries.back() < last) return;
    last = entries.back();
  }
  for (std::size_t i = 0; i < table.functions.size(); ++i) table.functions[i].entry = entries[i];
  table.end_entry = last;
}

// go:func.* stands in moduledata at a word that moved with the versions; only an address that can be it
// counts.
void find_func_data(const ElfFile& file, const ModuleData& module, const GoFunctionTable& table,
                    GoLayout& layout) {
  if (!module.found() || table.format < PclntabFormat::go118) return;
  constexpr std::array<unsigned, 3> kWords = {40, 43, 38};  // 1.20-1.26, 1.27, 1.18-1.19
  const std::size_t first = table.format == PclntabFormat::go118 ? 2 : 0;
  const std::size_t last = table.format == PclntabFormat::go118 ? 3 : 2;
  const auto table_begin = table.file_offset + table.records_end;
  const auto table_end = table.file_offset + table.bytes.size();
  for (auto i = first; i < last; ++i) {
    const auto offset = file.offset_of(module.word(kWords[i]), 1);
    const auto other = file.offset_of(module.word(kFindFuncTable), 1);
    if (!offset || !other) continue;
    const bool in_table = *offset >= table_begin && *offset < table_end;
    if (*offset >= table.file_offset && *offset < table_end && !in_table) continue;
    layout.func_data = *offset;
    if (*other > *offset) layout.func_data_end = *other;
    return;
  }
}

}  // namespace

ElfPointers::ElfPointers(const ElfFile& file, const ByteReader& whole) : file_(file), whole_(whole) {
  const auto type = relative_type(file.machine);
  if (file.type != elf::kShared || !file.is_64 || type == 0) return;
  const auto range = relocations_range(file, whole);
  const auto reader = whole.part(range.begin, range.size());
  for (std::uint64_t at = 0; reader.has(at, 24); at += 24)
    if ((reader.u64(at + 8) & 0xFFFFFFFFU) == type)
      relocations_.push_back({reader.u64(at), reader.u64(at + 16)});
  const auto by_address = [](const Relocation& a, const Relocation& b) { return a.address < b.address; };
  if (!std::is_sorted(relocations_.begin(), relocations_.end(), by_address))
    std::sort(relocations_.begin(), relocations_.end(), by_address);
}

std::uint64_t ElfPointers::raw(std::uint64_t offset) const {
  return whole_.word(offset, file_.word_size());
}

std::uint64_t ElfPointers::at(std::uint64_t address) const {
  const auto found =
      std::lower_bound(relocations_.begin(), relocations_.end(), address,
                       [](const Relocation& r, std::uint64_t wanted) { return r.address < wanted; });
  if (found != relocations_.end() && found->address == address) return found->value;
  const auto offset = file_.offset_of(address, file_.word_size());
  return offset ? raw(*offset) : 0;
}

std::optional<GoLayout> find_go_layout(const ElfFile& file, const ElfPointers& pointers,
                                       GoFunctionTable& table, std::uint64_t symbol_text) {
  GoLayout layout;
  const ModuleData module(file, pointers, table);
  find_func_data(file, module, table, layout);
  if (table.format < PclntabFormat::go118) {
    relocate_rows(file, pointers, table);
    return text_fits(file, table, 0, layout) ? std::optional(layout) : std::nullopt;
  }
  const auto* section = file.section(".text");
  const std::array<std::uint64_t, 4> candidates = {module.found() ? module.word(kText) : 0, symbol_text,
                                                   table.text_start,
                                                   section == nullptr ? 0 : section->address};
  for (const auto text : candidates)
    if (text != 0 && text_fits(file, table, text, layout)) return layout;
  return std::nullopt;
}

}  // namespace crtune::binary
