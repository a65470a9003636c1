#include "core/generate/releases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::generate {
namespace {

// Sources: https://nodejs.org/en/about/previous-releases, https://devguide.python.org/versions/,
// https://adoptium.net/support/, https://dotnet.microsoft.com/platform/support/policy, and the lists of
// images at https://github.com/GoogleContainerTools/distroless. Oldest first.
constexpr auto kReleases = std::to_array<Release>({
    {"node", "18", "April 2025", false, false, false},
    {"node", "20", "April 2026", false, false, false},
    {"node", "22", "April 2027", true, false, true},
    {"node", "24", "April 2028", true, true, true},
    {"node", "26", "April 2029", true, false, false},
    {"python", "3.8", "October 2024", false, false, false},
    {"python", "3.9", "October 2025", false, false, false},
    {"python", "3.10", "October 2026", false, false, false},
    {"python", "3.11", "October 2027", true, false, false},
    {"python", "3.12", "October 2028", true, false, false},
    {"python", "3.13", "October 2029", true, true, false},
    {"python", "3.14", "October 2030", true, false, false},
    {"java", "8", "November 2026", true, false, false},
    {"java", "11", "October 2027", true, false, false},
    {"java", "17", "October 2027", true, false, true},
    {"java", "21", "December 2029", true, true, true},
    {"java", "25", "September 2031", true, false, true},
    {"dotnet", "6.0", "November 2024", false, false, false},
    {"dotnet", "7.0", "May 2024", false, false, false},
    {"dotnet", "8.0", "November 2026", true, false, false},
    {"dotnet", "9.0", "November 2026", true, false, false},
    {"dotnet", "10.0", "November 2028", true, true, false},
});

bool belongs_to(std::string_view version, std::string_view release) {
  return version.starts_with(release) && (version.size() == release.size() || version[release.size()] == '.');
}

template <typename Condition>
const Release& first_of(std::string_view runtime, Condition condition) {
  const auto found = std::find_if(kReleases.begin(), kReleases.end(), [&](const Release& release) {
    return release.runtime == runtime && condition(release);
  });
  return found == kReleases.end() ? kReleases.front() : *found;
}

}  // namespace

const Release* find_release(std::string_view runtime, std::string_view version) {
  for (const auto& release : kReleases)
    if (release.runtime == runtime && belongs_to(version, release.version)) return &release;
  return nullptr;
}

const Release& preferred_release(std::string_view runtime) {
  return first_of(runtime, [](const Release& release) { return release.is_preferred; });
}

const Release& oldest_supported(std::string_view runtime) {
  return first_of(runtime, [](const Release& release) { return release.is_supported; });
}

std::string release_comment(std::string_view runtime, std::string_view name, std::string_view version) {
  if (version.empty())
    return fmt::format("The project names no version of {}; {} is a safe start ({}).", name,
                       preferred_release(runtime).version, kReleasesDate);
  const Release* release = find_release(runtime, version);
  if (release == nullptr) return fmt::format("The version of {} that the project names.", name);
  if (release->is_supported)
    return fmt::format("The version of {} that the project names; it gets security fixes until {}.", name,
                       release->end);
  return fmt::format(
      "The project names {} {}, which gets no security fixes since {}: move to {} when you can.", name,
      release->version, release->end, oldest_supported(runtime).version);
}

}  // namespace crtune::generate
