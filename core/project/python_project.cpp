#include "core/project/python_project.hpp"

#include "core/base/path.hpp"
#include "core/project/node_start.hpp"
#include "core/project/path_pattern.hpp"
#include "core/project/python_manifest.hpp"
#include "core/project/python_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace crtune::project {

using base::FileKind;
using base::join_path;
using model::PythonServer;

namespace {

constexpr std::size_t kMaxCandidates = 400;  // files that are looked into for an application
constexpr auto kUsualNames = std::to_array<std::string_view>(
    {"main.py", "app.py", "server.py", "wsgi.py", "asgi.py", "application.py", "api.py", "run.py",
     "app/main.py", "src/main.py", "src/app.py", "api/main.py", "backend/main.py", "app/__init__.py",
     "app/app.py", "src/app/main.py", "__main__.py"});

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

class Detector {
 public:
  Detector(base::Files& files, const std::string& root, const DetectOptions& options, model::Project& project)
      : tree_(files, root, ScriptSyntax::python),
        options_(options),
        project_(project),
        python_(project.python.emplace()) {}

  base::Status run() {
    CRT_TRY(read_python_manifests(tree_, options_, project_));
    if (project_.module.empty()) project_.module = tree_.root().substr(tree_.root().rfind('/') + 1);
    if (options_.main) {
      CRT_TRY(use_chosen(*options_.main));
    } else if (!use_procfile() && !use_django() && !use_application()) {
      use_script();
    }
    if (project_.kind != model::ServiceKind::service) {
      refuse();
      return {};
    }
    finish();
    return {};
  }

 private:
  void add_main(const std::string& main, const std::string& how, const std::string& file,
                std::uint64_t line) {
    project_.main = main;
    project_.evidence.push_back({fmt::format("main: {}, {}", main, how), file, line});
  }

  bool use_application(const PythonApplication& application, const std::string& how) {
    const auto* start = &application;
    python_.source_folder =
        application.path.starts_with("src/") && tree_.kind("src/__init__.py") == FileKind::absent ? "src"
                                                                                                  : ".";
    python_.application = module_of(start->path, python_.source_folder) + ":" + start->object;
    python_.factory = start->factory;
    python_.server = start->asgi ? PythonServer::uvicorn : PythonServer::gunicorn;
    project_.framework = start->framework;
    for (const char* name : {"fastapi", "starlette", "flask", "django", "falcon", "bottle"})
      if (project_.framework.empty() && needs_package(python_, name)) project_.framework = name;
    project_.kind = model::ServiceKind::service;
    program_ = reach_python_program(tree_, start->path, python_.source_folder);
    add_main(python_.application, how, start->path, start->line);
    return true;
  }

  // "module:object", or a file.
  base::Status use_chosen(const std::string& main) {
    const std::size_t colon = main.find(':');
    if (colon == std::string::npos && main.ends_with(".py") && tree_.open(join_path(".", main)) != nullptr) {
      use_file(join_path(".", main), "chosen");
      return {};
    }
    const std::string path = colon == std::string::npos ? std::string() : file_of(main.substr(0, colon));
    if (path.empty() || tree_.open(path) == nullptr)
      return base::fail(base::ErrorCode::usage, fmt::format("there is no file or module '{}'", main), {},
                        "a file such as main.py, or an application such as main:app");
    PythonApplication chosen = {
        .path = path, .object = main.substr(colon + 1), .asgi = needs_package(python_, "uvicorn"), .line = 1};
    for (auto& found : find_applications(*tree_.open(path)))
      if (found.object == chosen.object) chosen = found;
    use_application(chosen, "chosen");
    return {};
  }

  std::string file_of(std::string module) const {
    std::replace(module.begin(), module.end(), '.', '/');
    for (const char* folder : {"", "src/"})
      for (const char* ending : {".py", "/__init__.py"})
        if (const auto path = folder + module + ending; tree_.kind(path) == FileKind::regular) return path;
    return {};
  }

