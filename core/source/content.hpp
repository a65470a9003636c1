// Compares the contents of an image's files.
#pragma once

#include "core/source/member_store.hpp"

#include <memory>

namespace crtune::source {

// `members` must outlive the reader and be the store that the image was read from. Contents of uncompressed
// layers are read again, the first and last 4 KiB before the whole; others were hashed while they passed.
std::unique_ptr<model::ContentReader> make_content_reader(MemberStore& members);

}  // namespace crtune::source
