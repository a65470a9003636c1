// Which instruction made which layer, and which layers came with the base image.
#pragma once

#include "core/model/image.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::analysis {

struct LayerOrigin {
  std::optional<std::string> created_by;  // as the history has it
  std::string instruction;                // the same as a Dockerfile would say it; may be empty
  bool base = false;
};

// One origin a layer, whatever the history: rows may be missing, too many, or wrongly marked as empty. The
// base image ends with the last CMD or ENTRYPOINT row that has a layer after it, with what ends the official
// images that name no command (golang, rust, gcc), with an imported root file system, or where rows written
// by bazel, apko or ko's base give way to others; without such a mark no layer counts as base.
std::vector<LayerOrigin> match_history(const std::vector<model::HistoryRow>& history, std::size_t layers);

// A history row as a Dockerfile would say it: "/bin/sh -c #(nop) COPY file:1 in /x" is "COPY file:1 in /x",
// "/bin/sh -c make" is "RUN make". Values of build arguments are dropped: they may be secrets.
std::string dockerfile_line(std::string_view created_by);

}  // namespace crtune::analysis
