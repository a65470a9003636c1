#include "core/binary/inspect.hpp"

#include "core/binary/byte_map.hpp"
#include "core/binary/elf_facts.hpp"
#include "core/binary/elf_file.hpp"
#include "core/binary/go_build_info.hpp"
#include "core/binary/go_division.hpp"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

namespace crtune::binary {

using base::RandomBytes;
using base::Result;
using model::Binary;
using model::OwnerKind;

namespace {

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string permissions(std::uint32_t flags) {
  std::string text = "---";
  if ((flags & 4U) != 0) text[0] = 'r';
  if ((flags & elf::kCanWrite) != 0) text[1] = 'w';
  if ((flags & elf::kCanExecute) != 0) text[2] = 'x';
  return text;
}

// Headers first, then sections; what is only in a segment is the segment's.
void cover(const ElfFile& file, ByteMap& map) {
  map.cover(file.header.begin, file.header.end, map.owner(OwnerKind::remainder, "file header"));
  map.cover(file.program_headers.begin, file.program_headers.end,
            map.owner(OwnerKind::remainder, "program headers"));
  map.cover(file.section_headers.begin, file.section_headers.end,
            map.owner(OwnerKind::remainder, "section headers"));
  bool has_sections = false;
  for (const auto& section : file.sections) {
    if (section.size == 0) continue;
    has_sections = true;
    const auto owner =
        map.owner(OwnerKind::section, section.name.empty() ? "section without a name" : section.name);
    map.cover(section.offset, section.end(), owner, section.name == ".text");
  }
  if (has_sections) return;
  for (std::size_t i = 0; i < file.segments.size(); ++i) {
    const auto& segment = file.segments[i];
    if (segment.type != elf::kLoad || segment.size == 0) continue;
    const auto name = fmt::format("segment {} ({})", i, permissions(segment.flags));
    map.cover(segment.offset, segment.end(), map.owner(OwnerKind::section, name));
  }
}

void add_up_modules(Binary& binary) {
  std::unordered_map<std::string_view, std::uint64_t> sums;
  for (const auto& owner : binary.owners)
    if (!owner.module.empty()) sums[owner.module] += owner.bytes;
  for (auto& module : binary.go->modules) {
    const auto found = sums.find(module.path);
    if (found != sums.end()) module.bytes = std::exchange(found->second, 0);
  }
}

Result<void> divide(RandomBytes& bytes, const ElfFile& file, bool may_be_go, Binary& binary) {
  ByteMap map(file.file_size);
  cover(file, map);
  map.seal();
  if (may_be_go) {
    CRT_ASSIGN(const auto whole, bytes.view(0, file.file_size));
    if (!binary.go) binary.go.emplace();
    const bool has_functions =
        divide_go(file, ByteReader(whole, file.big_endian), *binary.go, map, binary.notes);
    if (!has_functions && !binary.go->has_build_info) binary.go.reset();
  }
  binary.owners = map.finish();
  if (binary.go) add_up_modules(binary);
  return {};
}

}  // namespace

bool is_elf(std::span<const std::byte> head) {
  return as_text(head).starts_with(
      "\x7f"
      "ELF");
}

std::string_view format_name(std::span<const std::byte> head) {
  const auto text = as_text(head);
  if (text.starts_with("MZ")) return "a PE executable";
  if (text.starts_with("#!")) return "a script";
  if (text.starts_with(std::string_view("\0asm", 4))) return "a WebAssembly module";
  if (text.starts_with("!<arch>\n") || text.starts_with("!<thin>\n")) return "an ar archive";
  for (const std::string_view magic :
       {"\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe", "\xfe\xed\xfa\xcf", "\xfe\xed\xfa\xce"})
    if (text.starts_with(magic)) return "a Mach-O executable";
  // A universal Mach-O and a Java class share their magic; classes have versions from 45 on where the former
  // has its small count of machines.
  if (text.size() >= 8 && text.starts_with("\xca\xfe\xba\xbe"))
    return ByteReader(head, true).u32(4) < 45 ? "a Mach-O executable" : "a Java class";
  return {};
}

Result<Binary> inspect(RandomBytes& bytes, const InspectOptions& options) {
  Binary binary;
  CRT_ASSIGN(const auto file, read_elf(bytes, binary.notes));
  const auto traces = read_facts(bytes, file, binary);
  model::GoInfo go;
  go.has_build_info = read_go_build_info(bytes, file, go, binary.notes);
  const bool may_be_go = go.has_build_info || traces.note || traces.sections;
  if (go.has_build_info || may_be_go) binary.go = std::move(go);
  if (options.divide) CRT_TRY(divide(bytes, file, may_be_go, binary));
  if (binary.go) binary.language = "go";
  return binary;
}

}  // namespace crtune::binary
