// What can be said about a string of a program without running it.
#pragma once

#include "core/base/error.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace crtune::project {

// A string that is known, known in part, or comes from the environment or a flag with a known default.
struct GoValue {
  enum class Origin : std::uint8_t { none, variable, flag };

  std::string text;       // the value when nothing is set, as far as it is known
  bool complete = false;  // `text` is all of it
  std::string tail;       // the end of it that is known: what follows the last unknown part
  Origin origin = Origin::none;
  std::string name;        // of the variable or flag
  std::string before;      // text in front of what the variable or flag gives
  base::Place place = {};  // where the variable or flag is read, or the literal stands

  bool is_unknown() const { return !complete && text.empty() && origin == Origin::none; }

  static GoValue literal(std::string text, base::Place place);
  static GoValue variable(std::string name, base::Place place);
};

// a + b.
GoValue concatenate(const GoValue& a, const GoValue& b);

// The values that a name is given in different places: an origin wins, a known literal is its default.
GoValue merge(std::span<const GoValue> values);

}  // namespace crtune::project
