#include "core/binary/elf_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace crtune::binary {

using base::RandomBytes;
using model::Binary;
using model::Linkage;

namespace {

constexpr std::uint64_t kMaxDynamic = 1U << 20U;
constexpr std::uint64_t kMaxDynamicStrings = 32U << 20U;
constexpr std::uint64_t kMaxNote = 64U << 10U;
constexpr std::size_t kMaxString = 4096;
constexpr std::size_t kMaxLibraries = 1024;
constexpr std::size_t kMaxBuildId = 256;

// Names as GOARCH has them. Source: gabi's list of e_machine; internal/platform of Go.
std::string machine_name(const ElfFile& file) {
  switch (file.machine) {
    case 2: return "sparc";
    case 3: return "386";
    case 8: return std::string("mips") + (file.is_64 ? "64" : "") + (file.big_endian ? "" : "le");
    case 20: return "ppc";
    case 21: return file.big_endian ? "ppc64" : "ppc64le";
    case 22: return "s390x";
    case 40: return "arm";
    case 43: return "sparc64";
    case 62: return file.is_64 ? "amd64" : "amd64p32";
    case 183: return "arm64";
    case 243: return file.is_64 ? "riscv64" : "riscv32";
    case 247: return "bpf";
    case 258: return "loong64";
    default: return fmt::format("machine {}", file.machine);
  }
}

struct DynamicTable {
  bool present = false;
  bool is_pie = false;
  bool needs_libraries = false;
  ByteReader strings;
};

ByteReader view_or_note(RandomBytes& bytes, FileRange range, bool big_endian, std::string_view what,
                        Binary& binary) {
  const auto view = bytes.view(range.begin, range.size());
  if (view) return {*view, big_endian};
  binary.notes.push_back(fmt::format("{} cannot be read: {}", what, view.error().message));
  return {};
}

FileRange dynamic_range(const ElfFile& file) {
  if (const auto* segment = file.segment(elf::kDynamic))
    return {segment->offset, segment->offset + std::min(segment->size, kMaxDynamic)};
  if (const auto* section = file.section(".dynamic"))
    return {section->offset, section->offset + std::min(section->size, kMaxDynamic)};
  return {};
}

FileRange dynamic_strings_range(const ElfFile& file, std::uint64_t address, std::uint64_t size) {
  size = std::min(size, kMaxDynamicStrings);
  if (const auto offset = file.offset_of(address, size); offset && size > 0) return {*offset, *offset + size};
  const auto* section = file.section(".dynstr");
  if (section == nullptr) return {};
  return {section->offset, section->offset + std::min(section->size, kMaxDynamicStrings)};
}

struct DynamicEntries {
  std::vector<std::uint64_t> needed;
  std::uint64_t soname = 0, rpath = 0, runpath = 0;
  bool has_soname = false, has_rpath = false, has_runpath = false;
  std::uint64_t strings = 0, strings_size = 0;
};

DynamicEntries read_dynamic_entries(const ByteReader& reader, unsigned word, DynamicTable& table) {
  DynamicEntries entries;
  for (std::uint64_t at = 0; reader.has(at, 2ULL * word); at += 2ULL * word) {
    const auto tag = reader.word(at, word);
    const auto value = reader.word(at + word, word);
    if (tag == 0) break;
    switch (tag) {
      case 1: entries.needed.push_back(value); break;
      case 5: entries.strings = value; break;
      case 10: entries.strings_size = value; break;
      case 14: entries.soname = value, entries.has_soname = true; break;
      case 15: entries.rpath = value, entries.has_rpath = true; break;
      case 29: entries.runpath = value, entries.has_runpath = true; break;
      case 0x6FFFFFFB: table.is_pie = (value & 0x08000000U) != 0; break;  // DT_FLAGS_1, DF_1_PIE
      default: break;
    }
  }
  return entries;
}

DynamicTable read_dynamic(RandomBytes& bytes, const ElfFile& file, Binary& binary) {
  DynamicTable table;
  const auto range = dynamic_range(file);
  if (range.size() == 0) return table;
  const auto reader = view_or_note(bytes, range, file.big_endian, "the dynamic table", binary);
  table.present = reader.size() > 0;
  const auto entries = read_dynamic_entries(reader, file.word_size(), table);
  table.needs_libraries = !entries.needed.empty();
  const auto strings = dynamic_strings_range(file, entries.strings, entries.strings_size);
  if (strings.size() == 0) {
    if (table.needs_libraries) binary.notes.emplace_back("the names of the needed libraries cannot be found");
    return table;
  }
  table.strings = view_or_note(bytes, strings, file.big_endian, "the dynamic strings", binary);
  const auto text = [&](std::uint64_t offset) {
    return std::string(table.strings.string(offset, kMaxString));
  };
  for (const auto offset : entries.needed) {
    if (binary.needed.size() == kMaxLibraries) {
      binary.notes.push_back(fmt::format("only the first {} of {} needed libraries are told", kMaxLibraries,
                                         entries.needed.size()));
      break;
    }
    binary.needed.push_back(text(offset));
  }
  if (entries.has_soname) binary.soname = text(entries.soname);
  if (entries.has_rpath) binary.rpath = text(entries.rpath);
  if (entries.has_runpath) binary.runpath = text(entries.runpath);
  return table;
}

void read_interpreter(RandomBytes& bytes, const ElfFile& file, Binary& binary) {
  const auto* segment = file.segment(elf::kInterpreter);
  if (segment == nullptr) return;
  const auto size = std::min<std::uint64_t>(segment->size, kMaxString);
  const auto reader = view_or_note(bytes, {segment->offset, segment->offset + size}, file.big_endian,
                                   "the path of the interpreter", binary);
  const auto path = reader.string(0);
  if (path.size() < reader.size())
    binary.interpreter = path;
  else
    binary.notes.emplace_back("the path of the interpreter does not end");
}

std::string hex(std::span<const std::byte> bytes) {
  std::string text;
  for (const auto byte : bytes) text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return text;
}

struct BuildIds {
  std::string gnu;
  std::string go;
  bool has_go = false;
};

// Notes: sizes of name and description, type, both padded to 4.
void read_notes(const ByteReader& reader, BuildIds& ids) {
  const auto padded = [](std::uint64_t size) { return (size + 3) / 4 * 4; };
  for (std::uint64_t at = 0; reader.has(at, 12);) {
    const std::uint64_t name_size = reader.u32(at);
    const std::uint64_t size = reader.u32(at + 4);
    const auto type = reader.u32(at + 8);
    const auto content = at + 12 + padded(name_size);
    if (!reader.has(at + 12, name_size) || !reader.has(content, size)) return;
    const auto name = reader.part(at + 12, name_size).string(0);
    if (name == "GNU" && type == 3 && ids.gnu.empty())
      ids.gnu = hex(reader.part(content, std::min<std::uint64_t>(size, kMaxBuildId)).bytes());
    if (name == "Go" && type == 4 && !ids.has_go) {
      ids.has_go = true;
      ids.go = reader.part(content, size).string(0, kMaxBuildId);
    }
    at = content + padded(size);
  }
}

BuildIds read_build_ids(RandomBytes& bytes, const ElfFile& file) {
  BuildIds ids;
  const auto read = [&](std::uint64_t offset, std::uint64_t size) {
    const auto view = bytes.view(offset, std::min(size, kMaxNote));
    if (view) read_notes({*view, file.big_endian}, ids);
  };
  std::size_t budget = 256;
  for (const auto& segment : file.segments)
    if (segment.type == elf::kNote && segment.size > 0 && budget-- > 0) read(segment.offset, segment.size);
  if (budget == 0 || budget > 256) return ids;
  for (const auto& section : file.sections) {
    if (section.type != elf::kSectionNote || section.size == 0) continue;
    if (budget-- == 0) break;
    read(section.offset, section.size);
  }
  return ids;
}

// UPX writes its l_info (checksum, "UPX!", …) right behind the program headers, and no section headers; a
// packed library keeps them, but ends in UPX's second header. Source: the structures l_info and PackHeader of
// UPX as its man page and file(1)'s magic describe them.
bool is_packed_by_upx(RandomBytes& bytes, const ElfFile& file) {
  constexpr std::uint64_t kTail = 64;
  const auto at = file.program_headers.end;
  if (at == 0 || file.file_size < at + 12) return false;
  const auto info = bytes.view(at, 12);
  if (!info || ByteReader(*info, false).part(4, 4).text() != "UPX!") return false;
  if (file.sections.empty()) return true;
  const auto tail_size = std::min(kTail, file.file_size - at);
  const auto tail = bytes.view(file.file_size - tail_size, tail_size);
  return tail && ByteReader(*tail, false).text().find("UPX!") != std::string_view::npos;
}

constexpr std::string_view kRustPersonality = "rust_eh_personality";
constexpr std::string_view kCppPersonality = "__gxx_personality";

// Long names are looked for in strides: string tables have up to megabytes.
bool has_name(std::string_view symbols, std::string_view name) {
  const std::boyer_moore_horspool_searcher searcher(name.begin(), name.end());
  return std::search(symbols.begin(), symbols.end(), searcher) != symbols.end();
}

// _ZN… and _ZS…: a Z is rarer than an underscore.
bool has_mangled_name(std::string_view symbols) {
  for (auto at = symbols.find('Z', 1); at != std::string_view::npos && at + 1 < symbols.size();
       at = symbols.find('Z', at + 1))
    if (symbols[at - 1] == '_' && (symbols[at + 1] == 'N' || symbols.substr(at + 1, 2) == "St")) return true;
  return false;
}

// Only with evidence: compilers sign .comment, libraries of a language are needed by it alone.
std::string language_of(RandomBytes& bytes, const ElfFile& file, const DynamicTable& dynamic,
                        const Binary& binary) {
  std::string_view comment;
  if (const auto* section = file.section(".comment")) {
    const auto view = bytes.view(section->offset, std::min(section->size, kMaxNote));
    if (view) comment = ByteReader(*view, false).text();
  }
  const auto symbols = dynamic.strings.text();
  const auto has = [](std::string_view text, std::string_view what) {
    return text.find(what) != std::string_view::npos;
  };
  if (has(comment, "rustc version") || has_name(symbols, kRustPersonality)) return "rust";
  const bool needs_cpp = std::any_of(binary.needed.begin(), binary.needed.end(), [](const std::string& name) {
    return name.starts_with("libstdc++.so") || name.starts_with("libc++.so");
  });
  if (needs_cpp) return "c++";
  const bool by_c_compiler = has(comment, "GCC:") || has(comment, "clang version");
  if (by_c_compiler && (has_mangled_name(symbols) || has_name(symbols, kCppPersonality))) return "c++";
  // Tables of exceptions in a program without dynamic symbols may be C++'s or the C library's own.
  const bool unclear = symbols.empty() && file.section(".gcc_except_table") != nullptr;
  return by_c_compiler && !unclear ? "c" : "";
}

std::string type_name(const ElfFile& file, const DynamicTable& dynamic, const Binary& binary) {
  switch (file.type) {
    case elf::kRelocatable: return "relocatable";
    case elf::kExecutable: return "executable";
    case elf::kCore: return "core";
    case elf::kShared: break;
    default: return fmt::format("type {}", file.type);
  }
  if (dynamic.is_pie) return "executable";
  if (!binary.soname.empty()) return "shared library";
  if (!binary.interpreter.empty()) return "executable";
  return file.entry != 0 && !dynamic.needs_libraries ? "executable" : "shared library";
}

Linkage linkage_of(const ElfFile& file, const DynamicTable& dynamic, const Binary& binary) {
  if (!binary.interpreter.empty() || dynamic.needs_libraries || binary.type == "shared library")
    return Linkage::dynamic;
  return file.type == elf::kShared ? Linkage::static_pie : Linkage::fixed;
}

bool is_strippable(const ElfSection& section) {
  if ((section.flags & elf::kAllocated) != 0) return false;
  return section.type == elf::kSymbolTable || section.name.starts_with(".debug_") ||
         section.name.starts_with(".zdebug_");
}

// Bytes of the symbol table, its strings and DWARF; what two sections share counts once.
std::uint64_t strippable_bytes(const ElfFile& file) {
  std::vector<FileRange> ranges;
  for (const auto& section : file.sections) {
    if (section.size == 0 || !is_strippable(section)) continue;
    ranges.push_back({section.offset, section.end()});
    // Strings that name the sections as well must stay.
    if (section.type != elf::kSymbolTable || section.link >= file.sections.size() ||
        section.link == file.section_names)
      continue;
    const auto& strings = file.sections[section.link];
    const bool removed = strings.type == elf::kStringTable && (strings.flags & elf::kAllocated) == 0;
    if (removed) ranges.push_back({strings.offset, strings.end()});
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const FileRange& a, const FileRange& b) { return a.begin < b.begin; });
  std::uint64_t sum = 0;
  std::uint64_t at = 0;
  for (const auto& range : ranges) {
    const auto begin = std::max(range.begin, at);
    if (range.end > begin) sum += range.end - begin;
    at = std::max(at, range.end);
  }
  return sum;
}

}  // namespace

GoTraces read_facts(RandomBytes& bytes, const ElfFile& file, Binary& binary) {
  binary.machine = machine_name(file);
  read_interpreter(bytes, file, binary);
  const auto dynamic = read_dynamic(bytes, file, binary);
  binary.type = type_name(file, dynamic, binary);
  binary.linkage = linkage_of(file, dynamic, binary);
  binary.strippable_bytes = strippable_bytes(file);
  binary.stripped = binary.strippable_bytes == 0;
  auto ids = read_build_ids(bytes, file);
  binary.build_id = ids.gnu.empty() ? std::move(ids.go) : std::move(ids.gnu);
  binary.packed_by_upx = is_packed_by_upx(bytes, file);
  binary.language = language_of(bytes, file, dynamic, binary);
  GoTraces traces;
  traces.note = ids.has_go;
  traces.sections = std::any_of(file.sections.begin(), file.sections.end(), [](const ElfSection& section) {
    return section.size > 0 && (section.name == ".go.buildinfo" || section.name.ends_with(".gopclntab"));
  });
  return traces;
}

}  // namespace crtune::binary
