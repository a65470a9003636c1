// Secrets among the files that a builder is sent.
#pragma once

#include "core/check/build_context.hpp"

#include <functional>
#include <string_view>

namespace crtune::check {

// Looks into the files of the context that are sent and whose paths `may_hold` lets pass; what they hold goes
// into BuildContext::secrets. Files that are no text, or are over 1 MiB, are left out.
void find_secrets(base::Files& files, BuildContext& context,
                  const std::function<bool(std::string_view path)>& may_hold);

}  // namespace crtune::check
