// What was found out about a source tree, as plain data: facts, the places that prove them, open choices.
#pragma once

#include "core/model/dotnet_project.hpp"
#include "core/model/go_build.hpp"
#include "core/model/java_project.hpp"
#include "core/model/native_project.hpp"
#include "core/model/node_project.hpp"
#include "core/model/python_project.hpp"
#include "core/model/static_site.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crtune::model {

enum class ServiceKind : std::uint8_t { service, cli, library, static_site };
enum class Protocol : std::uint8_t { http, h2c, grpc };

// How the program learns its port: the variable PORT, another variable, a flag, not at all (hard-coded), or
// nothing that was recognised.
enum class PortSource : std::uint8_t { port_variable, variable, flag, hard_coded, none };

// A fact and the line that proves it. `file` is relative to the project's folder; line 0 is the whole file.
struct Evidence {
  std::string fact;
  std::string file;
  std::uint64_t line = 0;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

struct Port {
  std::optional<std::uint32_t> number;  // what it listens on when nothing is set
  PortSource source = PortSource::none;
  std::string name;            // of the variable or the flag
  bool holds_address = false;  // that variable or flag holds ":8080", not "8080"
  bool loopback = false;       // the address names this host only, where Cloud Run cannot reach it
};

// Something that the program opens while it runs.
struct RuntimeFile {
  std::string path;    // from the project's folder: a file, a folder, or a pattern with `*`
  std::string opened;  // as the program names it, relative to its working directory
  bool folder = false;
};

struct Project {
  std::string language;  // go, c, c++, rust, node, python, java, dotnet, static, or empty
  std::string module;    // the module path
  std::string version;   // what the project declares, without prefix
  std::string version_source;
  std::string go_line;    // the hard minimum: go.mod's go line, empty where there is none
  std::string framework;  // net/http, gin, … or empty
  std::optional<std::string> main;
  std::optional<ServiceKind> kind;
  bool cgo = false;
  Port port;
  Protocol protocol = Protocol::http;
  std::vector<RuntimeFile> runtime_files;

  bool has_sum = false;
  bool needs_sum = false;  // go.mod requires modules that are not in the tree
  bool vendored = false;
  bool uses_time_zones = false;
  bool grpc_health = false;  // a gRPC health service is registered
  std::string command;       // the sub-command that starts the server, or empty
  std::vector<LocalModule> local_modules;
  std::vector<std::string> kept_files;  // files that the build needs: what //go:embed names
  // All that the build reads, as files and folders; empty where that cannot be told.
  std::vector<std::string> build_inputs;
  NativeCode native;  // where cgo is true
  std::vector<std::string> build_tags;
  std::vector<LinkVariable> link_variables;
  std::vector<BuildArgument> build_arguments;  // that link_variables name
  std::string private_modules;  // patterns of modules that no public proxy has, as GOPRIVATE takes them
  std::vector<FrontEnd> front_ends;
  std::optional<Workspace> workspace;
  std::optional<NativeProject> native_build;  // of C and C++
  std::optional<RustProject> rust;
  // How many requests the program can serve at a time where its source tells, and the reason; 0: not known.
  std::uint32_t concurrency = 0;
  std::string concurrency_reason;

  std::optional<NodeProject> node;
  std::optional<PythonProject> python;
  std::optional<JavaProject> java;
  std::optional<DotnetProject> dotnet;
  std::optional<StaticSite> site;

  std::vector<Evidence> evidence;
  std::vector<std::string> choices;  // main packages, when it must ask
  std::vector<std::string> notes;    // what a person should know, a sentence each
  std::string refusal;               // why nothing can be written; empty if all is well
  std::string hint;                  // what to do about the refusal
};

}  // namespace crtune::model
