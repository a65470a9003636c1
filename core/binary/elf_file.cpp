#include "core/binary/elf_file.hpp"

#include "core/binary/inspect.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::binary {

using base::ErrorCode;
using base::RandomBytes;
using base::Result;

namespace {

constexpr std::uint64_t kMaxSections = 1U
                                       << 18U;  // gcc and clang reach 100,000 in objects, never in programs
constexpr std::uint64_t kMaxNames = 64ULL << 20U;
constexpr std::size_t kMaxNameLength = 4096;
constexpr std::size_t kMaxLoads = 64;
constexpr std::uint32_t kExtendedIndex = 0xFFFF;

// Where the fields of the 32- and the 64-bit structures lie.
struct Layout {
  std::uint64_t header_size, entry, program_headers, section_headers, flags_end;
  std::uint64_t section_size, segment_size;
};
constexpr Layout kLayout32 = {52, 24, 28, 32, 40, 40, 32};
constexpr Layout kLayout64 = {64, 24, 32, 40, 52, 64, 56};

struct TableAt {
  std::uint64_t offset = 0;
  std::uint64_t count = 0;
  std::uint64_t stride = 0;
};

// Cuts [offset, offset + size) to a file of `limit` bytes; true where nothing was cut off.
bool cut(std::uint64_t& offset, std::uint64_t& size, std::uint64_t limit) {
  if (size == 0) return true;
  if (offset >= limit) {
    offset = limit;
    size = 0;
    return false;
  }
  const bool fits = size <= limit - offset;
  if (!fits) size = limit - offset;
  return fits;
}

ElfSection section_at(const ByteReader& at, bool is_64, std::uint32_t& name) {
  ElfSection section;
  const unsigned word = is_64 ? 8 : 4;
  name = at.u32(0);
  section.type = at.u32(4);
  section.flags = at.word(8, word);
  section.address = at.word(8 + word, word);
  section.offset = at.word(8 + 2ULL * word, word);
  section.size = at.word(8 + 3ULL * word, word);
  section.link = at.u32(8 + 4ULL * word);
  return section;
}

ElfSegment segment_at(const ByteReader& at, bool is_64) {
  if (is_64)
    return {.type = at.u32(0),
            .flags = at.u32(4),
            .address = at.u64(16),
            .offset = at.u64(8),
            .size = at.u64(32)};
  return {
      .type = at.u32(0), .flags = at.u32(24), .address = at.u32(8), .offset = at.u32(4), .size = at.u32(16)};
}

// The table's bytes, or an empty reader and a note.
ByteReader view_table(RandomBytes& bytes, const ElfFile& file, const TableAt& table, std::string_view what,
                      std::vector<std::string>& notes) {
  if (table.count > 0 &&
      (table.offset >= file.file_size || table.count > (file.file_size - table.offset) / table.stride)) {
    notes.push_back(fmt::format("the {} headers lie outside the file", what));
    return {};
  }
  const auto view = bytes.view(table.offset, table.count * table.stride);
  if (!view) {
    notes.push_back(fmt::format("the {} headers cannot be read: {}", what, view.error().message));
    return {};
  }
  return {*view, file.big_endian};
}

void name_sections(RandomBytes& bytes, ElfFile& file, const std::vector<std::uint32_t>& names,
                   std::vector<std::string>& notes) {
  if (file.section_names >= file.sections.size()) {
    if (!file.sections.empty())
      notes.emplace_back("the sections have no names: the index of their names is wrong");
    return;
  }
  const auto& table = file.sections[file.section_names];
  const auto view = bytes.view(table.offset, std::min(table.size, kMaxNames));
  if (!view) {
    notes.push_back("the names of the sections cannot be read: " + view.error().message);
    return;
  }
  const ByteReader reader(*view, file.big_endian);
  // Names may end in one another, so the table can be shorter than their sum; a table made to blow that up is
  // cut off here.
  std::uint64_t budget = 4 * kMaxNames;
  for (std::size_t i = 0; i < file.sections.size(); ++i) {
    const auto name = reader.string(names[i], kMaxNameLength);
    if (name.size() > budget) break;
    budget -= name.size();
    file.sections[i].name = name;
  }
}

void read_sections(RandomBytes& bytes, ElfFile& file, const TableAt& table, std::vector<std::string>& notes) {
  const auto reader = view_table(bytes, file, table, "section", notes);
  if (reader.size() == 0) return;
  file.section_headers = {table.offset, table.offset + table.count * table.stride};
  std::vector<std::uint32_t> names(table.count);
  file.sections.reserve(table.count);
  std::size_t cut_off = 0;
  for (std::uint64_t i = 0; i < table.count; ++i) {
    auto section = section_at(reader.part(i * table.stride, table.stride), file.is_64, names[i]);
    if (section.type == elf::kSectionNull || section.type == elf::kNoBits) section.size = 0;
    if (!cut(section.offset, section.size, file.file_size)) ++cut_off;
    file.sections.push_back(section);
  }
  if (cut_off > 0) notes.push_back(fmt::format("{} sections reach beyond the end of the file", cut_off));
  name_sections(bytes, file, names, notes);
}

void read_segments(RandomBytes& bytes, ElfFile& file, const TableAt& table, std::vector<std::string>& notes) {
  const auto reader = view_table(bytes, file, table, "program", notes);
  if (reader.size() == 0) return;
  file.program_headers = {table.offset, table.offset + table.count * table.stride};
  file.segments.reserve(table.count);
  std::size_t cut_off = 0;
  for (std::uint64_t i = 0; i < table.count; ++i) {
    auto segment = segment_at(reader.part(i * table.stride, table.stride), file.is_64);
    if (!cut(segment.offset, segment.size, file.file_size) && segment.type == elf::kLoad) ++cut_off;
    file.segments.push_back(segment);
  }
  std::uint64_t budget = 2 * file.file_size;
  for (const auto& segment : file.segments) {
    if (segment.type != elf::kLoad || segment.size == 0) continue;
    if (file.loads.size() == kMaxLoads || segment.size > budget) {
      notes.emplace_back("too many segments, or too long together: not all are searched");
      break;
    }
    budget -= segment.size;
    file.loads.push_back(segment);
  }
  if (cut_off > 0) notes.push_back(fmt::format("{} segments reach beyond the end of the file", cut_off));
}

// A count that did not fit the header stands in the first section header.
void extend_counts(RandomBytes& bytes, ElfFile& file, TableAt& sections, TableAt& segments) {
  const bool extended =
      sections.count == 0 || file.section_names == kExtendedIndex || segments.count == 0xFFFF;
  if (!extended || sections.offset == 0 || sections.stride == 0) return;
  const auto view = bytes.view(sections.offset, sections.stride);
  if (!view) return;
  const ByteReader first(*view, file.big_endian);
  std::uint32_t name = 0;
  const auto null_section = section_at(first, file.is_64, name);
  if (sections.count == 0) sections.count = null_section.size;
  if (file.section_names == kExtendedIndex) file.section_names = null_section.link;
  if (segments.count == 0xFFFF) segments.count = first.u32(file.is_64 ? 44 : 28);
}

}  // namespace

