// What a service.yaml says that a Dockerfile must agree with.
#pragma once

#include "core/base/yaml.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crtune::check {

struct ServiceFacts {
  std::string path;
  std::optional<std::uint32_t> container_port;  // of the container that takes requests
  std::string port_name;                        // http1, h2c; empty where none is written
  std::uint64_t port_line = 0;                  // of containerPort, else of the container
  std::uint64_t port_column = 0;
  bool sets_command = false;                                     // command or args replace those of the image
  std::vector<std::pair<std::string, std::string>> environment;  // plain values
};

// Nothing where the document is no Knative service with a container.
std::optional<ServiceFacts> read_service_facts(const base::YamlNode& document, const std::string& path);

}  // namespace crtune::check
