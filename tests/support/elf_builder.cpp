#include "tests/support/elf_builder.hpp"

namespace crtune::testing {

namespace {

struct Sizes {
  std::size_t header, segment, section;
};

Sizes sizes_of(ElfShape shape) {
  return shape.is_64 ? Sizes{64, 56, 64} : Sizes{52, 32, 40};
}

std::size_t aligned(std::size_t at, std::size_t alignment) {
  return (at + alignment - 1) / alignment * alignment;
}

void append_segment(Bytes& out, ElfShape shape, std::uint32_t type, std::uint64_t offset,
                    std::uint64_t size) {
  out.number(type, 4);
  if (shape.is_64) out.number(7, 4);
  out.word(offset).word(ElfBuilder::kBase + offset).word(ElfBuilder::kBase + offset).word(size).word(size);
  if (!shape.is_64) out.number(7, 4);
  out.word(1);
}

}  // namespace

Bytes& Bytes::number(std::uint64_t value, unsigned width) {
  data_.resize(data_.size() + width);
  patch(data_.size() - width, value, width);
  return *this;
}

void Bytes::patch(std::size_t at, std::uint64_t value, unsigned width) {
  for (unsigned i = 0; i < width; ++i) {
    const auto shift = 8U * (shape_.big_endian ? width - 1 - i : i);
    data_[at + i] = static_cast<char>(value >> shift & 0xFFU);
  }
}

std::size_t ElfBuilder::start() const {
  const auto sizes = sizes_of(shape_);
  return sizes.header + (segments_.size() + 1) * sizes.segment;
}

std::size_t ElfBuilder::offset_of(std::string_view section) const {
  auto at = start();
  for (const auto& spec : sections_) {
    at = aligned(at, spec.alignment);
    if (spec.name == section) return at;
    if (spec.type != 8) at += spec.content.size();
  }
  return at;
}

std::string ElfBuilder::build() const {
  const auto sizes = sizes_of(shape_);
  std::string names("\0", 1);
  std::vector<std::size_t> name_at;
  for (const auto& spec : sections_) {
    name_at.push_back(names.size());
    names += spec.name + '\0';
  }
  const auto shstrtab_name = names.size();
  names += std::string(".shstrtab") + '\0';
  const auto names_at = offset_of("\0no such section");
  const auto headers_at = aligned(names_at + (with_headers_ ? names.size() : 0), 8);
  const auto file_size = with_headers_ ? headers_at + (sections_.size() + 2) * sizes.section : names_at;

  Bytes out(shape_);
  out.text(
         "\x7f"
         "ELF")
      .number(shape_.is_64 ? 2 : 1, 1)
      .number(shape_.big_endian ? 2 : 1, 1)
      .number(1, 1);
  out.zeros_to(16).number(type_, 2).number(machine_, 2).number(1, 4).word(kBase);
  out.word(sizes.header).word(with_headers_ ? headers_at : 0).number(0, 4).number(sizes.header, 2);
  out.number(sizes.segment, 2).number(segments_.size() + 1, 2).number(sizes.section, 2);
  out.number(with_headers_ ? sections_.size() + 2 : 0, 2).number(with_headers_ ? sections_.size() + 1 : 0, 2);
  append_segment(out, shape_, 1, 0, file_size);
  for (const auto& [type, name] : segments_)
    for (const auto& spec : sections_)
      if (spec.name == name) append_segment(out, shape_, type, offset_of(name), spec.content.size());
  for (const auto& spec : sections_)
    if (spec.type != 8) out.zeros_to(aligned(out.size(), spec.alignment)).text(spec.content);
  if (!with_headers_) return out.data();

  out.text(names).align(8).zeros_to(headers_at + sizes.section);
  const auto header = [&](std::size_t name, const SectionSpec& spec, std::size_t offset, std::size_t size) {
    out.number(name, 4).number(spec.type, 4).word(spec.flags);
    out.word((spec.flags & 2U) != 0 ? kBase + offset : 0).word(offset).word(size);
    out.number(spec.link, 4).number(0, 4).word(spec.alignment).word(0);
  };
  for (std::size_t i = 0; i < sections_.size(); ++i)
    header(name_at[i], sections_[i], offset_of(sections_[i].name), sections_[i].content.size());
  header(shstrtab_name, {.name = {}, .type = 3, .flags = 0}, names_at, names.size());
  return out.data();
}

namespace {

// The _func records of one format, and what they need to know.
struct Format {
  bool before_116, has_units, narrow, has_start_line;
};

Format format_of(std::uint32_t magic) {
  return {magic == 0xFFFFFFFB, magic != 0xFFFFFFFB, magic == 0xFFFFFFF0 || magic == 0xFFFFFFF1,
          magic == 0xFFFFFFF1};
}

std::string record(ElfShape shape, const Format& format, std::uint64_t entry, std::uint64_t name) {
  Bytes out(shape);
  format.narrow ? out.number(entry, 4) : out.word(entry);
  out.number(name, 4).number(0, 4).number(0, 4);  // args, frame
  out.number(0, 4).number(0, 4).number(0, 4);     // pcsp, pcfile, pcln
  out.number(0, 4);                               // npcdata
  if (format.has_units) out.number(0, 4);         // cuOffset
  if (format.has_start_line) out.number(1, 4);
  out.number(0, 4);  // funcID, flag, pad, nfuncdata
  return out.align(shape.is_64 ? 8 : 4).data();
}

}  // namespace

std::string function_table(ElfShape shape, std::uint32_t magic, std::uint64_t text,
                           const std::vector<FunctionSpec>& functions) {
  const auto format = format_of(magic);
  const unsigned pointer = shape.is_64 ? 8 : 4;
  const unsigned width = format.narrow ? 4 : pointer;
  std::string names;
  std::vector<std::size_t> name_at;
  for (const auto& function : functions) {
    name_at.push_back(names.size());
    names += function.name + '\0';
  }
  const std::size_t header = format.before_116 ? 8 + pointer : 8 + (format.narrow ? 8U : 7U) * pointer;
  const auto names_begin = header;
  const auto units = (header + names.size() + 3) / 4 * 4;
  const auto files = units + 4;
  const auto pc_data = files + 8;
  const auto rows = format.before_116 ? header : (pc_data + 8 + 7) / 8 * 8;
  Bytes out(shape);
  out.number(magic, 4).number(0, 2).number(1, 1).number(pointer, 1).word(functions.size());
  if (!format.before_116) {
    out.word(1);
    if (format.narrow) out.word(text);
    out.word(names_begin).word(units).word(files).word(pc_data).word(rows);
    out.text(names).zeros_to(units).number(0, 4).text("main.go").zeros_to(rows);
  }
  const auto base = format.before_116 ? 0 : rows;
  const auto rows_end = rows + functions.size() * 2 * width + width + (format.before_116 ? 4 : 0);
  const auto records = (rows_end + 7) / 8 * 8;
  const auto record_size = record(shape, format, 0, 0).size();
  const auto late_names = records + functions.size() * record_size;
  auto entry = format.narrow ? 0 : text;
  std::string all;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    out.number(entry, width).number(records + i * record_size - base, width);
    all += record(shape, format, entry, name_at[i] + (format.before_116 ? late_names : 0));
    entry += functions[i].size;
  }
  out.number(entry, width);
  out.zeros_to(records).text(all);
  if (format.before_116) out.text(names);
  return out.data();
}

std::string build_info(std::string_view version, std::string_view modules) {
  const std::string sentinel(16, '0');
  std::string out = "\xff Go buildinf:";
  out += std::string("\x08\x02", 2) + std::string(16, '\0');
  const auto add = [&](std::string_view text) {
    for (auto size = text.size();; size >>= 7U) {
      out += static_cast<char>((size & 0x7FU) | (size > 0x7F ? 0x80U : 0U));
      if (size <= 0x7F) break;
    }
    out += text;
  };
  add(version);
  add(sentinel + std::string(modules) + sentinel);
  return out;
}

}  // namespace crtune::testing
