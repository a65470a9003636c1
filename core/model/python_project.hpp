// What was found out about a Python project.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::model {

enum class PythonManager : std::uint8_t { none, pip, uv, poetry, pipenv };
enum class PythonServer : std::uint8_t { script, gunicorn, uvicorn };

struct PythonProject {
  PythonManager manager = PythonManager::none;  // none: nothing is installed
  std::vector<std::string>
      manifests;                      // what installing reads: requirements files, pyproject.toml, lock files
  bool is_locked = false;             // by uv.lock, poetry.lock or Pipfile.lock
  std::vector<std::string> packages;  // names that are asked for, in lower case with dashes
  PythonServer server = PythonServer::script;
  bool adds_server = false;            // the project does not ask for its server
  std::string application;             // module:object, for a server
  bool factory = false;                // the object is a function that makes the application
  std::string script;                  // the file that python runs, where it is its own server
  std::vector<std::string> arguments;  // of the script
  std::string source_folder = ".";     // where modules are looked for: "." or "src"
  bool collects_static = false;        // Django's files for browsers are gathered in a build step
  std::string manage;                  // Django's manage.py
  std::vector<std::string>
      copied;  // from the project's folder: files and folders that the program is made of
  std::vector<std::string> copied_folders;
};

}  // namespace crtune::model
