// What the packages that a program reaches say about it: framework, protocol, time zones.
#pragma once

#include "core/model/project.hpp"
#include "core/project/go_calls.hpp"
#include "core/project/go_program.hpp"

#include <vector>

namespace crtune::project {

// Fills framework, protocol, grpc_health and uses_time_zones, with evidence.
void find_frameworks(const std::vector<const GoPackage*>& packages, const std::vector<GoCall>& calls,
                     bool listens_over_http, model::Project& project);

}  // namespace crtune::project
