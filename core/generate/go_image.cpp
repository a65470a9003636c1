#include "core/generate/go_image.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace crtune::generate {
namespace {

// The minor versions that get security fixes, oldest first, as of November 2026: the two newest.
// Source: https://go.dev/doc/devel/release
struct SupportedGo {
  std::string_view date;
  std::array<std::string_view, 2> minors;
};
constexpr SupportedGo kSupported = {"November 2026", {"1.26", "1.27"}};

std::array<unsigned, 3> numbers(std::string_view text) {
  std::array<unsigned, 3> out = {};
  for (auto& number : out) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
    if (text.empty() || text.front() != '.') break;
    text.remove_prefix(1);
  }
  return out;
}

// 1.26rc1 and 1.26beta2 become 1.26; 1.26.0 keeps its patch.
std::string released(std::string_view version) {
  return std::string(version.substr(0, version.find_first_not_of("0123456789.")));
}

}  // namespace

bool version_less(std::string_view a, std::string_view b) {
  return numbers(a) < numbers(b);
}

GoImage choose_go_image(std::string_view version, std::string_view go_line) {
  std::string wanted = released(version.empty() ? go_line : version);
  std::string comment = "The official image sets GOTOOLCHAIN=local: it must be at least go.mod's go line.";
  if (!go_line.empty() && version_less(wanted, go_line)) {
    comment = fmt::format("The project names Go {}, but go.mod needs {}: the image must be at least that.",
                          wanted, go_line);
    wanted = released(go_line);
  }
  const auto oldest = kSupported.minors.front();
  if (wanted.empty() || version_less(wanted, oldest)) {
    comment = wanted.empty()
                  ? fmt::format("go.mod names no version; Go {} is the oldest supported one ({}).", oldest,
                                kSupported.date)
                  : fmt::format("Go {} gets no security fixes any more; {} is the oldest that does ({}).",
                                wanted, oldest, kSupported.date);
    wanted = oldest;
  }
  return {fmt::format("golang:{}-bookworm", wanted), comment};
}

}  // namespace crtune::generate
