#include "core/project/java_project.hpp"

#include "core/base/path.hpp"
#include "core/project/java_build.hpp"
#include "core/project/path_pattern.hpp"
#include "core/project/script_port.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace crtune::project {

using base::FileKind;
using base::join_path;

namespace {

constexpr std::size_t kMaxSources = 3000;

struct Framework {
  std::string_view dependency;  // the start of group:artifact, or a part of a catalogue's name
  std::string_view name;
  std::string_view variable;  // that sets its port
  std::string_view property;  // in its configuration
};
constexpr auto kFrameworks = std::to_array<Framework>(
    {{"org.springframework.boot:spring-boot-starter-web", "spring-boot", "SERVER_PORT", "server.port"},
     {"org.springframework.boot", "spring-boot", "SERVER_PORT", "server.port"},
     {"io.quarkus", "quarkus", "QUARKUS_HTTP_PORT", "quarkus.http.port"},
     {"io.micronaut", "micronaut", "MICRONAUT_SERVER_PORT", "micronaut.server.port"},
     {"io.javalin", "javalin", "", ""},
     {"com.sparkjava", "spark", "", ""},
     {"io.vertx", "vertx", "", ""},
     {"io.helidon", "helidon", "SERVER_PORT", "server.port"},
     {"io.grpc", "grpc", "", ""}});

// Calls that listen, with the argument that is the port. Sources: the JDK's and the libraries' documentation.
struct Call {
  std::string_view name;
  std::size_t port;
  std::string_view framework;
};
constexpr auto kCalls = std::to_array<Call>({{"InetSocketAddress", 0, "jdk.httpserver"},
                                             {"ServerSocket", 0, "sockets"},
                                             {"forPort", 0, "grpc"},
                                             {"start", 0, "javalin"},
                                             {"port", 0, "spark"},
                                             {"listen", 0, "vertx"}});

struct Main {
  std::string class_name;
  std::string path;
  std::uint64_t line = 0;
  bool spring = false;
  bool listens = false;
};

class Detector {
 public:
  Detector(base::Files& files, const std::string& root, const DetectOptions& options, model::Project& project)
      : tree_(files, root, ScriptSyntax::java),
        options_(options),
        project_(project),
        java_(project.java.emplace()) {}

  base::Status run() {
    CRT_ASSIGN(build_, read_java_build(tree_, project_));
    if (project_.module.empty()) project_.module = tree_.root().substr(tree_.root().rfind('/') + 1);
    find_framework();
    read_sources();
    CRT_TRY(choose_main());
    if (project_.kind == model::ServiceKind::service) finish();
    return {};
  }

 private:
  void find_framework() {
    for (const auto& framework : kFrameworks)
      for (const auto& dependency : build_.dependencies) {
        if (!dependency.starts_with(framework.dependency)) continue;
        framework_ = &framework;
        project_.framework = framework.name;
        java_.spring_boot = java_.spring_boot || framework.name == "spring-boot";
        java_.quarkus = framework.name == "quarkus";
        return;
      }
    if (java_.spring_boot) {
      framework_ = kFrameworks.data();
      project_.framework = "spring-boot";
    }
  }

  void read_sources() {
    static constexpr auto kEndings = std::to_array<std::string_view>({".java"});
    for (const char* folder : {"src/main/java", "src", "."}) {
      const auto paths = tree_.find(kEndings, folder, 14);
      if (paths.empty()) continue;
      java_.source_folder = folder;
      for (std::size_t i = 0; i < std::min(paths.size(), kMaxSources); ++i)
        if (const auto* file = tree_.open(paths[i])) sources_.push_back(file);
      break;
    }
    if (tree_.kind("src/main/resources") == FileKind::directory) java_.resource_folder = "src/main/resources";
    for (const auto* file : sources_) find_mains(*file);
  }

