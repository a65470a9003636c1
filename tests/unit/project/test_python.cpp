#include "core/platform/documents.hpp"
#include "core/project/detect.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using model::PortSource;
using model::PythonManager;
using model::PythonServer;
using model::ServiceKind;

namespace {

using Tree = std::map<std::string, std::string>;

model::Project detect(const Tree& tree, const std::string& main = "") {
  Tree placed;
  for (const auto& [name, text] : tree) placed["/p/" + name] = text;
  test::MemoryFiles files(std::move(placed));
  const platform::ParsedDocuments documents;
  auto project = project::detect(
      files, "/p", {.main = main.empty() ? std::nullopt : std::optional(main), .documents = &documents});
  REQUIRE(project.has_value());
  return *project;
}

const std::string kServe = "from http.server import HTTPServer\nHTTPServer(('', 8000), H).serve_forever()\n";
const std::string kFlask = "from flask import Flask\napp = Flask(__name__)\n";

}  // namespace

TEST_CASE("the port of a Python script and how it is set") {
  struct Case {
    std::string source;
    std::optional<std::uint32_t> number;
    PortSource source_kind;
    std::string name;
  };
  const std::vector<Case> cases = {
      {"HTTPServer(('', int(os.environ.get('PORT', 8080))), H)", 8080, PortSource::port_variable, "PORT"},
      {"PORT = int(os.getenv('PORT', '5050'))\nHTTPServer(('0.0.0.0', PORT), H)", 5050,
       PortSource::port_variable, "PORT"},
      {"port = os.environ['PORT']\nHTTPServer(('', int(port)), H)", std::nullopt, PortSource::port_variable,
       "PORT"},
      {"port = os.environ.get('WEB_PORT') or 7000\nweb.run_app(app, port=port)", 7000, PortSource::variable,
       "WEB_PORT"},
      {"web.run_app(app)", 8080, PortSource::hard_coded, ""},
      {"p = argparse.ArgumentParser()\np.add_argument('--port', type=int, default=9000)\nargs = "
       "p.parse_args()\n"
       "HTTPServer(('', args.port), H)",
       9000, PortSource::flag, "port"},
      {"class Settings(BaseSettings):\n    http_port: int = 8123\nsettings = Settings()\n"
       "uvicorn.run(app, host='0.0.0.0', port=settings.http_port)",
       8123, PortSource::variable, "HTTP_PORT"},
      {"socketserver.TCPServer(('', 8888), H)", 8888, PortSource::hard_coded, ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.source);
    const auto project = detect({{"main.py", one.source + "\n"}});
    CHECK(project.kind == ServiceKind::service);
    CHECK(project.python->server == PythonServer::script);
    CHECK(project.port.number == one.number);
    CHECK(project.port.source == one.source_kind);
    CHECK(project.port.name == one.name);
  }
  CHECK(detect({{"main.py", "HTTPServer(('127.0.0.1', 8000), H)\n"}}).port.loopback);
}

TEST_CASE("applications and their servers") {
  const auto fastapi =
      detect({{"requirements.txt", "FastAPI[standard]>=0.1 # web\n-r more.txt\n"},
              {"more.txt", "Jinja2\n"},
              {"app/__init__.py", ""},
              {"app/main.py", "from fastapi import FastAPI\nfrom app import routes\napp = FastAPI()\n"},
              {"app/routes.py", ""}});
  CHECK(fastapi.main == "app.main:app");
  CHECK(fastapi.framework == "fastapi");
  CHECK(fastapi.python->server == PythonServer::uvicorn);
  CHECK_FALSE(fastapi.python->adds_server);
  CHECK(fastapi.python->manifests == std::vector<std::string>{"requirements.txt", "more.txt"});
  const auto flask = detect({{"requirements.txt", "flask\n"}, {"app.py", kFlask}, {"templates/x.html", ""}});
  CHECK(flask.main == "app:app");
  CHECK(flask.python->server == PythonServer::gunicorn);
  CHECK(flask.python->adds_server);
  REQUIRE(flask.runtime_files.size() == 1);
  CHECK(flask.runtime_files[0].path == "templates");
  const auto factory =
      detect({{"requirements.txt", "flask\n"},
              {"shop/__init__.py",
               "from flask import Flask\ndef create_app():\n    app = Flask('x')\n    return app\n"}});
  CHECK(factory.main == "shop:create_app");
  CHECK(factory.python->factory);
  const auto source =
      detect({{"requirements.txt", "starlette\nuvicorn\n"},
              {"src/web/__init__.py", ""},
              {"src/web/site.py", "from starlette.applications import Starlette\nsite = Starlette()\n"}});
  CHECK(source.main == "web.site:site");
  CHECK(source.python->source_folder == "src");
  const auto django = detect({{"requirements.txt", "Django==5\n"},
                              {"manage.py", ""},
                              {"shop/settings.py", "STATIC_ROOT = 'x'"},
                              {"shop/wsgi.py", ""},
                              {"cart/models.py", ""}});
  CHECK(django.main == "shop.wsgi:application");
  CHECK(django.python->collects_static);
  CHECK(django.python->copied == std::vector<std::string>{"cart", "manage.py", "shop"});
  const auto procfile =
      detect({{"requirements.txt", "flask\ngunicorn\n"},
              {"Procfile", "web: gunicorn -w 2 odd.place:thing\n"},
              {"odd/place.py", "from flask import Flask\nthing = Flask('x')\nother = Flask('y')\n"}});
  CHECK(procfile.main == "odd.place:thing");
}

