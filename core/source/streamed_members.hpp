// The members of an image archive that can be read once: standard input, a daemon, a compressed file.
#pragma once

#include "core/source/member_store.hpp"

#include <memory>

namespace crtune::source {

// Reads the whole stream. Nothing is written anywhere: documents are kept in memory and everything that may
// be a layer is analysed as it passes, because which members are layers may be said only at the end. `stream`
// is the uncompressed archive. Errors: those of TarReader for the archive itself; those of a layer wait until
// it is asked for.
base::Result<std::unique_ptr<MemberStore>> read_stream(platform::ByteSource& stream, std::string label,
                                                       const ScanOptions& options);

}  // namespace crtune::source
