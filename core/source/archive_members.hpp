// The members of an uncompressed image archive (docker save, OCI archive), read in any order.
#pragma once

#include "core/source/member_store.hpp"

#include <memory>

namespace crtune::source {

// Lists the archive by its headers alone. `file` must be a tar archive. Errors: those of TarReader; invalid
// when two members have the same name.
base::Result<std::unique_ptr<MemberStore>> index_archive(platform::InputFile file,
                                                         const platform::TarLimits& limits);

}  // namespace crtune::source
