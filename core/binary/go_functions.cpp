#include "core/binary/go_functions.hpp"

#include <algorithm>
#include <array>

namespace crtune::binary {

namespace {

// Over these a table is not one: real ones have at most some 20 tables of each kind for a function.
constexpr std::uint32_t kMaxPcData = 1024;
constexpr std::size_t kMaxNameLength = 64U << 10U;

std::optional<PclntabFormat> format_of(std::uint32_t magic) {
  switch (magic) {
    case 0xFFFFFFFB: return PclntabFormat::go12;
    case 0xFFFFFFFA: return PclntabFormat::go116;
    case 0xFFFFFFF0: return PclntabFormat::go118;
    case 0xFFFFFFF1: return PclntabFormat::go120;
    default: return std::nullopt;
  }
}

bool looks_like_header(const ByteReader& at, const ElfFile& file) {
  if (!at.has(0, 16) || !format_of(at.u32(0)) || at.u16(4) != 0) return false;
  const auto min_instruction = at.u8(6);
  return (min_instruction == 1 || min_instruction == 2 || min_instruction == 4) &&
         at.u8(7) == file.word_size();
}

// Reads where the parts lie; false where they are out of order or outside.
bool read_parts(GoFunctionTable& table, std::uint64_t& count) {
  const auto word = [&](unsigned i) {
    return table.bytes.word(8 + std::uint64_t{i} * table.pointer_size, table.pointer_size);
  };
  count = word(0);
  const auto size = table.bytes.size();
  if (!table.is_split()) {
    table.rows = 8ULL + table.pointer_size;
    table.row_size = 2ULL * table.pointer_size;
    return true;
  }
  const bool has_text = table.format >= PclntabFormat::go118;
  const unsigned first = has_text ? 3 : 2;
  if (!table.bytes.has(0, 8 + (first + 5ULL) * table.pointer_size)) return false;
  if (has_text) table.text_start = word(2);
  table.names = word(first);
  table.compile_units = word(first + 1);
  table.files = word(first + 2);
  table.pc_data = word(first + 3);
  table.rows = word(first + 4);
  table.row_size = has_text ? 8 : 2ULL * table.pointer_size;
  const std::array<std::uint64_t, 6> order = {8,           table.names,   table.compile_units,
                                              table.files, table.pc_data, table.rows};
  return std::is_sorted(order.begin(), order.end()) && table.rows < size;
}

// The rows of the functab: entries ascend, records lie behind the rows.
bool read_rows(GoFunctionTable& table, std::uint64_t count, std::string& why) {
  const auto size = table.bytes.size();
  if (count == 0 || table.row_size == 0 || count >= (size - table.rows) / table.row_size) {
    why = "its number of functions is wrong";
    return false;
  }
  const auto width = static_cast<unsigned>(table.row_size / 2);
  const auto base = table.is_split() ? table.rows : 0;
  table.records = table.rows + count * table.row_size + width;
  table.functions.resize(count);
  std::uint64_t last_entry = 0;
  std::uint64_t last_record = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto row = table.rows + i * table.row_size;
    auto& function = table.functions[i];
    function.entry = table.bytes.word(row, width);
    const auto record = table.bytes.word(row + width, width);
    function.record = base + record;
    const bool inside = record < size && function.record >= table.records &&
                        table.bytes.has(function.record, table.fixed_size());
    if (!inside || function.entry < last_entry || function.record <= last_record) {
      why = "its rows are out of order or point outside";
      return false;
    }
    last_entry = function.entry;
    last_record = function.record;
  }
  table.end_entry = table.bytes.word(table.rows + count * table.row_size, width);
  if (table.end_entry < last_entry) why = "its rows are out of order or point outside";
  return table.end_entry >= last_entry;
}

// The records and names: apart from each other as a linker makes them, so that reading them all takes linear
// time.
bool check_records(GoFunctionTable& table, std::string& why) {
  std::uint64_t name_bytes = 0;
  std::uint64_t record_end = 0;
  const auto names_end = table.is_split() ? table.compile_units : table.bytes.size();
  for (const auto& function : table.functions) {
    const auto name_at = table.names + table.bytes.u32(function.record + table.entry_size());
    const auto name = table.bytes.string(name_at, kMaxNameLength);
    name_bytes += name.size() + 1;
    if (name_at >= names_end || name.size() == kMaxNameLength || name_bytes > table.bytes.size()) {
      why = "the names of its functions lie outside, or in one another";
      return false;
    }
    if (table.pc_data_count(function) > kMaxPcData || function.record < record_end ||
        !table.bytes.has(function.record, table.record_size(function))) {
      why = "one of its functions has more tables than can be";
      return false;
    }
    record_end = function.record + table.record_size(function);
  }
  table.records_end = record_end;
  return true;
}

std::optional<GoFunctionTable> table_at(const ElfFile& file, const ByteReader& whole, FileRange range,
                                        std::string& why) {
  GoFunctionTable table;
  table.bytes = whole.part(range.begin, range.size());
  if (!looks_like_header(table.bytes, file)) return std::nullopt;
  table.format = *format_of(table.bytes.u32(0));
  table.file_offset = range.begin;
  table.pointer_size = table.bytes.u8(7);
  table.min_instruction = table.bytes.u8(6);
  std::uint64_t count = 0;
  if (!read_parts(table, count)) {
    why = "its parts are out of order or point outside";
    return std::nullopt;
  }
  if (!read_rows(table, count, why) || !check_records(table, why)) return std::nullopt;
  return table;
}

// Looks for a table in [range.begin, range.end), at multiples of the word size. A false start costs a look at
// its header; only few may go on to the rows, or a file made of headers would take quadratic time.
std::optional<GoFunctionTable> scan(const ElfFile& file, const ByteReader& whole, FileRange range,
                                    std::string& why, unsigned& tries) {
  const std::uint64_t step = file.word_size();
  const auto low_byte = file.big_endian ? 0 : 3;  // 0xFF in every magic
  for (auto at = (range.begin + step - 1) / step * step; at + 16 <= range.end && tries > 0; at += step) {
    if (whole.u8(at + static_cast<unsigned>(low_byte)) != 0xFF) continue;
    if (!looks_like_header(whole.part(at, range.end - at), file)) continue;
    --tries;
    if (auto table = table_at(file, whole, {at, range.end}, why)) return table;
  }
  return std::nullopt;
}

}  // namespace

