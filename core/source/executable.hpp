// One executable in place of an image: as if an image held nothing else.
#pragma once

#include "core/source/open.hpp"

#include <string>

namespace crtune::source {

// `path` is an ELF file. Errors: not_found, unreadable, limit.
base::Result<OpenedImage> open_executable(const std::string& path);

// The first bytes of a file, at most `count`; empty where it is no regular file that can be read.
std::vector<std::byte> first_bytes(const std::string& path, std::size_t count);

}  // namespace crtune::source
