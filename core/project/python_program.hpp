// Modules of a Python project: what they import, where they make an application or listen, what they open.
#pragma once

#include "core/model/project.hpp"
#include "core/project/script_port.hpp"
#include "core/project/script_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crtune::project {

// `app = FastAPI()` at the top of a module, or a function create_app that returns one.
struct PythonApplication {
  std::string path;  // of the file
  std::string object = {};
  std::string framework = {};  // fastapi, flask, …
  bool asgi = false;
  bool factory = false;
  std::uint64_t line = 0;
};
std::vector<PythonApplication> find_applications(const ScriptFile& file);

// A call that listens: HTTPServer((host, port), …), uvicorn.run(…), web.run_app(…).
struct PythonListener {
  ScriptPort port;
  base::Place place;
  std::string framework;     // http.server, aiohttp, …; of a framework's own server the framework
  bool development = false;  // Flask's app.run, or one that reloads
  bool grpc = false;
};
std::optional<PythonListener> find_python_listener(const std::vector<const ScriptFile*>& files);

// `start` and all modules of the project that it imports, also through others, looked for in `source_folder`.
std::vector<const ScriptFile*> reach_python_program(ScriptTree& tree, const std::string& start,
                                                    const std::string& source_folder);

// Existing files and folders that the program opens while it runs.
void find_python_files(const ScriptTree& tree, const std::vector<const ScriptFile*>& files,
                       model::Project& project);

// src/shop/main.py is shop.main where modules are looked for in src.
std::string module_of(const std::string& path, const std::string& source_folder);

}  // namespace crtune::project
