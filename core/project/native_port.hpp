// The port of a C, C++ or Rust program, and whether it is a service at all.
#pragma once

#include "core/model/project.hpp"
#include "core/project/native_listeners.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// Whether the program listens on TCP for others than itself.
bool native_serves(const SourceProgram& program, const std::vector<std::string>& crates);

// Sets kind, port, protocol and framework of `project` from its source, with evidence and notes; where it
// never listens, kind is cli and the refusal says so.
void find_native_port(const SourceProgram& program, const std::vector<std::string>& crates,
                      model::Project& project);

}  // namespace crtune::project
