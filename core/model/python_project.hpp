// What was found out about a Python project.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::model {

enum class PythonManager : std::uint8_t { none, pip, uv, poetry, pipenv };
enum class PythonServer : std::uint8_t { script, gunicorn, uvicorn };

struct PythonProject {
  // What installing reads: requirements files, pyproject.toml, lock files.
  std::vector<std::string> manifests;
  std::vector<std::string> packages;   // names that are asked for, in lower case with dashes
  std::string application;             // module:object, for a server
  std::string script;                  // the file that python runs, where it is its own server
  std::vector<std::string> arguments;  // of the script
  std::string source_folder = ".";     // where modules are looked for: "." or "src"
  std::string manage;                  // Django's manage.py
  // From the project's folder: files and folders that the program is made of.
  std::vector<std::string> copied;
  std::vector<std::string> copied_folders;
  PythonManager manager = PythonManager::none;  // none: nothing is installed
  PythonServer server = PythonServer::script;
  bool is_locked = false;        // by uv.lock, poetry.lock or Pipfile.lock
  bool adds_server = false;      // the project does not ask for its server
  bool factory = false;          // the object is a function that makes the application
  bool collects_static = false;  // Django's files for browsers are gathered in a build step
};

}  // namespace crtune::model
