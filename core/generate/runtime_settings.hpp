// What a language's runtime wants to be told in service.yaml.
#pragma once

#include "core/model/project.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::generate {

struct EnvironmentLine {
  std::string reason;  // the comment above it
  std::string name;
  std::string value;  // as YAML writes it
};

struct RuntimeSettings {
  std::uint32_t concurrency = 80;  // requests that one instance serves at a time
  std::string concurrency_reason;
  std::vector<EnvironmentLine> environment;
};

// For an instance of `cpu` processors and `memory_mebibytes` of memory.
RuntimeSettings runtime_settings(const model::Project& project, double cpu, std::uint32_t memory_mebibytes);

}  // namespace crtune::generate
