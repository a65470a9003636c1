#include "core/project/native_port.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

using model::PortSource;

struct Finding {
  PortValue value;
  SourcePlace listener;
  std::string_view framework;
  model::Protocol protocol = model::Protocol::http;
};

// The fewer points, the likelier it is the port that others connect to.
int rank(const NativeListener& listener) {
  const PortValue& port = listener.port;
  int points = listener.secondary ? 100 : 0;
  if (port.loopback && !port.wildcard) points += 10;
  if (port.variable == "PORT") return points;
  if (!port.variable.empty()) return points + 1;
  if (!port.flag.empty()) return points + 2;
  return points + (port.number ? 3 : 4);
}

// PORT read anywhere, where the way from it to the listener could not be followed.
std::optional<SourcePlace> reads_port(const SourceProgram& program) {
  static constexpr std::array<std::string_view, 3> kC = {"getenv", "secure_getenv", "var"};
  for (const auto word : kC)
    for (const auto& place : program.uses(word)) {
      const auto& tokens = program.files()[place.file].tokens;
      if (place.token + 2 < tokens.size() && tokens[place.token + 2].is_text() &&
          tokens[place.token + 2].text == "PORT" && tokens[place.token + 1].is("("))
        return SourcePlace{place.file, place.token + 2};
    }
  return std::nullopt;
}

bool is_plain_name(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::string unset(const PortValue& value) {
  return value.number ? fmt::format(", {} when it is unset", *value.number) : "";
}

// The source of the port, the fact in words, and the place that proves it.
void set_source(const SourceProgram& program, const Finding& finding, model::Project& project) {
  const PortValue& value = finding.value;
  model::Port& port = project.port;
  port.number = value.number;
  port.loopback = value.loopback && !value.wildcard;
  SourcePlace place = finding.listener;
  std::string fact;
  if (!value.variable.empty() && is_plain_name(value.variable)) {
    port.source = value.variable == "PORT" ? PortSource::port_variable : PortSource::variable;
    port.name = value.variable;
    port.holds_address = value.address;
    fact = fmt::format("reads {}{}", value.variable, unset(value));
    place = value.variable_place.value_or(place);
  } else if (!value.flag.empty() && is_plain_name(value.flag)) {
    port.source = PortSource::flag;
    port.name = value.flag;
    fact = fmt::format("flag --{}{}", value.flag, unset(value));
    place = value.flag_place.value_or(place);
  } else if (value.number) {
    port.source = PortSource::hard_coded;
    fact = fmt::format("{}, written into the program", *value.number);
    place = value.number_place.value_or(place);
  } else {
    port.source = PortSource::none;
    fact = "not found in the source";
  }
  const auto& file = program.files()[place.file];
  project.evidence.push_back({"port: " + fact, file.path, file.tokens[place.token].line});
}

void note(const SourceProgram& program, const Finding& finding, model::Project& project) {
  const auto& file = program.files()[finding.listener.file];
  const auto line = file.tokens[finding.listener.token].line;
  if (project.port.loopback)
    project.notes.push_back(fmt::format(
        "{}:{} listens on this host only; Cloud Run connects from outside, so listen on all addresses",
        file.path, line));
  if (project.port.source == PortSource::none)
    project.notes.push_back(fmt::format(
        "the port was not found in the source ({}:{}); 8080 is assumed, --port says it", file.path, line));
  if (finding.value.argument && project.port.source == PortSource::hard_coded)
    project.notes.push_back(fmt::format(
        "{}:{}: the port can also be given as an argument, which init does not do", file.path, line));
}

}  // namespace

bool native_serves(const SourceProgram& program, const std::vector<std::string>& crates) {
  SourceValues values(program);
  const auto listeners = find_native_listeners(program, values, crates);
  return std::any_of(listeners.begin(), listeners.end(),
                     [](const auto& listener) { return !listener.secondary; });
}

void find_native_port(const SourceProgram& program, const std::vector<std::string>& crates,
                      model::Project& project) {
  SourceValues values(program);
  const auto listeners = find_native_listeners(program, values, crates);
  if (listeners.empty()) {
    project.kind = model::ServiceKind::cli;
    project.refusal = fmt::format("{} never listens: it is a command or a job, not a service",
                                  base::one_line(project.main.value_or("the program"), 80));
    project.hint =
        "a service must listen on a port; if a library does that where init does not see it, write "
        "the Dockerfile by hand";
    return;
  }
  project.kind = model::ServiceKind::service;
  const auto best = std::min_element(listeners.begin(), listeners.end(),
                                     [](const auto& a, const auto& b) { return rank(a) < rank(b); });
  Finding finding = {best->port, best->place, best->framework, best->protocol};
  const bool by_name = finding.value.variable.empty() && finding.value.flag.empty();
  if (by_name && !finding.value.number) {
    PortValue named = values.resolve_name("port", best->place.file);
    if (named.number || !named.variable.empty() || !named.flag.empty()) {
      named.loopback = named.loopback || finding.value.loopback;
      finding.value = named;
    }
  }
  if (finding.value.variable.empty())
    if (const auto place = reads_port(program)) {
      finding.value.variable = "PORT";
      finding.value.variable_place = place;
      finding.value.address = false;
    }
  project.framework = finding.framework;
  project.protocol = finding.protocol;
  set_source(program, finding, project);
  note(program, finding, project);
}

}  // namespace crtune::project
