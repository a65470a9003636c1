#include "core/base/path.hpp"
#include "core/generate/dockerfiles.hpp"
#include "core/generate/go_image.hpp"
#include "core/generate/listening.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/releases.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::generate {

using base::join_path;
using model::PythonManager;
using model::PythonServer;

namespace {

// Packages that have no ready binaries: they are compiled, and load a library of the system.
struct Compiled {
  std::string_view package;
  std::string_view library;
};
constexpr auto kCompiled = std::to_array<Compiled>({{"psycopg2", "libpq5"},
                                                    {"mysqlclient", "libmariadb3"},
                                                    {"python-ldap", "libldap-2.5-0"},
                                                    {"pycairo", "libcairo2"},
                                                    {"uwsgi", "libxml2"},
                                                    {"pygraphviz", "libgraphviz-dev"}});

std::vector<std::string> libraries_of(const model::PythonProject& python) {
  std::vector<std::string> names;
  for (const auto& row : kCompiled)
    if (std::find(python.packages.begin(), python.packages.end(), row.package) != python.packages.end())
      names.emplace_back(row.library);
  return names;
}

struct Image {
  std::string version;
  std::string comment;
};

// Python's minor versions are what images are tagged by.
Image image_of(const model::Project& project) {
  const std::size_t dot = project.version.find('.');
  const std::string minor =
      dot == std::string::npos ? "" : project.version.substr(0, project.version.find('.', dot + 1));
  if (minor.empty())
    return {std::string(preferred_release("python").version), release_comment("python", "Python", "")};
  if (version_less(minor, "3.8"))
    return {std::string(oldest_supported("python").version),
            fmt::format("The project allows Python {}; {} is the oldest that gets security fixes ({}).",
                        project.version, oldest_supported("python").version, kReleasesDate)};
  return {minor, release_comment("python", "Python", project.version)};
}

struct Install {
  std::string tools;        // installed into the build image first
  std::string environment;  // for them
  std::string cache = "/root/.cache/pip";
  std::string command;
};

Install install_of(const model::PythonProject& python) {
  const std::string into = "pip --python /venv/bin/python install --no-compile";
  const std::string requirements = python.manifests.empty() ? "" : python.manifests.front();
  switch (python.manager) {
    case PythonManager::uv:
      if (python.is_locked)
        return {"'uv~=0.9'", "UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/venv",
                "/root/.cache/uv", "uv sync --locked --no-dev --no-install-project"};
      return {"'uv~=0.9'", "UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never", "/root/.cache/uv",
              "uv pip install --python /venv/bin/python -r pyproject.toml"};
    case PythonManager::poetry:
      return {"'poetry~=2.1'", "VIRTUAL_ENV=/venv", "/root/.cache/pypoetry",
              "PATH=/venv/bin:$PATH poetry install --only main --no-root --no-interaction"};
    case PythonManager::pipenv:
      return {"'pipenv~=2025.0'", "", "/root/.cache/pip",
              fmt::format("pipenv requirements{} > /tmp/requirements.txt && {} -r /tmp/requirements.txt",
                          python.is_locked ? "" : " --from-pipfile", into)};
    case PythonManager::pip:
    case PythonManager::none: break;
  }
  return {"", "", "/root/.cache/pip",
          requirements.empty() ? "true" : fmt::format("{} -r {}", into, requirements)};
}

base::Result<std::vector<std::string>> copies_of(const std::vector<std::string>& paths,
                                                 const std::vector<std::string>& folders) {
  std::vector<std::string> lines;
  std::vector<std::string> files;
  const auto add = [&lines](const std::vector<std::string>& arguments) -> base::Status {
    auto line = copy_arguments(arguments);
    if (!line)
      return base::fail(base::ErrorCode::usage,
                        fmt::format("the path {} cannot be named in a Dockerfile", arguments.front()));
    lines.push_back(*std::move(line));
    return {};
  };
  for (const auto& path : paths) {
    const bool folder = std::find(folders.begin(), folders.end(), path) != folders.end();
    const bool nested = path.find('/') != std::string::npos;
    if (folder)
      CRT_TRY(add({path + "/", "./" + path + "/"}));
    else if (nested)
      CRT_TRY(add({path, "./" + path}));
    else
      files.push_back(path);
  }
  if (files.empty()) return lines;
  files.emplace_back("./");
  CRT_TRY(add(files));
  return lines;
}

std::string entrypoint(const model::PythonProject& python) {
  std::vector<std::string> words;
  switch (python.server) {
    case PythonServer::gunicorn:
      words = {"gunicorn",
               "--workers=1",
               "--threads=8",
               "--timeout=0",
               "--worker-tmp-dir=/dev/shm",
               python.application + (python.factory ? "()" : "")};
      break;
    case PythonServer::uvicorn:
      words = {"uvicorn", "--host=0.0.0.0"};
      if (python.factory) words.emplace_back("--factory");
      words.push_back(python.application);
      break;
    case PythonServer::script: words = {"python", join_path("/app", python.script)}; break;
  }
  words.insert(words.end(), python.arguments.begin(), python.arguments.end());
  return joined_json(words);
}

void set_installs(const model::PythonProject& python, TemplateValues& values) {
  const Install install = install_of(python);
  values.set_optional("tools", install.tools).set_optional("environment_of_tools", install.environment);
  values.set("cache", install.cache).set("install", install.command);
  TemplateValues::Items server;
  if (python.adds_server) {
    const bool asgi = python.server == PythonServer::uvicorn;
    const std::string name = asgi ? "uvicorn" : "gunicorn";
    server.emplace_back()
        .set("comment",
             fmt::format("The project does not name its server; name {} among its dependencies to pin it.",
                         name))
        .set("command", "pip --python /venv/bin/python install --no-compile " +
                            std::string(asgi ? "'uvicorn~=0.38'" : "'gunicorn~=23.0'"));
  }
  values.set_items("server", std::move(server));
}

}  // namespace

