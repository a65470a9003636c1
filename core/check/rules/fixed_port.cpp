#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_fixed_port(const Subject& subject, Findings& findings) {
  const auto* project = subject.around.project;
  if (project == nullptr || project->port.source != model::PortSource::hard_coded || !project->port.number)
    return;
  const auto* service = subject.around.service;
  const std::uint32_t wanted = service != nullptr ? service->container_port.value_or(8080) : 8080;
  if (*project->port.number == wanted) return;
  const std::string message = fmt::format("the source listens on port {}, Cloud Run sends requests to {}",
                                          *project->port.number, wanted);
  const std::string fix = fmt::format("containerPort: {}", *project->port.number);
  if (service != nullptr) {
    findings.add_file(service->path, service->port_line, service->port_column, message).say(fix);
  } else if (const auto index = start_instruction(subject)) {
    // Without a service.yaml the deploy command may say the port.
    findings.add(*index, message)
        .say(fix + " in service.yaml, or gcloud run deploy --port")
        .as(model::Severity::warning);
  }
}

}  // namespace crtune::check::rules
