// Which versions of runtimes still get security fixes, and which official images carry them.
#pragma once

#include <string>
#include <string_view>

namespace crtune::generate {

// When the tables were read.
inline constexpr std::string_view kReleasesDate = "November 2026";

struct Release {
  std::string_view runtime;     // node, python, java, dotnet
  std::string_view version;     // as image tags have it: 22, 3.13, 21, 8.0
  std::string_view end;         // of security fixes: "April 2027"
  bool is_supported = false;    // as of kReleasesDate
  bool is_preferred = false;    // where a project names none
  bool has_distroless = false;  // gcr.io/distroless has it
};

// The release that `version` belongs to (18.17.1 to 18, 3.11.4 to 3.11), or nullptr where the table has none.
const Release* find_release(std::string_view runtime, std::string_view version);
// The release for projects that name none.
const Release& preferred_release(std::string_view runtime);
// The oldest one with security fixes.
const Release& oldest_supported(std::string_view runtime);

// What a Dockerfile says about the choice of `version`, in a line.
std::string release_comment(std::string_view runtime, std::string_view name, std::string_view version);

}  // namespace crtune::generate
