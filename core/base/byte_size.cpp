#include "core/base/byte_size.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

namespace crtune::base {
namespace {

constexpr std::string_view kPrefixes = "kMGTPE";

Result<std::uint64_t> bad(std::string_view text) {
  return fail(ErrorCode::usage, fmt::format("'{}' is not a size", text), {},
              "write for example 20MB, 1.5GB or 64MiB");
}

}  // namespace

std::string format_bytes(std::uint64_t bytes, Units units) {
  const double step = units == Units::si ? 1000.0 : 1024.0;
  if (static_cast<double>(bytes) < step) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes);
  std::size_t prefix = 0;
  for (value /= step; value >= step && prefix + 1 < kPrefixes.size(); value /= step) ++prefix;
  // 999.96 kB would be printed as 1000 kB.
  if (value >= 999.5 && units == Units::si && prefix + 1 < kPrefixes.size()) {
    value /= step;
    ++prefix;
  }
  const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  const char letter = kPrefixes[prefix];
  if (units == Units::si) return fmt::format("{:.{}f} {}B", value, decimals, letter);
  return fmt::format("{:.{}f} {}iB", value, decimals, static_cast<char>(std::toupper(letter)));
}

Result<std::uint64_t> parse_bytes(std::string_view text) {
  const std::string_view whole = text;
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc{} || !std::isfinite(number) || number < 0 || std::signbit(number)) return bad(whole);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  double step = 1000.0;
  double factor = 1.0;
  if (!text.empty()) {
    const char letter = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    const auto prefix = std::string_view("kmgtpe").find(letter);
    if (prefix != std::string_view::npos) {
      text.remove_prefix(1);
      if (!text.empty() && (text.front() == 'i' || text.front() == 'I')) {
        step = 1024.0;
        text.remove_prefix(1);
      }
      factor = std::pow(step, static_cast<double>(prefix + 1));
    }
  }
  if (!text.empty() && (text.front() == 'b' || text.front() == 'B')) text.remove_prefix(1);
  const double bytes = std::round(number * factor);
  if (!text.empty() || bytes >= 9223372036854775808.0) return bad(whole);
  return static_cast<std::uint64_t>(bytes);
}

}  // namespace crtune::base
