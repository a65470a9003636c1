// The stages of a Dockerfile, how they hang together, and what its variables are worth where they are used.
#pragma once

#include "core/dockerfile/document.hpp"
#include "core/dockerfile/expansion.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::dockerfile {

struct Stage {
  std::size_t from = 0;                   // index of its FROM
  std::size_t end = 0;                    // index after its last instruction
  std::string name;                       // as written; empty where it has none
  std::string base;                       // as written
  std::optional<std::string> image;       // the base with its variables; nothing where one is not known
  std::optional<std::size_t> base_stage;  // where the base is an earlier stage
};

// A word of an instruction, or the value of an assignment, with its variables.
struct ExpandedWord {
  std::optional<std::string> value;  // without quotes; nothing where it cannot be known
  std::vector<VariableUse> uses;
  std::vector<VariableUse> undeclared;
  bool malformed = false;
};

// What belongs to Document::instructions[i].
struct InstructionFacts {
  std::optional<std::size_t> stage;  // nothing before the first FROM
  std::vector<ExpandedWord> words;   // of assignments: their values
  std::vector<ExpandedWord> flags;   // their values
};

struct Stages {
  std::vector<Stage> all;
  std::vector<InstructionFacts> facts;

  // The stage of this name (in any case) or number among the first `before` ones; the last of equal names.
  std::optional<std::size_t> find(std::string_view name, std::size_t before) const;
  // What an image is made of: the last stage. Nothing where there is no FROM.
  std::optional<std::size_t> last() const;
  // The stage and those that it is built upon, FROM by FROM, itself first.
  std::vector<std::size_t> chain(std::size_t stage) const;
  // The image at the foot of the chain; nothing where a variable hides it.
  std::optional<std::string> root_image(std::size_t stage) const;
};

Stages find_stages(const Document& document);

}  // namespace crtune::dockerfile
