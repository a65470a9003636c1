#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

std::string_view variable(const Subject& subject, std::string_view name) {
  for (const std::string_view entry : subject.image.config.environment)
    if (entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=')
      return entry.substr(name.size() + 1);
  return {};
}

// A zone's name, as in Europe/Berlin; empty for UTC, for rules of POSIX such as CET-1CEST, and for paths.
std::string_view zone_of(std::string_view text) {
  if (text.starts_with(':')) text.remove_prefix(1);
  if (text.empty() || text.starts_with('/') || text == "UTC" || text == "Etc/UTC" || text == "GMT" ||
      text == "Local")
    return {};
  const bool is_rule = text.find('/') == std::string_view::npos &&
                       text.find_first_of("0123456789,<") != std::string_view::npos;
  return is_rule ? std::string_view() : text;
}

bool brings_its_own(const Subject& subject) {
  const StartedPrograms started(subject);
  for (const auto& row : subject.analysis.binaries) {
    if (!started.contains(row)) continue;
    for (const auto& owner : row.binary.owners)
      if (owner.kind == model::OwnerKind::package && owner.name == "time/tzdata") return true;
  }
  return false;
}

}  // namespace

void check_time_zones(const Subject& subject, Findings& findings) {
  const std::string_view zone = zone_of(variable(subject, "TZ"));
  if (zone.empty() || !variable(subject, "ZONEINFO").empty() || !variable(subject, "TZDIR").empty()) return;
  for (const std::string_view folder : {"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/etc/zoneinfo/"})
    if (subject.files.file_at(std::string(folder) + std::string(zone)) != kNoEntry) return;
  if (brings_its_own(subject)) return;
  const bool has_any = subject.files.resolve("/usr/share/zoneinfo").has_value();
  findings.add(fmt::format("TZ is {}, which {}: times are shown in UTC without a word", shown(zone),
                           has_any ? "/usr/share/zoneinfo does not have"
                                   : "needs /usr/share/zoneinfo, and the image has none"),
               has_any ? "give TZ the name of a zone, e.g. ENV TZ=Europe/Berlin"
                       : "COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo; of a Go program: go "
                         "build -tags timetzdata");
}

}  // namespace crtune::analysis::rules
