// Why each line of a generated Dockerfile is there.
#pragma once

#include "core/model/project.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::generate {

// One instruction of a Dockerfile on one line; `line` counts from 1.
struct Instruction {
  std::uint64_t line = 0;
  std::string text;     // continuation lines joined by one space
  std::string comment;  // what stands above it, on one line
};

// The instructions of a Dockerfile that init wrote: it has no here-documents and no other escape character.
std::vector<Instruction> instructions_of(std::string_view dockerfile);

struct Explanation {
  Instruction instruction;
  std::string why;  // a sentence or more
  std::vector<model::Evidence> evidence;
};

// For every instruction its reason, and what of the project's evidence led to it.
std::vector<Explanation> explain(std::string_view dockerfile, const model::Project& project);

}  // namespace crtune::generate
