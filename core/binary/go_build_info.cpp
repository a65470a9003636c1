#include "core/binary/go_build_info.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace crtune::binary {

using base::RandomBytes;

namespace {

constexpr std::string_view kMagic = "\xff Go buildinf:";
constexpr std::uint64_t kAlignment = 16;
constexpr std::uint64_t kHeaderSize = 32;
constexpr std::uint64_t kMaxSearch = 1U << 20U;
constexpr std::uint64_t kMaxVersion = 4096;
constexpr std::uint64_t kMaxModuleInfo = 2U << 20U;
constexpr std::size_t kSentinel = 16;

// The file that a blob stands in, and where the blob ends at the latest.
struct Place {
  RandomBytes& bytes;
  const ElfFile& file;
  std::uint64_t end;
};

std::optional<std::string_view> view_text(const Place& place, std::uint64_t offset, std::uint64_t size) {
  const auto view = place.bytes.view(offset, size);
  if (!view) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(view->data()), view->size());
}

// A string with its length before it, as a varint; moves `offset` behind it.
std::optional<std::string_view> inline_string(const Place& place, std::uint64_t& offset, std::uint64_t most) {
  std::uint64_t length = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (offset >= place.end || shift > 28) return std::nullopt;  // no string here is over 2 MiB
    const auto byte = view_text(place, offset++, 1);
    if (!byte) return std::nullopt;
    const auto value = static_cast<unsigned char>(byte->front());
    length |= std::uint64_t{value & 0x7FU} << shift;
    if ((value & 0x80U) == 0) break;
  }
  if (length > most || length > place.end - offset) return std::nullopt;
  const auto text = view_text(place, offset, length);
  offset += length;
  return text;
}

// The string whose header (address, length) is at the address that stands at `offset`.
std::optional<std::string_view> pointed_string(const Place& place, std::uint64_t offset, unsigned width,
                                               bool big_endian, std::uint64_t most) {
  const auto read = [&](std::uint64_t at, std::uint64_t size) -> std::optional<ByteReader> {
    const auto view = place.bytes.view(at, size);
    if (!view) return std::nullopt;
    return ByteReader(*view, big_endian);
  };
  const auto pointer = read(offset, width);
  if (!pointer) return std::nullopt;
  const auto header_at = place.file.offset_of(pointer->word(0, width), 2ULL * width);
  if (!header_at) return std::nullopt;
  const auto header = read(*header_at, 2ULL * width);
  if (!header || header->word(width, width) > most) return std::nullopt;
  const auto length = header->word(width, width);
  if (length == 0) return std::string_view();
  const auto text_at = place.file.offset_of(header->word(0, width), length);
  return text_at ? view_text(place, *text_at, length) : std::nullopt;
}

// Takes the sentinels off that let a running program find the text.
std::string_view without_sentinels(std::string_view text) {
  if (text.size() < 2 * kSentinel + 1 || text[text.size() - kSentinel - 1] != '\n') return {};
  return text.substr(kSentinel, text.size() - 2 * kSentinel);
}

bool read_blob(const Place& place, std::uint64_t offset, model::GoInfo& go) {
  if (place.end - offset < kHeaderSize) return false;
  const auto header = view_text(place, offset, kHeaderSize);
  if (!header) return false;
  const auto flags = static_cast<unsigned char>((*header)[15]);
  std::optional<std::string_view> version;
  std::optional<std::string_view> modules;
  if ((flags & 2U) != 0) {
    auto at = offset + kHeaderSize;
    version = inline_string(place, at, kMaxVersion);
    if (version) modules = inline_string(place, at, kMaxModuleInfo);
  } else {
    const auto width = static_cast<unsigned char>((*header)[14]);
    if (width != 4 && width != 8) return false;
    const bool big_endian = (flags & 1U) != 0;
    version = pointed_string(place, offset + 16, width, big_endian, kMaxVersion);
    modules = pointed_string(place, offset + 16 + width, width, big_endian, kMaxModuleInfo);
  }
  if (!version || version->empty()) return false;
  go.version = *version;
  if (modules) parse_module_info(without_sentinels(*modules), go);
  return true;
}