TEST_CASE("a program that starts uvicorn on PORT itself is run as it is") {
  const auto project = detect({{"requirements.txt", "fastapi\nuvicorn\n"},
                               {"main.py",
                                "from fastapi import FastAPI\nimport uvicorn, os\napp = FastAPI()\n"
                                "if __name__ == '__main__':\n    uvicorn.run(app, host='0.0.0.0', "
                                "port=int(os.environ.get('PORT', 8000)))\n"}});
  CHECK(project.python->server == PythonServer::script);
  CHECK(project.port.source == PortSource::port_variable);
}

TEST_CASE("versions and managers of Python projects") {
  const auto with = [](Tree tree) {
    tree["main.py"] = kServe;
    return detect(tree);
  };
  CHECK(with({{".python-version", "3.12.1\n"}}).version == "3.12.1");
  CHECK(with({{"runtime.txt", "python-3.11.4\n"}}).version == "3.11.4");
  CHECK(with({{"Pipfile", "[packages]\nx = \"*\"\n[requires]\npython_version = \"3.10\"\n"}}).version ==
        "3.10");
  const auto uv =
      with({{"pyproject.toml",
             "[project]\nname = \"a\"\nrequires-python = \">=3.11,<4\"\ndependencies = [\"x\"]\n"},
            {"uv.lock", ""}});
  CHECK(uv.version == "3.11");
  CHECK(uv.version_source == "pyproject.toml requires-python");
  CHECK(uv.python->manager == PythonManager::uv);
  CHECK(uv.python->is_locked);
  CHECK(with({{"pyproject.toml",
               "[tool.poetry]\nname = \"a\"\n[tool.poetry.dependencies]\npython = \"^3.12\"\n"}})
            .python->manager == PythonManager::poetry);
  CHECK(with({}).python->manager == PythonManager::none);
}

TEST_CASE("Python projects that are no service") {
  CHECK(detect({{"setup.py", "setup()"}, {"lib/__init__.py", ""}}).kind == ServiceKind::library);
  CHECK(detect({{"main.py", "print('x')\n"}}).kind == ServiceKind::cli);
  const auto two = detect({{"requirements.txt", "flask\n"}, {"one.py", kFlask}, {"two.py", kFlask}});
  CHECK(two.choices == std::vector<std::string>{"one:app", "two:app"});
  CHECK(detect({{"requirements.txt", "flask\n"}, {"one.py", kFlask}, {"two.py", kFlask}}, "two:app").main ==
        "two:app");
}

TEST_CASE("files that a Python program opens") {
  const auto project =
      detect({{"main.py",
               "HERE = Path(__file__).parent\nopen('a.txt')\n(HERE / 'data' / 'b.json').read_text()\n"
               "os.path.join(os.path.dirname(__file__), 'c', 'd.csv')\nopen('.env')\nopen('none')\n" +
                   kServe},
              {"a.txt", ""},
              {"data/b.json", ""},
              {"c/d.csv", ""},
              {".env", ""}});
  std::vector<std::string> paths;
  for (const auto& file : project.runtime_files) paths.push_back(file.path);
  CHECK(paths == std::vector<std::string>{"a.txt", "c/d.csv", "data/b.json"});
}
