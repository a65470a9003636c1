#include "core/check/rules/versions.hpp"

#include <charconv>

namespace crtune::check::rules {

std::optional<Version> read_version(std::string_view text) {
  Version out;
  while (out.count < out.numbers.size()) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out.numbers[out.count]);
    if (read.ec != std::errc()) break;
    ++out.count;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
  }
  return out.count == 0 ? std::nullopt : std::optional(out);
}

bool version_less(std::string_view image, std::string_view wanted) {
  const auto have = read_version(image);
  const auto need = read_version(wanted);
  if (!have || !need) return false;
  // A short tag moves on with its patch releases: only the numbers that it names can be too low.
  for (std::size_t i = 0; i < have->count && i < need->count; ++i)
    if (have->numbers[i] != need->numbers[i]) return have->numbers[i] < need->numbers[i];
  return false;
}

}  // namespace crtune::check::rules
