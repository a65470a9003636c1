// Ports that EXPOSE names.
#pragma once

#include "core/check/subject.hpp"

#include <cstdint>
#include <vector>

namespace crtune::check::rules {

struct ExposedPort {
  std::size_t instruction = 0;
  dockerfile::Span span;
  std::uint32_t number = 0;
};

// Single TCP ports with a known number, in the image.
std::vector<ExposedPort> exposed_ports(const Subject& subject);

}  // namespace crtune::check::rules
