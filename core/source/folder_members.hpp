// The members of an image unpacked into a folder (an OCI image layout, or an unpacked docker archive).
#pragma once

#include "core/source/member_store.hpp"

#include <memory>

namespace crtune::source {

// Never follows a symbolic link below `folder` and reads regular files only.
std::unique_ptr<MemberStore> open_folder(std::string folder);

}  // namespace crtune::source
