// How the container is told its port, the same way in the Dockerfile and in service.yaml.
#pragma once

#include "core/generate/options.hpp"
#include "core/model/project.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crtune::generate {

struct Listening {
  std::uint32_t port = 8080;
  std::vector<std::string> arguments;                           // of the program
  std::optional<std::pair<std::string, std::string>> variable;  // set in service.yaml: the program's own
  std::optional<std::pair<std::string, std::string>> image_variable;  // set in the image, for other platforms
  std::string reason;                                                 // of containerPort
};

Listening listening(const model::Project& project, const GenerateOptions& options);

}  // namespace crtune::generate
