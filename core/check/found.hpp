// What a rule found in a Dockerfile, and the change of its bytes that mends it.
#pragma once

#include "core/dockerfile/edits.hpp"
#include "core/model/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crtune::check {

// Whether the change keeps what the image does (safe), or rests on a fact that a person should know.
enum class Safety : std::uint8_t { safe, unsafe };

struct Found {
  model::Finding finding;
  dockerfile::Span span;                   // in the Dockerfile; empty: the finding is about another file
  std::optional<std::size_t> instruction;  // that it is about
  std::vector<dockerfile::Edit> edits;     // all or none
  Safety safety = Safety::safe;

  Found& say(std::string fix) {
    finding.fix = std::move(fix);
    return *this;
  }
  Found& edit(dockerfile::Span where, std::string text) {
    edits.push_back({where, std::move(text)});
    return *this;
  }
  Found& insert(std::size_t where, std::string text) { return edit({where, where}, std::move(text)); }
  Found& unsafe() {
    safety = Safety::unsafe;
    return *this;
  }
  Found& as(model::Severity severity) {
    finding.severity = severity;
    return *this;
  }
};

}  // namespace crtune::check
