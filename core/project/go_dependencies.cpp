#include "core/project/go_dependencies.hpp"

#include "core/project/go_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::project {
namespace {

struct ImportPlace {
  const GoFile* file = nullptr;
  const GoImport* import = nullptr;
};

// Where a reached package of the project imports something below `start`.
ImportPlace find_import(const std::vector<const GoPackage*>& packages, std::string_view start) {
  for (const auto* package : packages) {
    if (package->vendored) continue;
    for (const auto& file : package->files)
      for (const auto& import : file.imports)
        if (import_matches(import.path, start)) return {&file, &import};
  }
  return {};
}

bool calls_function(const std::vector<GoCall>& calls, std::string_view import, std::string_view function) {
  return std::any_of(calls.begin(), calls.end(), [import, function](const GoCall& call) {
    return call.token().text == function && import_matches(call.import, import);
  });
}

// What switches HTTP/2 without TLS on, whatever decides whether it happens.
const GoCall* find_h2c(const std::vector<GoCall>& calls) {
  const auto found = std::find_if(calls.begin(), calls.end(), [](const GoCall& call) {
    const std::string_view name = call.token().text;
    if (name == "NewHandler") return import_matches(call.import, "golang.org/x/net/http2/h2c");
    return name == "SetUnencryptedHTTP2" || name == "StartH2CServer";
  });
  return found == calls.end() ? nullptr : &*found;
}

void find_protocol(const std::vector<const GoPackage*>& packages, const std::vector<GoCall>& calls,
                   bool listens_over_http, model::Project& project) {
  const auto grpc = find_import(packages, "google.golang.org/grpc");
  const bool grpc_server = calls_function(calls, "google.golang.org/grpc", "NewServer");
  const GoCall* h2c = find_h2c(calls);
  project.grpc_health =
      calls_function(calls, "google.golang.org/grpc/health/grpc_health_v1", "RegisterHealthServer");
  const bool setter = h2c != nullptr && h2c->token().is("SetUnencryptedHTTP2");
  // Such a server speaks HTTP/1 as well, but where it is off, a client that begins with HTTP/2 gets nothing.
  const bool certain =
      h2c != nullptr && !is_conditional(*h2c, "h2c") &&
      (!setter || (h2c->arguments.size() == 1 && h2c->source().tokens[h2c->arguments[0].begin].is("true")));
  if (certain) {
    project.protocol = model::Protocol::h2c;
    project.evidence.push_back(
        {fmt::format("protocol: HTTP/2 without TLS ({})", setter ? h2c->token().text : "h2c"),
         h2c->source().path, h2c->token().line});
    return;
  }
  if (h2c != nullptr)
    project.notes.push_back(fmt::format(
        "{}:{} switches HTTP/2 without TLS on under a condition; where it holds, call the port h2c "
        "in service.yaml",
        h2c->source().path, h2c->token().line));
  if (grpc_server && !listens_over_http && grpc.file != nullptr) {
    project.protocol = model::Protocol::grpc;
    project.evidence.push_back({"protocol: gRPC", grpc.file->path, grpc.import->line});
  }
}

}  // namespace

void find_frameworks(const std::vector<const GoPackage*>& packages, const std::vector<GoCall>& calls,
                     bool listens_over_http, model::Project& project) {
  for (const auto& row : go_frameworks()) {
    const auto place = find_import(packages, row.import);
    if (place.file == nullptr) continue;
    // gRPC clients are no gRPC servers.
    if (row.name == "grpc" && !calls_function(calls, row.import, "NewServer")) continue;
    if (row.name == "grpc" && listens_over_http) continue;
    project.framework = row.name;
    project.evidence.push_back(
        {fmt::format("framework: {}", row.name), place.file->path, place.import->line});
    break;
  }
  find_protocol(packages, calls, listens_over_http, project);
  const auto embedded = find_import(packages, "time/tzdata");
  if (embedded.file != nullptr) return;  // the program carries its own
  for (const auto& call : calls)
    if (call.token().text == "LoadLocation" && call.import == "time") {
      project.uses_time_zones = true;
      project.evidence.push_back({"time zones: time.LoadLocation", call.source().path, call.token().line});
      return;
    }
  for (const auto start : time_zone_imports())
    if (const auto place = find_import(packages, start); place.file != nullptr) {
      project.uses_time_zones = true;
      project.evidence.push_back(
          {fmt::format("time zones: {}", start), place.file->path, place.import->line});
      return;
    }
}

}  // namespace crtune::project
