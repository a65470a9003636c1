#include "core/platform/tar_header.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <unordered_set>

namespace crtune::platform {

using base::ErrorCode;
using base::Result;
using base::Status;

namespace {

tl::unexpected<base::Error> invalid(std::string message) {
  return base::fail(ErrorCode::invalid, std::move(message));
}

std::string_view text_field(std::string_view field) {
  return field.substr(0, field.find('\0'));
}

// Octal digits with spaces or NULs around them; empty is 0.
std::optional<std::int64_t> parse_octal(std::string_view field) {
  const auto is_padding = [](char byte) { return byte == ' ' || byte == '\0'; };
  while (!field.empty() && is_padding(field.front())) field.remove_prefix(1);
  while (!field.empty() && is_padding(field.back())) field.remove_suffix(1);
  std::uint64_t value = 0;
  // Half a million fields of a large image: a plain loop is several times faster than from_chars here.
  for (const char byte : field) {
    if (byte == '\0') break;
    const auto digit = static_cast<unsigned>(static_cast<unsigned char>(byte)) - '0';
    if (digit > 7 || (value >> 60U) != 0) return std::nullopt;
    value = value << 3U | digit;
  }
  return static_cast<std::int64_t>(value);
}

// Octal, or big-endian two's complement where the first bit is set (GNU and star).
std::optional<std::int64_t> parse_number(std::string_view field) {
  const auto first = static_cast<unsigned char>(field.front());
  if ((first & 0x80U) == 0) return parse_octal(field);
  const unsigned char flip = (first & 0x40U) != 0 ? 0xFF : 0x00;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    auto byte = static_cast<unsigned char>(static_cast<unsigned char>(field[i]) ^ flip);
    if (i == 0) byte &= 0x7FU;
    if ((value >> 56U) != 0) return std::nullopt;
    value = (value << 8U) | byte;
  }
  if (value > INT64_MAX) return std::nullopt;
  return flip != 0 ? ~static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
}

bool checksum_is_right(std::span<const char, kTarBlock> block) {
  constexpr std::size_t kField = 148;
  constexpr std::size_t kFieldSize = 8;
  const auto wanted = parse_octal(std::string_view(block.data() + kField, kFieldSize));
  if (!wanted) return false;
  // The field counts as spaces. Some old writers summed signed bytes. Plain loops, which compilers turn into
  // vectors: this runs once for every entry.
  const auto sum = [&](auto as_byte) {
    std::int32_t total = 0;
    for (const char byte : block) total += as_byte(byte);
    for (std::size_t i = kField; i < kField + kFieldSize; ++i) total += ' ' - as_byte(block[i]);
    return total;
  };
  const auto as_unsigned = [](char byte) { return std::int32_t{static_cast<unsigned char>(byte)}; };
  const auto as_signed = [](char byte) { return std::int32_t{static_cast<signed char>(byte)}; };
  return *wanted == sum(as_unsigned) || *wanted == sum(as_signed);
}

Result<std::int64_t> read_number(std::string_view field, std::string_view name, std::int64_t least,
                                 std::int64_t most) {
  const auto value = parse_number(field);
  if (!value || *value < least || *value > most)
    return invalid(fmt::format("a tar header whose {} is not a usable number", name));
  return *value;
}

Status read_numbers(std::string_view block, bool has_devices, TarHeader& header) {
  // The last user and group that are not the "unchanged" value of chown(2).
  constexpr std::int64_t kMaxId = 0xFFFFFFFELL;
  CRT_ASSIGN(const auto mode, read_number(block.substr(100, 8), "mode", INT64_MIN, INT64_MAX));
  CRT_ASSIGN(const auto uid, read_number(block.substr(108, 8), "uid", 0, kMaxId));
  CRT_ASSIGN(const auto gid, read_number(block.substr(116, 8), "gid", 0, kMaxId));
  CRT_ASSIGN(const auto size, read_number(block.substr(124, 12), "size", 0, INT64_MAX));
  CRT_ASSIGN(header.mtime, read_number(block.substr(136, 12), "mtime", INT64_MIN, INT64_MAX));
  header.mode = static_cast<std::uint32_t>(mode) & 07777U;
  header.uid = static_cast<std::uint32_t>(uid);
  header.gid = static_cast<std::uint32_t>(gid);
  header.size = static_cast<std::uint64_t>(size);
  if (!has_devices) return {};
  CRT_ASSIGN(const auto major, read_number(block.substr(329, 8), "device major", 0, UINT32_MAX));
  CRT_ASSIGN(const auto minor, read_number(block.substr(337, 8), "device minor", 0, UINT32_MAX));
  header.device = static_cast<std::uint64_t>(major) << 32U | static_cast<std::uint64_t>(minor);
  return {};
}

bool holds_no_data(char type) {
  return type >= '1' && type <= '6';
}

}  // namespace

bool is_zero_block(std::span<const char, kTarBlock> block) {
  return block[0] == 0 && std::memcmp(block.data(), block.data() + 1, kTarBlock - 1) == 0;
}

