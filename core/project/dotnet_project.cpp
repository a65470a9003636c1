#include "core/project/dotnet_project.hpp"

#include "core/base/path.hpp"
#include "core/project/node_manifest.hpp"
#include "core/project/script_tree.hpp"
#include "core/project/xml_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace crtune::project {

using base::FileKind;

namespace {

constexpr auto kProjectFiles = std::to_array<std::string_view>({".csproj", ".fsproj", ".vbproj"});

struct Candidate {
  std::string path;
  XmlElement root;
  bool is_web = false;
  bool is_program = false;
};

// net8.0 is 8.0; the highest of net8.0;net10.0, compared as numbers.
std::string framework_version(std::string_view text) {
  std::string best;
  int highest = -1;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(one.size() + 1, text.size()));
    const std::string version = one.starts_with("net") ? lowest_version(one.substr(3)) : std::string();
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    if (version.find('.') == std::string::npos || major <= highest) continue;
    highest = major;
    best = version;
  }
  return best;
}

// A property of any PropertyGroup.
const XmlElement* property(const XmlElement& root, std::string_view name) {
  for (const auto& group : root.children)
    if (group.name == "PropertyGroup")
      if (const auto* found = group.find(name)) return found;
  return nullptr;
}

std::string property_text(const XmlElement& root, std::string_view name) {
  const auto* found = property(root, name);
  return found == nullptr ? std::string() : found->text;
}

base::Result<std::vector<Candidate>> candidates(const ScriptTree& tree) {
  constexpr std::size_t kMost = 200;
  std::vector<Candidate> found;
  for (const auto& path : tree.find(kProjectFiles, ".", 4)) {
    if (found.size() >= kMost) break;
    const std::string lower = path;
    if (lower.find("Test") != std::string::npos || lower.find("test") != std::string::npos) continue;
    CRT_ASSIGN(auto root, parse_xml(tree.text_of(path), path));
    const std::string sdk = root.attribute("Sdk");
    const bool web = sdk == "Microsoft.NET.Sdk.Web";
    const bool program =
        web || sdk == "Microsoft.NET.Sdk.Worker" || property_text(root, "OutputType") == "Exe";
    found.push_back({path, std::move(root), web, program});
  }
  return found;
}

// What frameworks look up by name while the program runs; trimming would take it out.
bool looks_up_types(const ScriptTree& tree, const std::string& folder, const XmlElement& root) {
  static constexpr auto kEndings = std::to_array<std::string_view>({".cs", ".cshtml", ".razor"});
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"AddControllers", "AddRazorPages", "AddMvc", "AddControllersWithViews", "UseEntityFrameworkCore",
       "AddDbContext", "AddServerSideBlazor", "AddRazorComponents", "Newtonsoft.Json",
       "Activator.CreateInstance", "Assembly.Load", "AddSwaggerGen"});
  for (const auto& group : root.children)
    for (const auto& item : group.children)
      if (item.name == "PackageReference") {
        const std::string name = item.attribute("Include");
        if (name.find("EntityFramework") != std::string::npos ||
            name.find("Newtonsoft") != std::string::npos || name.find("AutoMapper") != std::string::npos ||
            name.find("Swashbuckle") != std::string::npos || name.find("MediatR") != std::string::npos)
          return true;
      }
  for (const auto& path : tree.find(kEndings, folder, 4)) {
    if (path.ends_with(".cshtml") || path.ends_with(".razor")) return true;
    const std::string text = tree.text_of(path);
    if (std::any_of(kWords.begin(), kWords.end(),
                    [&text](std::string_view word) { return text.find(word) != std::string::npos; }))
      return true;
  }
  return false;
}

