// Entries with extended headers (pax, GNU long names), whose many fields libarchive reads.
#pragma once

#include "core/platform/tar_reader.hpp"

#include <string>
#include <string_view>

namespace crtune::platform {

// Reads the headers of one entry, extended ones first, `raw` being their bytes, and fills the metadata of
// `entry`, whose name, link target, kind and size our own scan gave. Only the message of an error is set.
// Errors: invalid, where libarchive refuses the headers or reads another name, link target or size from them.
base::Status read_extended_headers(std::string_view raw, TarEntry& entry);

}  // namespace crtune::platform