const ElfSection* ElfFile::section(std::string_view name) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const ElfSection& s) { return s.size > 0 && s.name == name; });
  return found == sections.end() ? nullptr : &*found;
}

const ElfSegment* ElfFile::segment(std::uint32_t of_type) const {
  const auto found =
      std::find_if(segments.begin(), segments.end(), [&](const ElfSegment& s) { return s.type == of_type; });
  return found == segments.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> ElfFile::offset_of(std::uint64_t address, std::uint64_t count) const {
  for (const auto& segment : loads) {
    if (address < segment.address) continue;
    const auto into = address - segment.address;
    if (into <= segment.size && count <= segment.size - into) return segment.offset + into;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> ElfFile::address_of(std::uint64_t offset) const {
  for (const auto& segment : loads) {
    if (offset < segment.offset || offset >= segment.end()) continue;
    return segment.address + (offset - segment.offset);
  }
  return std::nullopt;
}

Result<ElfFile> read_elf(RandomBytes& bytes, std::vector<std::string>& notes) {
  ElfFile file;
  file.file_size = bytes.size();
  CRT_ASSIGN(const auto head, bytes.view(0, std::min<std::uint64_t>(bytes.size(), kLayout64.header_size)));
  if (!is_elf(head)) {
    const auto name = format_name(head);
    return base::fail(ErrorCode::invalid,
                      name.empty() ? "not an ELF file" : fmt::format("not an ELF file but {}", name));
  }
  const ByteReader ident(head, false);
  file.is_64 = ident.u8(4) == 2;
  file.big_endian = ident.u8(5) == 2;
  if (ident.u8(4) < 1 || ident.u8(4) > 2 || ident.u8(5) < 1 || ident.u8(5) > 2)
    return base::fail(ErrorCode::invalid, "an ELF file of unknown class or byte order", {.offset = 4});
  const auto& layout = file.is_64 ? kLayout64 : kLayout32;
  if (head.size() < layout.header_size)
    return base::fail(ErrorCode::damaged, "an ELF file whose header is cut", {.offset = head.size()});
  const ByteReader reader(head, file.big_endian);
  file.header = {0, layout.header_size};
  file.type = reader.u16(16);
  file.machine = reader.u16(18);
  file.entry = reader.word(layout.entry, file.word_size());
  file.section_names = reader.u16(layout.flags_end + 10);
  TableAt segments = {reader.word(layout.program_headers, file.word_size()), reader.u16(layout.flags_end + 4),
                      reader.u16(layout.flags_end + 2)};
  TableAt sections = {reader.word(layout.section_headers, file.word_size()), reader.u16(layout.flags_end + 8),
                      reader.u16(layout.flags_end + 6)};
  extend_counts(bytes, file, sections, segments);
  if (segments.count > 0 && segments.stride < layout.segment_size)
    notes.emplace_back("the program headers are too small to be read");
  else
    read_segments(bytes, file, segments, notes);
  if (sections.offset == 0) return file;
  if (sections.stride < layout.section_size && sections.count > 0)
    notes.emplace_back("the section headers are too small to be read");
  else if (sections.count > kMaxSections)
    notes.push_back(fmt::format("more than {} sections: they are not read", kMaxSections));
  else
    read_sections(bytes, file, sections, notes);
  return file;
}

}  // namespace crtune::binary
