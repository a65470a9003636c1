// Crates that bring C code or want a program of the system, told from Cargo.lock.
#pragma once

#include "core/model/native_project.hpp"
#include "core/model/project.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

// Adds to `rust` what the crates in the text of Cargo.lock need: Debian packages, variables, linking. The
// table is of November 2026. `manifests` are the texts of the packages' manifests, which say what is bundled.
void find_native_crates(std::string_view lock, const std::vector<std::string>& manifests,
                        model::Project& project, model::RustProject& rust);

// A crate of Cargo.lock with the line that names it.
struct LockedCrate {
  std::string_view name;
  std::uint64_t line = 0;
};
// Those that `package` depends on, itself included; all where it is not listed. At most 20,000, in their
// order.
std::vector<LockedCrate> locked_crates(std::string_view lock, std::string_view package);

// The number behind `version = ` at the top of Cargo.lock; 0 where there is none.
unsigned lock_version(std::string_view lock);

}  // namespace crtune::project