void accept(const ScriptTree& tree, const Candidate& chosen, model::Project& project) {
  auto& dotnet = project.dotnet.emplace();
  dotnet.project_file = chosen.path;
  std::string name = chosen.path.substr(chosen.path.rfind('/') + 1);
  name.resize(name.rfind('.'));
  dotnet.assembly = property_text(chosen.root, "AssemblyName");
  if (dotnet.assembly.empty()) dotnet.assembly = name;
  project.module = name;
  project.main = chosen.path;
  project.evidence.push_back({fmt::format("main: {}", chosen.path), chosen.path, 1});
  for (const char* key : {"TargetFramework", "TargetFrameworks"})
    if (const auto* found = property(chosen.root, key); found != nullptr && project.version.empty()) {
      project.version = framework_version(found->text);
      project.version_source = chosen.path.substr(chosen.path.rfind('/') + 1) + " " + key;
      project.evidence.push_back(
          {fmt::format("version: .NET {}", project.version), chosen.path, found->line});
    }
  dotnet.version = project.version;
  if (!chosen.is_web) {
    project.kind = model::ServiceKind::cli;
    project.refusal =
        fmt::format("{} is no web project: it is a command or a job, not a service", chosen.path);
    project.hint = "a service uses Microsoft.NET.Sdk.Web; Cloud Run jobs fit better";
    return;
  }
  project.kind = model::ServiceKind::service;
  project.framework = "asp.net";
  for (const auto& group : chosen.root.children)
    for (const auto& item : group.children)
      if (item.attribute("Include") == "Grpc.AspNetCore") project.protocol = model::Protocol::grpc;
  const std::size_t slash = chosen.path.rfind('/');
  dotnet.trims =
      !looks_up_types(tree, slash == std::string::npos ? "." : chosen.path.substr(0, slash), chosen.root);
  // ASP.NET Core 8 and later read ASPNETCORE_HTTP_PORTS, earlier ones ASPNETCORE_URLS.
  int major = 0;
  std::from_chars(project.version.data(), project.version.data() + project.version.size(), major);
  project.port.source = model::PortSource::variable;
  project.port.number = major >= 8 ? 8080U : 5000U;
  project.port.name = major >= 8 ? "ASPNETCORE_HTTP_PORTS" : "ASPNETCORE_URLS";
  project.evidence.push_back({fmt::format("port: ASP.NET Core reads {}", project.port.name), chosen.path, 1});
}

}  // namespace

std::string dotnet_marker(base::Files& files, const std::string& root) {
  const auto is_marker = [](const base::DirectoryEntry& entry) {
    const auto ends = [&entry](std::string_view ending) { return entry.name.ends_with(ending); };
    return entry.kind == FileKind::regular &&
           (ends(".sln") || ends(".slnx") || std::any_of(kProjectFiles.begin(), kProjectFiles.end(), ends));
  };
  const auto entries = files.list(root);
  if (!entries) return {};
  const auto found = std::find_if(entries->begin(), entries->end(), is_marker);
  return found == entries->end() ? std::string() : found->name;
}

base::Status detect_dotnet(base::Files& files, const std::string& root, const DetectOptions& options,
                           model::Project& project) {
  const ScriptTree tree(files, root, ScriptSyntax::java);
  CRT_ASSIGN(auto found, candidates(tree));
  project.module = root.substr(root.rfind('/') + 1);
  if (options.main) {
    const std::string wanted = base::join_path(".", *options.main);
    const auto chosen = std::find_if(found.begin(), found.end(),
                                     [&wanted](const Candidate& one) { return one.path == wanted; });
    if (chosen == found.end())
      return base::fail(base::ErrorCode::usage, fmt::format("there is no project file '{}'", *options.main));
    accept(tree, *chosen, project);
    return {};
  }
  for (const bool web : {true, false}) {
    std::vector<const Candidate*> fitting;
    for (const auto& one : found)
      if (web ? one.is_web : one.is_program) fitting.push_back(&one);
    if (fitting.size() == 1) {
      accept(tree, *fitting.front(), project);
      return {};
    }
    if (fitting.empty()) continue;
    for (const auto* one : fitting) {
      project.choices.push_back(one->path);
      project.evidence.push_back({fmt::format("project: {}", one->path), one->path, 1});
    }
    project.refusal = "there are several programs";
    project.hint = fmt::format("choose one: --main {}", project.choices.front());
    return {};
  }
  project.kind = model::ServiceKind::library;
  project.refusal = "no project here builds a program: this is a library";
  return {};
}

}  // namespace crtune::project