  // package a.b; class C { public static void main(String[] …) }
  void find_mains(const ScriptFile& file) {
    const auto& tokens = file.tokens;
    std::string package;
    bool spring = false;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
      if (tokens[i].is("package") && package.empty())
        for (std::size_t at = i + 1; at < tokens.size() && !tokens[at].is(";"); ++at)
          package += tokens[at].text;
      spring = spring || tokens[i].is("@SpringBootApplication");
      if (!tokens[i].is("void") || !tokens[i + 1].is("main") || !tokens[i + 2].is("(")) continue;
      std::string name = file.path.substr(file.path.rfind('/') + 1);
      name.resize(name.size() - 5);
      mains_.push_back({package.empty() ? name : package + "." + name, file.path, tokens[i].line, spring,
                        call_in(file).has_value()});
      return;
    }
  }

  static std::optional<std::pair<const Call*, std::size_t>> call_in(const ScriptFile& file) {
    const auto& tokens = file.tokens;
    for (std::size_t i = 1; i + 2 < std::min<std::size_t>(tokens.size(), 100'000); ++i) {
      if (!tokens[i].is_identifier() || !tokens[i + 1].is("(")) continue;
      for (const auto& call : kCalls) {
        if (!tokens[i].is(call.name)) continue;
        const bool made = call.name == "InetSocketAddress" || call.name == "ServerSocket";
        if (made != tokens[i - 1].is("new") || tokens[i + 2].is(")")) continue;
        if (!made && call.name != "forPort" && file.text->find(call.framework) == std::string::npos) continue;
        return std::pair(&call, i);
      }
    }
    return std::nullopt;
  }

  base::Status choose_main() {
    const std::string wanted = options_.main.value_or(java_.main_class);
    const Main* chosen = nullptr;
    for (const auto& main : mains_)
      if (main.class_name == wanted || main.path == wanted) chosen = &main;
    if (options_.main && chosen == nullptr)
      return base::fail(base::ErrorCode::usage, fmt::format("there is no main class '{}'", *options_.main),
                        {}, "the name with its package, such as com.example.Main");
    const auto only = [this](auto condition) -> const Main* {
      const auto count = std::count_if(mains_.begin(), mains_.end(), condition);
      return count == 1 ? &*std::find_if(mains_.begin(), mains_.end(), condition) : nullptr;
    };
    // A build may start its client as well.
    if (const Main* listening = only([](const Main& main) { return main.listens; });
        !options_.main && chosen != nullptr && !chosen->listens && listening != nullptr)
      chosen = listening;
    if (chosen == nullptr && mains_.size() == 1) chosen = &mains_.front();
    if (chosen == nullptr) chosen = only([](const Main& main) { return main.spring; });
    if (chosen == nullptr) chosen = only([](const Main& main) { return main.listens; });
    if (chosen != nullptr) {
      accept(*chosen);
    } else if (java_.quarkus) {
      project_.kind = model::ServiceKind::service;
      project_.main = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
      project_.evidence.push_back({"main: Quarkus makes its own", "pom.xml", 1});
    } else {
      refuse();
    }
    return {};
  }

  void accept(const Main& main) {
    java_.main_class = main.class_name;
    project_.main = main.class_name;
    project_.evidence.push_back({fmt::format("main: {}", main.class_name), main.path, main.line});
    // What it does itself counts before what other programs of the same sources do.
    std::stable_partition(sources_.begin(), sources_.end(),
                          [&main](const ScriptFile* file) { return file->path == main.path; });
    const bool listens = std::any_of(sources_.begin(), sources_.end(),
                                     [](const ScriptFile* file) { return call_in(*file).has_value(); });
    const bool web = framework_ != nullptr && (framework_->name != "spring-boot" || has_web());
    if (listens || web) {
      project_.kind = model::ServiceKind::service;
      return;
    }
    project_.kind = model::ServiceKind::cli;
    project_.refusal =
        fmt::format("{} never listens: it is a command or a job, not a service", main.class_name);
    project_.hint = "a service must listen on a port; Cloud Run jobs fit better";
  }

  bool has_web() const {
    return build_.dependencies.empty() ||
           std::any_of(build_.dependencies.begin(), build_.dependencies.end(), [](const std::string& name) {
             return name.find("starter-web") != std::string::npos ||
                    name.find("starter-graphql") != std::string::npos ||
                    name.find("starter-jersey") != std::string::npos ||
                    name.find("gateway") != std::string::npos ||
                    name.find("eureka-server") != std::string::npos ||
                    name.find("config-server") != std::string::npos ||
                    name.find("admin-server") != std::string::npos ||
                    name.find("libs.") != std::string::npos || name == "libs";
           });
  }

  void refuse() {
    if (!build_.modules.empty() && !options_.is_member) {
      offer_modules();
      return;
    }
    if (mains_.empty()) {
      project_.kind = model::ServiceKind::library;
      project_.refusal = "no class has a main method: this is a library";
      return;
    }
    for (const auto& main : mains_) {
      project_.choices.push_back(main.class_name);
      project_.evidence.push_back({fmt::format("main class: {}", main.class_name), main.path, main.line});
    }
    project_.refusal = "there are several main classes";
    project_.hint = fmt::format("choose one: --main {}", project_.choices.front());
  }

  void offer_modules() {
    constexpr std::size_t kMost = 60;
    for (std::size_t i = 0; i < std::min(build_.modules.size(), kMost); ++i) {
      std::string folder = build_.modules[i];
      std::replace(folder.begin(), folder.end(), ':', '/');
      while (folder.starts_with("/")) folder.erase(0, 1);
      folder = join_path(".", folder);
      if (folder.starts_with("..") || tree_.kind(folder) != FileKind::directory) continue;
      model::Project member;
      member.language = "java";
      DetectOptions plain = options_;
      plain.main.reset();
      plain.is_member = true;
      if (!detect_java(tree_.files(), tree_.root() + "/" + folder, plain, member) ||
          member.kind != model::ServiceKind::service)
        continue;
      project_.choices.push_back(folder);
      project_.evidence.push_back(
          {fmt::format("service: {}, {}", folder, member.main.value_or("")), folder, 0});
    }
    project_.refusal = "this is a build of several modules";
    project_.hint =
        "run init in the module of the service, if it builds on its own; a build of all modules needs a "
        "Dockerfile by hand";
  }

  void finish() {
    if (java_.tool == model::JavaTool::gradle && !java_.spring_boot && !java_.application_plugin) {
      project_.refusal = "build.gradle has no plugin that gathers what runs";
      project_.hint = "add `id 'application'` to its plugins";
      return;
    }
    find_port();
    if (project_.framework == "grpc") project_.protocol = model::Protocol::grpc;
    find_files();
  }

  void find_port() {
    if (framework_ != nullptr && !framework_->property.empty()) {
      find_configured_port();
      return;
    }
    ScriptPortReader reader(sources_);
    for (const auto* file : sources_) {
      const auto call = call_in(*file);
      if (!call) continue;
      const auto arguments = arguments_of(file->tokens, call->second + 1);
      // new InetSocketAddress("0.0.0.0", 8080)
      const std::size_t place =
          arguments.size() > 1 && call->first->name == "InetSocketAddress" ? 1 : call->first->port;
      ScriptPort value = reader.read(*file, arguments[std::min(place, arguments.size() - 1)]);
      if (place == 1)
        value.loopback = file->tokens[arguments[0].begin].text == "localhost" ||
                         file->tokens[arguments[0].begin].text == "127.0.0.1";
      if (project_.framework.empty()) project_.framework = call->first->framework;
      set_port(value, {.file = file->path, .line = file->tokens[call->second].line}, project_);
      return;
    }
    set_port({}, {.file = mains_.empty() ? "" : mains_.front().path, .line = 1}, project_);
  }

  // server.port=${PORT:8080}, or the variable that the framework reads anyway.
  void find_configured_port() {
    ScriptPort value = {.number = 8080, .variable = std::string(framework_->variable)};
    const std::string property(framework_->property);
    for (const char* name : {"application.properties", "application.yml", "application.yaml"}) {
      const std::string path = join_path("src/main/resources", name);
      const std::string text = tree_.text_of(path);
      std::string line;
      std::uint64_t number = 0;
      find_setting(text, std::string_view(name).ends_with(".properties"), property, line, number);
      if (line.empty()) continue;
      value.place = {.file = path, .line = number};
      if (line.starts_with("${")) {
        const std::size_t colon = line.find(':');
        value.variable = line.substr(2, line.find_first_of(":}") - 2);
        value.number = colon == std::string::npos
                           ? std::nullopt
                           : port_of(line.substr(colon + 1, line.find('}') - colon - 1));
      } else if (const auto fixed = port_of(line)) {
        value.number = fixed;
      }
      break;
    }
    set_port(value, {.file = java_.manifests.empty() ? "" : java_.manifests.front(), .line = 1}, project_);
  }

  static void find_setting(std::string_view text, bool properties, const std::string& property,
                           std::string& value, std::uint64_t& line) {
    const std::string section = property.substr(0, property.rfind('.'));
    const std::string last = property.substr(property.rfind('.') + 1) + ":";
    bool inside = false;
    for (std::uint64_t number = 1; !text.empty(); ++number) {
      std::string_view row = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(row.size() + 1, text.size()));
      const bool top = !row.empty() && row[0] != ' ' && row[0] != '#';
      if (top) inside = row.starts_with(section.substr(0, section.find('.')) + ":");
      row.remove_prefix(std::min(row.find_first_not_of(" \t"), row.size()));
      const bool found = properties ? row.starts_with(property + "=") || row.starts_with(property + " ")
                                    : (inside && row.starts_with(last)) || row.starts_with(property + ":");
      if (!found) continue;
      row.remove_prefix(row.find_first_of(properties ? "=" : ":") == std::string_view::npos
                            ? row.size()
                            : row.find_first_of(properties ? "=" : ":") + 1);
      for (const char c : row)
        if (c != ' ' && c != '\r' && c != '"' && c != '\'') value += c;
      line = number;
      return;
    }
  }

