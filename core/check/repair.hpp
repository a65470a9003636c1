// Mends a Dockerfile: the edits of findings, each round read and checked again.
#pragma once

#include "core/check/check.hpp"

#include <string>
#include <vector>

namespace crtune::check {

struct Repaired {
  std::string text;                // whole; equal to what was given where nothing could be mended
  std::vector<std::string> rules;  // of the findings whose edits were made, in their order
};

// Makes the safe edits, with `unsafe` the others too, until there is none left to make. Edits of findings
// that are accepted are not made, nor any that would give the file a new fault that a builder refuses. What
// comes out is a fixed point: mending it again changes nothing. Errors: limit, as parse.
base::Result<Repaired> repair(const dockerfile::Document& document, const std::string& path,
                              const Surroundings& around, Safety most);

}  // namespace crtune::check
