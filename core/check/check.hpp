// All rules on one Dockerfile.
#pragma once

#include "core/check/found.hpp"
#include "core/check/subject.hpp"

#include <string>
#include <vector>

namespace crtune::check {

struct Checked {
  std::vector<Found> findings;  // in the order of the file
  std::string text;             // of the Dockerfile, as it may be shown
};

// Runs every rule. `path` is what findings name the file. No secret's value is in what comes back, but for
// the texts of edits, which are to be written and not shown.
Checked check_dockerfile(const dockerfile::Document& document, const std::string& path,
                         const Surroundings& around);

}  // namespace crtune::check
