// Files that are known by their names to hold credentials.
#pragma once

#include "core/secret/hits.hpp"

namespace crtune::secret {

// Adds what a credential file holds, where the path names one; does nothing for other paths.
void judge_credential_file(Hits& hits);

}  // namespace crtune::secret