  // Path.of("data/rates.json"), new File("…"), new FileReader("…")
  void find_files() {
    static constexpr auto kOpeners = std::to_array<std::string_view>(
        {"of", "get", "File", "FileReader", "FileInputStream", "externalLocation"});
    for (const auto* file : sources_) {
      const auto& tokens = file->tokens;
      for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        const bool opens = tokens[i + 1].is("(") && tokens[i + 2].is_string() &&
                           std::find(kOpeners.begin(), kOpeners.end(), tokens[i].text) != kOpeners.end();
        if (!opens || tokens[i + 2].text.size() > 300 || tokens[i + 2].text.empty()) continue;
        std::string path;
        for (const auto& argument : arguments_of(tokens, i + 1))
          if (tokens[argument.begin].is_string())
            path += (path.empty() ? "" : "/") + std::string(tokens[argument.begin].text);
        add_file(join_path(".", path), *file, tokens[i].line);
      }
    }
    for (const auto& file : project_.runtime_files) {
      const std::string top = file.path.substr(0, file.path.find('/'));
      if (std::find(java_.copied.begin(), java_.copied.end(), top) != java_.copied.end()) continue;
      java_.copied.push_back(top);
      if (tree_.kind(top) == FileKind::directory) java_.copied_folders.push_back(top);
    }
  }

  void add_file(const std::string& path, const ScriptFile& file, std::uint32_t line) {
    if (path.starts_with("..") || path.starts_with("/") || path == "." || path.starts_with("src") ||
        is_secret_name(path))
      return;
    const auto kind = tree_.kind(path);
    if (kind != FileKind::regular && kind != FileKind::directory) return;
    for (const auto& known : project_.runtime_files)
      if (known.path == path) return;
    project_.runtime_files.push_back({path, path, kind == FileKind::directory});
    project_.evidence.push_back({"runtime file: " + path, file.path, line});
  }

  ScriptTree tree_;
  const DetectOptions& options_;
  model::Project& project_;
  model::JavaProject& java_;
  JavaBuild build_;
  const Framework* framework_ = nullptr;
  std::vector<const ScriptFile*> sources_;
  std::vector<Main> mains_;
};

}  // namespace

base::Status detect_java(base::Files& files, const std::string& root, const DetectOptions& options,
                         model::Project& project) {
  return Detector(files, root, options, project).run();
}

}  // namespace crtune::project
