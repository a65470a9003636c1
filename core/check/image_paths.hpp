// Paths of a build context and of an image as a Dockerfile writes them.
#pragma once

#include <string>
#include <string_view>

namespace crtune::check {

// A source of COPY from the context's root: "./a/" and "/a" are "a"; the context itself is "".
std::string context_path(std::string_view source);

// A path of the image: absolute and clean. `workdir` is where relative ones begin.
std::string image_path(std::string_view workdir, std::string_view path);

// The last part of a path.
std::string_view last_part(std::string_view path);

}  // namespace crtune::check