// The offset of a blob in [range.begin, range.end), or nothing.
std::optional<std::uint64_t> search(const Place& place, FileRange range) {
  const auto size = std::min(range.size(), kMaxSearch);
  const auto text = view_text(place, range.begin, size);
  if (!text) return std::nullopt;
  for (std::size_t at = 0; (at = text->find(kMagic, at)) != std::string_view::npos; ++at) {
    const auto offset = range.begin + at;
    const auto address = place.file.address_of(offset);
    if (offset % kAlignment == 0 || (address && *address % kAlignment == 0)) return offset;
  }
  return std::nullopt;
}

// Reads one Go string literal from the front of `text`, or what stands before `stop`.
std::string take_literal(std::string_view& text, char stop) {
  std::string value;
  const char quote = text.empty() ? '\0' : text.front();
  if (quote != '"' && quote != '`') {
    value = text.substr(0, text.find(stop));
    text.remove_prefix(value.size());
    return value;
  }
  std::size_t at = 1;
  for (; at < text.size() && text[at] != quote; ++at) {
    if (quote == '`' || text[at] != '\\' || at + 1 >= text.size()) {
      value += text[at];
      continue;
    }
    const char escaped = text[++at];
    constexpr std::string_view kNames = "abfnrtv";
    constexpr std::string_view kValues = "\a\b\f\n\r\t\v";
    if (const auto known = kNames.find(escaped); known != std::string_view::npos) {
      value += kValues[known];
    } else if (escaped == 'x' && at + 2 < text.size()) {
      unsigned byte = 0;
      std::from_chars(text.data() + at + 1, text.data() + at + 3, byte, 16);
      value += static_cast<char>(byte);
      at += 2;
    } else {
      if (escaped == 'u' || escaped == 'U') value += '\\';  // shown as it stands
      value += escaped;
    }
  }
  text.remove_prefix(std::min(text.size(), at + 1));
  return value;
}

std::array<std::string_view, 3> fields(std::string_view line) {
  std::array<std::string_view, 3> parts;
  for (auto& part : parts) {
    part = line.substr(0, line.find('\t'));
    line.remove_prefix(std::min(line.size(), part.size() + 1));
  }
  return parts;
}

}  // namespace

void parse_module_info(std::string_view text, model::GoInfo& go) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto key = line.substr(0, line.find('\t'));
    if (key.size() == line.size()) continue;
    auto rest = line.substr(key.size() + 1);
    const auto [path, version, sum] = fields(rest);
    if (key == "path") {
      go.path = rest;
    } else if (key == "mod") {
      go.main_module = path;
      go.main_version = version;
    } else if (key == "dep") {
      go.modules.push_back({.path = std::string(path),
                            .version = std::string(version),
                            .replaced_by_path = {},
                            .replaced_by_version = {}});
    } else if (key == "=>" && !go.modules.empty()) {
      go.modules.back().replaced_by_path = path;
      go.modules.back().replaced_by_version = version;
    } else if (key == "build") {
      auto name = take_literal(rest, '=');
      if (rest.starts_with('=')) rest.remove_prefix(1);
      go.settings.emplace_back(std::move(name), take_literal(rest, '\n'));
    }
  }
}

bool read_go_build_info(RandomBytes& bytes, const ElfFile& file, model::GoInfo& go,
                        std::vector<std::string>& notes) {
  bool begun = false;
  const auto try_range = [&](FileRange range) {
    const Place place{bytes, file, range.end};
    const auto offset = search(place, range);
    if (!offset) return false;
    begun = true;
    return read_blob(place, *offset, go);
  };
  const auto* section = file.section(".go.buildinfo");
  if (section != nullptr && try_range({section->offset, section->end()})) return true;
  std::size_t budget = 16;
  for (const auto& segment : file.loads) {
    if (section != nullptr || (segment.flags & elf::kCanWrite) == 0) continue;
    if (budget-- == 0) break;
    if (try_range({segment.offset, segment.end()})) return true;
  }
  if (begun || section != nullptr) notes.emplace_back("the Go build info is damaged");
  return false;
}

}  // namespace crtune::binary
