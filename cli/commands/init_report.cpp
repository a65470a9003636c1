#include "cli/commands/init_report.hpp"

#include "core/base/escape.hpp"
#include "core/generate/line_diff.hpp"
#include "core/report/json_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::cli {
namespace {

std::string package_argument(const std::string& folder) {
  return folder == "." ? folder : "./" + folder;
}

std::string_view kind_word(model::ServiceKind kind) {
  switch (kind) {
    case model::ServiceKind::service: return "service";
    case model::ServiceKind::cli: return "cli";
    case model::ServiceKind::library: return "library";
    case model::ServiceKind::static_site: return "static";
  }
  return "service";
}

std::string_view protocol_word(model::Protocol protocol) {
  switch (protocol) {
    case model::Protocol::http: return "http";
    case model::Protocol::h2c: return "h2c";
    case model::Protocol::grpc: return "grpc";
  }
  return "http";
}

std::string port_source_word(const model::Port& port) {
  switch (port.source) {
    case model::PortSource::port_variable: return "PORT";
    case model::PortSource::variable: return "env:" + port.name;
    case model::PortSource::flag: return "flag:" + port.name;
    case model::PortSource::hard_coded: return "hard-coded";
    case model::PortSource::none: return "none";
  }
  return "none";
}

std::string_view action_word(FileAction action) {
  switch (action) {
    case FileAction::create: return "create";
    case FileAction::unchanged: return "unchanged";
    case FileAction::overwrite: return "overwrite";
    case FileAction::conflict: return "conflict";
  }
  return "conflict";
}

void write_service(report::JsonWriter& json, const model::Project& project) {
  const bool serves = project.kind == model::ServiceKind::service && project.main;
  json.key("service").begin_object();
  json.key("language").known_text(project.language);
  json.key("version").known_text(project.version);
  json.key("version_source").known_text(project.version_source);
  json.key("framework").known_text(project.framework);
  const bool package = project.language == "go" || project.language.empty();
  json.key("main").known_text(!project.main ? "" : package ? package_argument(*project.main) : *project.main);
  json.key("cgo").boolean(project.cgo);
  json.key("port").number_or_null(project.port.number);
  json.key("port_source").text(port_source_word(project.port));
  json.key("protocol").known_text(serves ? std::string(protocol_word(project.protocol)) : "");
  json.key("runtime_files").begin_array();
  for (const auto& file : project.runtime_files) json.text(file.path);
  json.end_array();
  json.key("kind").known_text(project.kind ? std::string(kind_word(*project.kind)) : "");
  json.end_object();
}

// "port: reads PORT, 8080 when it is unset" in three columns: what, how, where.
std::string evidence_lines(const model::Project& project) {
  std::size_t key_width = 0;
  std::size_t fact_width = 0;
  const auto split = [](const std::string& fact) {
    const std::size_t colon = std::min(fact.find(": "), fact.size());
    return std::pair(fact.substr(0, colon), colon < fact.size() ? fact.substr(colon + 2) : std::string());
  };
  for (const auto& row : project.evidence) {
    const auto [key, fact] = split(row.fact);
    key_width = std::max(key_width, key.size());
    fact_width = std::max(fact_width, std::min<std::size_t>(fact.size(), 60));
  }
  std::string out;
  for (const auto& row : project.evidence) {
    const auto [key, fact] = split(row.fact);
    const std::string place = row.line > 0 ? fmt::format("{}:{}", row.file, row.line) : row.file;
    out += fmt::format("  {:<{}}  {:<{}}  {}\n", key, key_width, base::one_line(fact, 200), fact_width,
                       base::one_line(place, 200));
  }
  return out;
}

// A path to be pasted into a shell.
std::string shell_word(const std::string& text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._/@+-").find(c) != std::string_view::npos;
  });
  if (plain) return text;
  std::string out = "'";
  for (const char c : base::escape_controls(text))
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// As people write it.
std::string_view language_name(std::string_view language) {
  static constexpr auto kNames =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"go", "Go"},
                                                                    {"c", "C"},
                                                                    {"c++", "C++"},
                                                                    {"rust", "Rust"},
                                                                    {"node", "Node.js"},
                                                                    {"python", "Python"},
                                                                    {"java", "Java"},
                                                                    {"dotnet", ".NET"}});
  for (const auto& [word, name] : kNames)
    if (word == language) return name;
  return language;
}

std::string title(const InitReport& report) {
  const auto& project = report.project;
  const std::string name = base::one_line(project.module.empty() ? project.language : project.module, 100);
  const bool page = project.main && project.kind == model::ServiceKind::static_site;
  if (page) return fmt::format("Found: {}, the files for browsers of {}\n", report.service, name);
  if (!project.main || project.kind != model::ServiceKind::service)
    return fmt::format("Found: {}\n", name.empty() ? "nothing" : name);
  return fmt::format("Found: {}, the {} service {} ({})\n", report.service, language_name(project.language),
                     name, project.framework.empty() ? "net" : project.framework);
}

}  // namespace

std::string init_json(const InitReport& report) {
  std::string out;
  report::JsonWriter json(out);
  json.begin_object();
  json.key("schema").text("cloudrun-tune/init/v1");
  write_service(json, report.project);
  json.key("evidence").begin_array();
  for (const auto& row : report.project.evidence) {
    json.begin_object();
    json.key("fact").text(row.fact);
    json.key("file").text(row.file);
    json.key("line").number(std::uint64_t{row.line});
    json.end_object();
  }
  json.end_array();
  json.key("choices").begin_array();
  for (const auto& choice : report.project.choices) json.text(choice);
  json.end_array();
  json.key("files").begin_array();
  for (const auto& planned : report.files) {
    json.begin_object();
    json.key("path").text(planned.file.path);
    json.key("action").text(action_word(planned.action));
    json.key("content").text(planned.file.content);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

std::string init_text(const InitReport& report) {
  std::string out = title(report) + evidence_lines(report.project);
  if (report.files.empty()) return out;
  out += report.dry_run || report.conflict ? "\nWould write:\n" : "\nWritten:\n";
  for (const auto& planned : report.files)
    out += fmt::format("  {:<9}  {}\n", action_word(planned.action), planned.file.path);
  if (report.dry_run)
    for (const auto& planned : report.files) {
      const std::string diff = generate::unified_diff(
          planned.file.path, planned.existing ? &*planned.existing : nullptr, planned.file.content);
      if (!diff.empty()) out += "\n" + diff;
    }
  if (report.dry_run || report.conflict) return out;
  out += "\nNext:\n";
  if (report.directory != "." && !report.directory.empty())
    out += fmt::format("  cd {}\n", shell_word(report.directory));
  out += fmt::format("  {}\n", report.build_command);
  if (!report.image.empty()) out += fmt::format("  docker push {}\n", report.image);
  out += fmt::format("  gcloud run services replace service.yaml{}\n",
                     report.region.empty() ? "" : " --region " + report.region);
  return out;
}

}  // namespace crtune::cli
