#include "core/generate/listening.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::generate {
namespace {

constexpr std::uint32_t kDefaultPort = 8080;  // what Cloud Run sends to where nothing else is said

bool is_variable_name(const std::string& name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

bool is_flag_name(const std::string& name) {
  return !name.empty() && name[0] != '-' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

// Where a server of Python's runs the application, the server decides. Sources: gunicorn's settings (bind is
// 0.0.0.0:$PORT where PORT is set) and uvicorn's (each option is a variable UVICORN_…).
Listening server_listening(const model::Project& project, const GenerateOptions& options) {
  Listening out;
  out.port = options.port.value_or(kDefaultPort);
  const std::string value = std::to_string(out.port);
  if (project.python->server == model::PythonServer::gunicorn) {
    out.reason = "Cloud Run sends requests here and sets PORT to it, which gunicorn reads.";
    out.image_variable.emplace("PORT", value);
    return out;
  }
  out.reason = "The port that UVICORN_PORT below tells uvicorn.";
  out.variable.emplace("UVICORN_PORT", value);
  out.image_variable = out.variable;
  return out;
}

}  // namespace

Listening listening(const model::Project& project, const GenerateOptions& options) {
  const model::Port& port = project.port;
  Listening out;
  out.port = options.port.value_or(port.number.value_or(kDefaultPort));
  if (!project.command.empty()) out.arguments.push_back(project.command);
  if (project.python && project.python->server != model::PythonServer::script)
    return server_listening(project, options);
  // ":8080" is all hosts to Go alone.
  const std::string_view hosts = project.native_build || project.rust ? "0.0.0.0:" : ":";
  const std::string value = fmt::format("{}{}", port.holds_address ? hosts : "", out.port);
  const bool default_holds = port.number == out.port && !port.loopback;
  switch (port.source) {
    case model::PortSource::port_variable:
      out.reason = "Cloud Run sends requests here and sets PORT to it, which the program reads.";
      if (!default_holds && !port.holds_address) out.image_variable.emplace("PORT", value);
      break;
    case model::PortSource::variable:
      if (!is_variable_name(port.name)) break;
      out.reason = fmt::format("The port that {} below tells the program.", port.name);
      // ASP.NET Core before 8 takes whole addresses.
      out.variable.emplace(port.name, port.name == "ASPNETCORE_URLS" ? "http://+:" + value : value);
      if (!default_holds) out.image_variable = out.variable;
      break;
    case model::PortSource::flag:
      if (!is_flag_name(port.name)) break;
      out.reason = fmt::format("The port that the flag {} above tells the program.", port.name);
      out.arguments.push_back(fmt::format("--{}={}", port.name, value));
      break;
    case model::PortSource::hard_coded:
      out.reason = out.port == port.number ? "The port that is written into the program."
                                           : "The port that was given with --port.";
      break;
    case model::PortSource::none:
      out.reason =
          options.port ? "The port that was given with --port." : "Not found in the source: assumed.";
      break;
  }
  if (project.kind == model::ServiceKind::static_site)
    out.reason = "What nginx listens on; the Dockerfile says so.";
  if (out.reason.empty()) out.reason = "The port that the program listens on.";
  return out;
}

}  // namespace crtune::generate
