#include "core/check/rules/ports.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_exposed_port(const Subject& subject, Findings& findings) {
  const auto* service = subject.around.service;
  if (service == nullptr) return;
  const std::uint32_t wanted = service->container_port.value_or(8080);
  const auto ports = exposed_ports(subject);
  if (ports.empty() ||
      std::any_of(ports.begin(), ports.end(), [&](const auto& port) { return port.number == wanted; }))
    return;
  findings
      .add_span(ports.back().instruction, ports.back().span,
                fmt::format("port {} is exposed, and service.yaml sends requests to {}", ports.back().number,
                            wanted))
      .unsafe()
      .edit(ports.back().span, std::to_string(wanted));
}

}  // namespace crtune::check::rules
