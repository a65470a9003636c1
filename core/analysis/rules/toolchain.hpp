// Whether an image is, as a whole, a toolchain image: meant to build in, used to run.
#pragma once

#include "core/analysis/rules/rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crtune::analysis::rules {

struct ToolchainBase {
  std::string_view name;     // "the Go toolchain"
  std::string_view image;    // "golang"
  std::uint64_t covers = 0;  // kinds of files, a bit each, that the finding on it counts
  std::uint64_t bytes = 0;   // of them, in all layers
  std::string lean;          // the image to run in

  bool counts(Clutter clutter) const { return (covers >> static_cast<unsigned>(clutter) & 1U) != 0; }
};

// The user's own program that the container starts; kNoEntry for the distribution's (a shell, an
// interpreter), which no stage has to copy.
EntryId own_program(const Subject& subject);
// What to copy into a last stage: that program, else the folder that the container starts in.
std::string what_runs(const Subject& subject);

// The toolchain with most bytes that is the image's base: its layers are the base image's, or the environment
// has the variables that only the toolchain's official image sets.
std::optional<ToolchainBase> toolchain_base(const Subject& subject);

}  // namespace crtune::analysis::rules