  // web: gunicorn shop.wsgi:application
  bool use_procfile() {
    const std::string text = tree_.text_of("Procfile", 65536);
    const std::size_t at = ("\n" + text).find("\nweb:");
    if (text.empty() || at == std::string::npos) return false;
    const auto words = shell_words(text.substr(at + 4, text.find('\n', at + 4) - at - 4));
    for (const auto& word : words) {
      const std::size_t colon = word.find(':');
      if (colon != std::string::npos && !word.starts_with("-") && word.find('/') == std::string::npos) {
        const std::string object = word.substr(colon + 1, word.find('(') - colon - 1);
        if (file_of(word.substr(0, colon)).empty() || object.empty()) continue;
        const bool asgi = words.front() == "uvicorn" || text.find("UvicornWorker") != std::string::npos;
        PythonApplication application = {
            .path = file_of(word.substr(0, colon)), .object = object, .asgi = asgi, .line = 1};
        if (const auto* file = tree_.open(application.path))
          for (const auto& found : find_applications(*file)) application.framework = found.framework;
        if (application.framework.empty() && needs_package(python_, "django"))
          application.framework = "django";
        return use_application(application, "the Procfile's web process");
      }
    }
    return false;
  }

  bool use_django() {
    if (!needs_package(python_, "django") && tree_.kind("manage.py") != FileKind::regular) return false;
    static constexpr auto kServers = std::to_array<std::string_view>({"wsgi.py", "asgi.py"});
    const auto found = tree_.find(kServers, ".", 3);
    const bool asgi = needs_package(python_, "channels") || needs_package(python_, "daphne");
    for (const char* name : {asgi ? "asgi.py" : "wsgi.py", asgi ? "wsgi.py" : "asgi.py"})
      for (const auto& path : found) {
        if (!path.ends_with(name)) continue;
        // The folder of manage.py is where Django's modules are looked for.
        const std::string base = folder_of(folder_of(path));
        const std::string manage = join_path(base, "manage.py");
        const bool here = tree_.kind(manage) == FileKind::regular;
        project_.framework = "django";
        project_.kind = model::ServiceKind::service;
        python_.source_folder = here ? base : ".";
        python_.manage = here ? manage : "";
        python_.server = path.ends_with("asgi.py") ? PythonServer::uvicorn : PythonServer::gunicorn;
        python_.application = module_of(path, python_.source_folder) + ":application";
        python_.collects_static = here && settings_say(folder_of(path), "STATIC_ROOT");
        add_main(python_.application, "Django's entry for servers", path, 1);
        program_ = reach_python_program(tree_, path, python_.source_folder);
        copy_whole_ = true;
        return true;
      }
    return false;
  }

  bool settings_say(const std::string& folder, std::string_view word) const {
    for (const char* name :
         {"settings.py", "settings/base.py", "settings/production.py", "settings/common.py"})
      if (tree_.text_of(join_path(folder, name)).find(word) != std::string::npos) return true;
    return false;
  }

  std::vector<std::string> candidates() const {
    std::vector<std::string> paths;
    for (const auto name : kUsualNames)
      if (tree_.kind(std::string(name)) == FileKind::regular) paths.emplace_back(name);
    static constexpr auto kEndings = std::to_array<std::string_view>({".py"});
    for (auto& path : tree_.find(kEndings, ".", 5)) {
      if (paths.size() >= kMaxCandidates) break;
      if (std::find(paths.begin(), paths.end(), path) == paths.end() && !is_test_path(path))
        paths.push_back(std::move(path));
    }
    return paths;
  }