Result<TarHeader> parse_tar_header(std::span<const char, kTarBlock> block) {
  if (!checksum_is_right(block)) return invalid("a tar header with a wrong checksum");
  const std::string_view view(block.data(), block.size());
  const auto magic = view.substr(257, 6);
  const bool is_star =
      magic == std::string_view("ustar\0", 6) && view.substr(508) == std::string_view("tar\0", 4);
  const bool is_ustar = magic == std::string_view("ustar\0", 6) && !is_star;
  const bool is_gnu = view.substr(257, 8) == std::string_view("ustar  \0", 8);
  TarHeader header;
  CRT_TRY(read_numbers(view, is_star || is_ustar || is_gnu, header));
  header.name = text_field(view.substr(0, 100));
  header.linkname = text_field(view.substr(157, 100));
  if (is_ustar) header.prefix = text_field(view.substr(345, 155));
  if (is_star) header.prefix = text_field(view.substr(345, 131));
  header.type = view[156] == '\0' ? '0' : view[156];
  if (holds_no_data(header.type)) header.size = 0;
  if (header.type == 'S')
    return base::fail(ErrorCode::unsupported, "a sparse file, which image layers must not hold");
  const bool known =
      (header.type >= '0' && header.type <= '7') || std::strchr("xgLK", header.type) != nullptr;
  if (!known && header.size > 0)
    return base::fail(ErrorCode::unsupported,
                      fmt::format("an entry of the unknown type '{}'",
                                  base::escape_controls(std::string_view(&header.type, 1))));
  return header;
}

namespace {

std::optional<std::int64_t> parse_decimal(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

// Seconds, and a fraction of any length.
bool is_pax_time(std::string_view text) {
  const auto dot = text.find('.');
  const auto fraction = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  const bool digits =
      std::all_of(fraction.begin(), fraction.end(), [](char c) { return c >= '0' && c <= '9'; });
  return parse_decimal(text.substr(0, dot)).has_value() && digits;
}

struct PaxRecord {
  std::string_view key;
  std::string_view value;
};

// Takes the record "LENGTH KEY=VALUE\n" from the front of `body`.
Result<PaxRecord> take_record(std::string_view& body) {
  const auto space = body.find(' ');
  const auto length = parse_decimal(body.substr(0, space));
  if (space == std::string_view::npos || !length || *length < 5 ||
      static_cast<std::uint64_t>(*length) > body.size() || static_cast<std::size_t>(*length) <= space + 1)
    return invalid("a pax record with a wrong length");
  const auto record = body.substr(space + 1, static_cast<std::size_t>(*length) - space - 1);
  body.remove_prefix(static_cast<std::size_t>(*length));
  if (record.back() != '\n') return invalid("a pax record without its newline");
  const auto equals = record.find('=');
  if (equals == std::string_view::npos || equals == 0) return invalid("a pax record without a key");
  return PaxRecord{record.substr(0, equals), record.substr(equals + 1, record.size() - equals - 2)};
}

Status check_record(const PaxRecord& record, PaxScope scope) {
  const auto& [key, value] = record;
  const bool names = key == "path" || key == "linkpath" || key == "uname" || key == "gname";
  if ((names ? value : key).find('\0') != std::string_view::npos)
    return invalid(fmt::format("a pax record '{}' with a NUL byte", base::one_line(key, 60)));
  if (key.starts_with("GNU.sparse.") || key == "SUN.holesdata")
    return base::fail(ErrorCode::unsupported, "a sparse file, which image layers must not hold");
  if (scope == PaxScope::global && (key == "path" || key == "linkpath" || key == "size"))
    return invalid(fmt::format("a global pax header that sets {} for every entry", key));
  if (value.empty()) return {};
  if (key == "uid" || key == "gid") {
    const auto id = parse_decimal(value);
    if (!id || *id < 0 || *id > 0xFFFFFFFELL)
      return invalid(fmt::format("a pax record whose {} is not usable", key));
  }
  if ((key == "mtime" || key == "atime" || key == "ctime") && !is_pax_time(value))
    return invalid(fmt::format("a pax record whose {} is not a time", key));
  return {};
}

}  // namespace

Status parse_pax_records(std::string_view body, PaxScope scope, TarExtensions& extensions) {
  std::unordered_set<std::string_view> keys;
  while (!body.empty()) {
    CRT_ASSIGN(const PaxRecord record, take_record(body));
    CRT_TRY(check_record(record, scope));
    if (!keys.insert(record.key).second)
      return invalid(fmt::format("a pax header with '{}' twice", base::one_line(record.key, 60)));
    if (scope == PaxScope::global || record.value.empty()) continue;
    if (record.key == "path") extensions.path = record.value;
    if (record.key == "linkpath") extensions.linkpath = record.value;
    if (record.key == "size") {
      const auto size = parse_decimal(record.value);
      if (!size || *size < 0) return invalid("a pax record whose size is not usable");
      extensions.has_size = true;
      extensions.size = static_cast<std::uint64_t>(*size);
    }
  }
  return {};
}

}  // namespace crtune::platform
