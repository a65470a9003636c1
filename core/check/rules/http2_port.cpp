#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_http2_port(const Subject& subject, Findings& findings) {
  const auto* project = subject.around.project;
  const auto* service = subject.around.service;
  if (project == nullptr || service == nullptr || project->protocol != model::Protocol::grpc ||
      service->port_name == "h2c")
    return;
  findings
      .add_file(service->path, service->port_line, service->port_column,
                "the source serves gRPC, and the port is not named h2c")
      .say("- name: h2c");
}

}  // namespace crtune::check::rules