  // The application of a usual name, the only one, or several to choose from.
  bool use_application() {
    std::vector<PythonApplication> found;
    for (const auto& path : candidates()) {
      const auto* file = tree_.open(path);
      if (file == nullptr) continue;
      auto here = find_applications(*file);
      if (here.empty()) continue;
      // An object is there when the module is loaded; a function must be called.
      std::stable_sort(here.begin(), here.end(),
                       [](const auto& a, const auto& b) { return a.factory < b.factory; });
      found.push_back(here.front());
      const bool usual = std::find(kUsualNames.begin(), kUsualNames.end(), path) != kUsualNames.end();
      if (usual && !here.front().factory) break;
    }
    if (found.empty()) return false;
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      const auto unusual = [](const PythonApplication& one) {
        return std::find(kUsualNames.begin(), kUsualNames.end(), one.path) == kUsualNames.end();
      };
      return std::pair(unusual(a), a.factory) < std::pair(unusual(b), b.factory);
    });
    const bool usual =
        std::find(kUsualNames.begin(), kUsualNames.end(), found.front().path) != kUsualNames.end();
    if (found.size() == 1 || usual || found.front().factory != found[1].factory)
      return use_application(found.front(), fmt::format("the {} application", found.front().framework));
    for (const auto& application : found) {
      const std::string name = module_of(application.path, ".") + ":" + application.object;
      project_.choices.push_back(name);
      project_.evidence.push_back({fmt::format("application: {}, {}", name, application.framework),
                                   application.path, application.line});
    }
    project_.refusal = "there are several applications";
    project_.hint = fmt::format("choose one: --main {}", project_.choices.front());
    return false;
  }

  void use_script() {
    if (!project_.choices.empty()) return;
    std::vector<std::string> serving;
    for (const auto& path : candidates()) {
      const auto* file = tree_.open(path);
      if (file == nullptr || !find_python_listener({file})) continue;
      const bool usual = std::find(kUsualNames.begin(), kUsualNames.end(), path) != kUsualNames.end();
      serving.push_back(path);
      if (usual) break;
    }
    const bool usual = !serving.empty() &&
                       std::find(kUsualNames.begin(), kUsualNames.end(), serving.back()) != kUsualNames.end();
    if (serving.empty()) {
      // The listener may be in a module that a usual script imports.
      for (const auto name : kUsualNames) {
        const std::string path(name);
        if (tree_.kind(path) != FileKind::regular) continue;
        use_file(path, "a usual name");
        return;
      }
      return;
    }
    if (serving.size() == 1 || usual) {
      use_file(serving.back(), "the script that listens");
      return;
    }
    project_.choices = serving;
    project_.refusal = "several scripts listen";
    project_.hint = fmt::format("choose one: --main {}", serving.front());
  }

  void use_file(const std::string& path, const std::string& how) {
    python_.script = path;
    python_.source_folder = folder_of(path) == "src" ? "src" : ".";
    program_ = reach_python_program(tree_, path, folder_of(path));
    add_main(path, how, path, 1);
    const auto listener = find_python_listener(program_);
    if (listener) project_.kind = model::ServiceKind::service;
  }

  void refuse() {
    if (!project_.refusal.empty()) return;
    const bool packaged =
        tree_.kind("setup.py") == FileKind::regular || tree_.kind("pyproject.toml") == FileKind::regular;
    if (project_.main && !(packaged && python_.script.find("__main__") != std::string::npos)) {
      project_.kind = model::ServiceKind::cli;
      project_.refusal =
          fmt::format("{} never listens: it is a command or a job, not a service", *project_.main);
      project_.hint = "a service must listen on a port; Cloud Run jobs fit better";
      return;
    }
    project_.main.reset();
    const bool commands = tree_.text_of("pyproject.toml").find("scripts]") != std::string::npos;
    project_.kind = commands ? model::ServiceKind::cli : model::ServiceKind::library;
    project_.refusal = commands
                           ? "pyproject.toml names commands, and nothing listens: this is no service"
                           : "no application and no script that listens was found: this looks like a library";
    project_.hint = "name the application with --main, such as main:app";
  }

  void finish() {
    const auto listener = find_python_listener(program_);
    const bool own = python_.server == PythonServer::script;
    if (own && project_.framework.empty()) project_.framework = listener->framework;
    // A program that reads PORT and starts its server itself is run as it is.
    const bool starts_itself = listener && !own && !listener->development && !listener->port.loopback &&
                               !python_.factory && listener->port.variable == "PORT" &&
                               python_.server == PythonServer::uvicorn &&
                               listener->place.file == program_.front()->path;
    if (starts_itself) {
      python_.server = PythonServer::script;
      python_.script = listener->place.file;
    }
    if (listener && (own || starts_itself)) {
      set_port(listener->port, listener->place, project_);
      if (listener->grpc) project_.protocol = model::Protocol::grpc;
    } else if (listener && listener->port.is_known()) {
      ScriptPort quiet = listener->port;
      quiet.loopback = false;  // the server of the image listens elsewhere
      set_port(quiet, listener->place, project_);
    }
    if (listener && listener->development && own)
      project_.notes.push_back(
          fmt::format("{}:{} starts a server for development", listener->place.file, listener->place.line));
    add_server();
    note_signals();
    find_python_files(tree_, program_, project_);
    find_copied();
  }

  void add_server() {
    if (python_.server == PythonServer::script) return;
    const char* name = python_.server == PythonServer::uvicorn ? "uvicorn" : "gunicorn";
    python_.adds_server = !needs_package(python_, name);
    if (!python_.adds_server) return;
    if (python_.manager == model::PythonManager::none) python_.manager = model::PythonManager::pip;
    project_.notes.push_back(
        fmt::format("{} is not among the dependencies: the Dockerfile adds its newest version; name it "
                    "yourself to pin it",
                    name));
  }

  void note_signals() {
    if (python_.server != PythonServer::script) return;
    const bool handled = std::any_of(program_.begin(), program_.end(), [](const ScriptFile* file) {
      return file->text->find("SIGTERM") != std::string::npos ||
             file->text->find("uvicorn") != std::string::npos ||
             file->text->find("run_app") != std::string::npos;
    });
    if (!handled)
      project_.notes.emplace_back(
          "no source handles SIGTERM: as process 1 python ignores it, and Cloud Run kills it ten seconds "
          "later; "
          "signal.signal(signal.SIGTERM, …) that ends the server closes it in time");
  }

  void find_copied() {
    std::set<std::string> copied;
    for (const auto* file : program_) project_.kept_files.push_back(file->path);
    for (const auto& file : project_.runtime_files)
      for (auto& path : files_below(tree_.files(), tree_.root(), file.path, 5000))
        project_.kept_files.push_back(std::move(path));
    const std::string base = python_.manage.empty() ? "." : folder_of(python_.manage);
    for (const auto* file : program_) copied.insert(top_of(file->path));
    for (const auto& file : project_.runtime_files) copied.insert(top_of(file.path));
    if (copy_whole_) {
      // Django loads applications, templates and translations by names in its settings.
      const auto entries = tree_.files().list(tree_.root() + (base == "." ? "" : "/" + base));
      for (const auto& entry : *entries) {
        const bool folder =
            entry.kind == FileKind::directory && entry.name[0] != '.' && !is_test_path(entry.name + "/x");
        const bool script = entry.kind == FileKind::regular && entry.name.ends_with(".py");
        static constexpr auto kOthers = std::to_array<std::string_view>(
            {"node_modules", "venv", "env", "__pycache__", "media", "staticfiles"});
        if ((folder || script) && std::find(kOthers.begin(), kOthers.end(), entry.name) == kOthers.end())
          copied.insert(top_of(join_path(base, entry.name)));
      }
    }
    for (const auto& path : copied) {
      python_.copied.push_back(path);
      if (tree_.kind(path) == FileKind::directory) python_.copied_folders.push_back(path);
    }
  }

  static std::string top_of(const std::string& path) { return path.substr(0, path.find('/')); }

  ScriptTree tree_;
  const DetectOptions& options_;
  model::Project& project_;
  model::PythonProject& python_;
  std::vector<const ScriptFile*> program_;
  bool copy_whole_ = false;
};

}  // namespace

base::Status detect_python(base::Files& files, const std::string& root, const DetectOptions& options,
                           model::Project& project) {
  return Detector(files, root, options, project).run();
}

}  // namespace crtune::project
