// The commands of a Dockerfile that build Go programs.
#pragma once

#include "core/check/subject.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace crtune::check::rules {

struct GoBuild {
  const Call* call = nullptr;
  std::size_t stage = 0;
  std::string cgo = {};       // CGO_ENABLED as it is there; empty where nothing sets it
  std::string go_flags = {};  // GOFLAGS, likewise
  std::string arch = {};      // GOARCH
  std::vector<const dockerfile::ShellWord*> packages = {};
};

// go build and go install without @version, of stages that the image needs.
std::vector<GoBuild> go_builds(const Subject& subject);

}  // namespace crtune::check::rules
