// When Go's releases came out, and so until when each is supported.
// Source: go.dev/doc/devel/release: "Each major Go release is supported until there are two newer major
// releases"; the dates are those of the same page, as of 2026-11-24.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace crtune::analysis::rules {

struct GoRelease {
  int minor = 0;  // of 1.N
  std::string_view date;
};

inline constexpr std::string_view kGoReleasesAsOf = "2026-11-24";
inline constexpr std::array kGoReleases = {
    GoRelease{10, "2018-02-16"}, GoRelease{11, "2018-08-24"}, GoRelease{12, "2019-02-25"},
    GoRelease{13, "2019-09-03"}, GoRelease{14, "2020-02-25"}, GoRelease{15, "2020-08-11"},
    GoRelease{16, "2021-02-16"}, GoRelease{17, "2021-08-16"}, GoRelease{18, "2022-03-15"},
    GoRelease{19, "2022-08-02"}, GoRelease{20, "2023-02-01"}, GoRelease{21, "2023-08-08"},
    GoRelease{22, "2024-02-06"}, GoRelease{23, "2024-08-13"}, GoRelease{24, "2025-02-11"},
    GoRelease{25, "2025-08-12"}, GoRelease{26, "2026-02-10"}, GoRelease{27, "2026-08-19"},
};

// The date at which support of Go 1.`minor` ended or will end, as far as the table knows; empty where it does
// not.
constexpr std::string_view go_support_end(int minor) {
  for (std::size_t i = 0; i + 2 < kGoReleases.size(); ++i)
    if (kGoReleases[i].minor == minor) return kGoReleases[i + 2].date;
  return minor < kGoReleases[0].minor ? kGoReleases[1].date : std::string_view();
}

}  // namespace crtune::analysis::rules
