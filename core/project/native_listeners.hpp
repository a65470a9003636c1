// Where a C, C++ or Rust program starts to listen.
#pragma once

#include "core/model/project.hpp"
#include "core/project/source_program.hpp"
#include "core/project/source_values.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

struct NativeListener {
  std::string_view framework;
  model::Protocol protocol = model::Protocol::http;
  SourcePlace place;
  PortValue port;
  bool secondary = false;  // by its names for metrics, administration or tests
};

// In order of the source. Unix sockets, UDP and port 0 are left out. `crates` are the names of the crates
// that a Rust program depends on.
std::vector<NativeListener> find_native_listeners(const SourceProgram& program, SourceValues& values,
                                                  const std::vector<std::string>& crates);

}  // namespace crtune::project