base::Result<GeneratedFile> python_dockerfile(const model::Project& project, const GenerateOptions& options) {
  const auto& python = *project.python;
  if (options.base == BaseImage::scratch)
    return base::fail(base::ErrorCode::usage, "python needs a C library: --base static does not fit", {},
                      "--base distroless or debian-slim");
  const Image image = image_of(project);
  const auto libraries = libraries_of(python);
  const bool installs = python.manager != PythonManager::none;
  CRT_ASSIGN(const auto manifests, copies_of(python.manifests, {}));
  CRT_ASSIGN(const auto copies, copies_of(python.copied, python.copied_folders));
  const Listening where = listening(project, options);
  const std::string slim = fmt::format("python:{}-slim-bookworm", image.version);
  TemplateValues values;
  values.set("build_image", libraries.empty() ? slim : fmt::format("python:{}-bookworm", image.version));
  values.set("image_comment", image.comment).set("final_image", slim).set("service", options.service);
  values.set("final_comment",
             "Python without compilers. Wheels are built for its C library, and venv needs the same Python.");
  std::string names;
  for (const auto& name : libraries) names += (names.empty() ? "" : " ") + name;
  values.set_flag("installs", installs).set_optional("libraries", names).set_texts("manifests", manifests);
  set_installs(python, values);
  values.set_texts("copies", copies);
  values.set_optional("collect", python.collects_static
                                     ? fmt::format("{}python {} collectstatic --noinput",
                                                   installs ? "PATH=/venv/bin:$PATH " : "", python.manage)
                                     : "");
  values.set("compiled", installs ? "/app /venv" : "/app");
  const std::string folder = join_path("/app", python.source_folder);
  values.set_optional("python_path", folder == "/app" ? "" : folder)
      .set("workdir", python.manage.empty() ? "/app" : folder);
  values.set("entrypoint", entrypoint(python)).set("port", std::to_string(where.port));
  values.set_optional("arguments", joined_json(where.arguments));
  set_image_environment(where, values);
  CRT_ASSIGN(std::string text, render_embedded("docker/python/Dockerfile", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

}  // namespace crtune::generate
