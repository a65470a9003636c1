// The image that serves files to browsers: nginx, set up for Cloud Run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::generate {

inline constexpr std::string_view kStaticImage = "nginx:stable-alpine-slim";
inline constexpr std::string_view kStaticComment =
    "nginx alone, about 12 MB: ranges, compression, revalidation and many connections at once, and no "
    "scripts at start.";

// The lines of nginx's configuration, each as a word of a shell. `single_page`: unknown paths are answered
// with index.html, whose script knows them.
std::vector<std::string> static_server_lines(std::uint32_t port, bool single_page);

}  // namespace crtune::generate