std::uint64_t GoFunctionTable::fixed_size() const {
  switch (format) {
    case PclntabFormat::go12: return pointer_size + 32ULL;
    case PclntabFormat::go116: return pointer_size + 36ULL;
    case PclntabFormat::go118: return 40;
    case PclntabFormat::go120: break;
  }
  return 44;
}

std::uint64_t GoFunctionTable::record_size(const GoFunction& function) const {
  auto size = fixed_size() + 4ULL * pc_data_count(function);
  const auto func_data = func_data_count(function);
  if (format >= PclntabFormat::go118) return size + 4ULL * func_data;
  if (func_data > 0 && pointer_size == 8) size = (size + 7) / 8 * 8;
  return size + std::uint64_t{pointer_size} * func_data;
}

// A pc table is pairs of numbers, 7 bits a byte, lowest first: a change of the value, 0 at the end, and how
// far that value holds. Source: cmd/internal/obj/pcln.go, funcpctab.
std::uint64_t GoFunctionTable::code_size(const GoFunction& function, std::uint64_t reach) const {
  auto at = std::uint64_t{bytes.u32(pc_offsets(function))};
  if (at == 0) return reach;
  at += pc_data;
  const auto next = [&] {
    std::uint32_t number = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      const auto byte = bytes.u8(at++);
      number |= shift < 32 ? (byte & 0x7FU) << shift : 0;
      if ((byte & 0x80U) == 0) break;
    }
    return number;
  };
  std::uint64_t size = 0;
  for (bool first = true;; first = false) {
    const auto change = next();
    if (change == 0 && !first) return size;
    const auto length = std::uint64_t{next()} * min_instruction;
    // A step of 0, or one beyond the next function, is no compiler's.
    if (length == 0 || length > reach - size) return reach;
    size += length;
  }
}

std::optional<GoFunctionTable> find_go_functions(const ElfFile& file, const ByteReader& whole,
                                                 std::string& why) {
  unsigned tries = 64;
  for (const auto& section : file.sections) {
    if (!section.name.ends_with(".gopclntab") || section.size == 0) continue;
    if (tries-- == 0) return std::nullopt;
    if (auto table = table_at(file, whole, {section.offset, section.end()}, why)) return table;
  }
  // Linked by another linker as a position-independent program it has no section of its own.
  if (const auto* relocated = file.section(".data.rel.ro"))
    if (auto table = scan(file, whole, {relocated->offset, relocated->end()}, why, tries)) return table;
  for (const auto& segment : file.loads) {
    if (auto table = scan(file, whole, {segment.offset, segment.end()}, why, tries)) return table;
  }
  return std::nullopt;
}

}  // namespace crtune::binary
