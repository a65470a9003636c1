#include "core/project/detect.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using model::PortSource;
using model::ServiceKind;

namespace {

using Tree = std::map<std::string, std::string>;

model::Project detect(Tree tree, const std::string& main = "") {
  Tree placed;
  for (auto& [name, text] : tree) placed["/p/" + name] = std::move(text);
  placed.try_emplace("/p/go.mod", "module example.com/shop\n\ngo 1.26\n");
  test::MemoryFiles files(std::move(placed));
  auto project = project::detect(files, "/p", {.main = main.empty() ? std::nullopt : std::optional(main)});
  REQUIRE(project.has_value());
  return *project;
}

// A program around `body`, with the imports that the cases need.
std::string program(const std::string& body, const std::string& imports = "") {
  return "package main\nimport (\n\"net/http\"\n\"os\"\n" + imports + ")\nvar _ = os.Args\n" + body;
}
std::string listens(const std::string& address) {
  return program("func main() { http.ListenAndServe(" + address + ", nil) }\n");
}

struct PortCase {
  std::string body;
  std::string imports;
  std::optional<std::uint32_t> number;
  PortSource source;
  std::string name;
};

}  // namespace

TEST_CASE("the port and how it is set") {
  const std::vector<PortCase> cases = {
      {R"(func main() { p := os.Getenv("PORT"); if p == "" { p = "8080" }; http.ListenAndServe(":"+p, nil) })",
       "", 8080, PortSource::port_variable, "PORT"},
      {R"(func main() { a := ":8081"; if p := os.Getenv("PORT"); p != "" { a = ":" + p }; http.ListenAndServe(a, nil) })",
       "", 8081, PortSource::port_variable, "PORT"},
      {R"(func main() { http.ListenAndServe(":"+os.Getenv("PORT"), nil) })", "", std::nullopt,
       PortSource::port_variable, "PORT"},
      {R"(func main() { http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "8123"), nil) })", "\"cmp\"\n",
       8123, PortSource::port_variable, "PORT"},
      {R"(func env(k, d string) string { if v, ok := os.LookupEnv(k); ok { return v }; return d }
func main() { s := &http.Server{Addr: env("LISTEN", ":9000")}; s.ListenAndServe() })",
       "", 9000, PortSource::variable, "LISTEN"},
      {R"(var port = flag.Int("port", 7070, "")
func main() { flag.Parse(); http.ListenAndServe(fmt.Sprintf(":%d", *port), nil) })",
       "\"flag\"\n\"fmt\"\n", 7070, PortSource::flag, "port"},
      {R"(var addr string
func init() { flag.StringVar(&addr, "addr", ":7171", "") }
func main() { flag.Parse(); http.ListenAndServe(addr, nil) })",
       "\"flag\"\n", 7171, PortSource::flag, "addr"},
      {R"(type C struct { Addr string `env:"HTTP_LISTEN" envDefault:":8088"` }
func main() { var c C; s := http.Server{Addr: c.Addr}; s.ListenAndServe() })",
       "", 8088, PortSource::variable, "HTTP_LISTEN"},
      {R"(func serve(port string) { http.ListenAndServe(":"+port, nil) }
func main() { serve("8055") })",
       "", 8055, PortSource::hard_coded, ""},
      {R"(const port = "http"
func main() { http.ListenAndServe(net.JoinHostPort("", port), nil) })",
       "\"net\"\n", 80, PortSource::hard_coded, ""},
      {R"(func main() { go http.ListenAndServe(":9090", metrics()); http.ListenAndServe(":8080", nil) }
func metrics() http.Handler { return nil })",
       "", 8080, PortSource::hard_coded, ""},
      {R"(func main() { l, _ := net.Listen("tcp", ":5050"); http.Serve(l, nil) })", "\"net\"\n", 5050,
       PortSource::hard_coded, ""},
      {R"(func main() { http.ListenAndServe(unknown(), nil) })", "", std::nullopt, PortSource::none, ""},
      // A host is no port, whatever sets it.
      {R"(func main() { http.ListenAndServe(os.Getenv("HOST")+":8066", nil) })", "", 8066,
       PortSource::hard_coded, ""},
      {R"(var host = flag.String("addr", "", "")
func main() { http.ListenAndServe(net.JoinHostPort(*host, unknown()), nil) })",
       "\"flag\"\n\"net\"\n", std::nullopt, PortSource::none, ""},
      // Nor is a Unix socket that may be listened on instead.
      {R"(var sock = flag.String("unix-sock", "", "")
var port = flag.String("port", "8077", "")
func main() { var a string; if *sock != "" { a = *sock } else { a = ":" + *port }; l, _ := listen(a); http.Serve(l, nil) }
func listen(a string) (net.Listener, error) { return net.Listen("tcp", a) })",
       "\"flag\"\n\"net\"\n", 8077, PortSource::flag, "port"},
      {R"(func main() { l, _ := reuseport.Listen("tcp", ":8044"); http.Serve(l, nil) })",
       "reuseport \"github.com/kavu/go_reuseport\"\n", 8044, PortSource::hard_coded, ""},
  };
  for (const auto& entry : cases) {
    CAPTURE(entry.body);
    const auto project = detect({{"main.go", program(entry.body, entry.imports)}});
    CHECK(project.kind == ServiceKind::service);
    CHECK(project.port.number == entry.number);
    CHECK(project.port.source == entry.source);
    CHECK(project.port.name == entry.name);
  }
}

TEST_CASE("what never listens is no service") {
  for (const std::string body :
       {"func main() {}",
        "// http.ListenAndServe(\":1\", nil)\nvar s = `http.ListenAndServe(\":2\", nil)`\nfunc main() {}",
        "func unused() { http.ListenAndServe(\":1\", nil) }\nfunc main() {}"}) {
    CAPTURE(body);
    const auto project = detect({{"main.go", program(body)}});
    CHECK(project.kind == ServiceKind::cli);
    CHECK_FALSE(project.refusal.empty());
  }
  CHECK(detect({{"main.go", program("func main() { net.Listen(\"unix\", \"/s\") }", "\"net\"\n")}}).kind ==
        ServiceKind::cli);
  CHECK(detect({{"main.go", program("func main() { http.ListenAndServe(\"localhost:6060\", nil) }",
                                    "_ \"net/http/pprof\"\n")}})
            .kind == ServiceKind::cli);
  CHECK(detect({{"x.go", "package shop\n"}}).kind == ServiceKind::library);
  CHECK(
      detect({{"gen.go", "//go:build ignore\n\npackage main\nfunc main() {}\n"}, {"x.go", "package shop\n"}})
          .kind == ServiceKind::library);
}

TEST_CASE("which main package") {
  const std::string quiet = program("func main() {}\n");
  CHECK(detect({{"main.go", listens("\":1\"")}, {"cmd/shop/main.go", listens("\":2\"")}}).main == ".");
  CHECK(detect({{"cmd/shop/main.go", listens("\":1\"")}, {"cmd/a/main.go", listens("\":2\"")}}).main ==
        "cmd/shop");
  CHECK(detect({{"cmd/a/main.go", quiet}, {"cmd/b/main.go", listens("\":2\"")}}).main == "cmd/b");
  CHECK(detect({{"cmd/b/main.go", listens("\":2\"")}, {"examples/x/main.go", listens("\":3\"")}}).main ==
        "cmd/b");
  CHECK(detect({{"cmd/b/main.go", quiet}, {"vendor/v/main.go", listens("\":3\"")}}).main == "cmd/b");
  CHECK(detect({{"cmd/b/main.go", quiet}, {"nested/go.mod", "module n\n"}, {"nested/main.go", quiet}}).main ==
        "cmd/b");
  CHECK(detect({{"cmd/b/main.go", quiet}, {"cmd/w/main_windows.go", quiet}}).main == "cmd/b");

  const auto open = detect({{"cmd/a/main.go", listens("\":1\"")}, {"cmd/b/main.go", listens("\":2\"")}});
  CHECK_FALSE(open.main.has_value());
  CHECK(open.choices == std::vector<std::string>{"./cmd/a", "./cmd/b"});
  CHECK_FALSE(open.refusal.empty());
  const Tree two = {{"cmd/a/main.go", listens("\":1\"")}, {"cmd/b/main.go", listens("\":2\"")}};
  CHECK(detect(two, "./cmd/b").port.number == 2);
  CHECK(detect(two, "cmd/b/main.go").main == "cmd/b");
  CHECK(detect(two, "./cmd/c").choices.size() == 2);
}

TEST_CASE("files that are opened at run time") {
  const std::string body = R"(const dir = "web"
//go:embed page.html
var f embed.FS
func main() {
  os.ReadFile(filepath.Join(dir, "t", "index.html"))
  os.ReadFile("config.json"); os.ReadFile("absent.json"); os.ReadFile("server.key"); os.ReadFile("page.html")
  os.Open("data/" + os.Args[1])
  template.ParseGlob("views/*.tmpl")
  http.ListenAndServe(":80", http.FileServer(http.Dir("./static")))
})";
  const auto project =
      detect({{"main.go", program(body, "\"path/filepath\"\n\"html/template\"\n\"embed\"\n")},
              {"main_test.go", program("func x() { os.ReadFile(\"test.json\") }")},
              {"test.json", ""},
              {"web/t/index.html", ""},
              {"config.json", ""},
              {"server.key", ""},
              {"page.html", ""},
              {"data/a", ""},
              {"views/a.tmpl", ""},
              {"static/a.css", ""}});
  std::vector<std::string> paths;
  for (const auto& file : project.runtime_files) paths.push_back(file.path);
  CHECK(paths ==
        std::vector<std::string>{"config.json", "data", "static", "views/*.tmpl", "web/t/index.html"});
  REQUIRE(project.notes.size() == 1);
  CHECK(project.notes[0].find("server.key") != std::string::npos);
}

TEST_CASE("cgo is told") {
  const std::string main =
      program("func main() { http.ListenAndServe(\":1\", nil) }", "_ \"example.com/shop/c\"\n");
  CHECK(detect({{"main.go", main}, {"c/c.go", "package c\nimport \"C\"\n"}}).cgo);
  CHECK_FALSE(detect({{"main.go", main},
                      {"c/c.go", "package c\nimport \"C\"\n"},
                      {"c/pure.go", "//go:build !cgo\n\npackage c\n"}})
                  .cgo);
  CHECK_FALSE(detect({{"main.go", listens("\":1\"")}, {"c/c.go", "package c\nimport \"C\"\n"}}).cgo);
  CHECK(detect({{"main.go", program("func main() { http.ListenAndServe(\":1\", nil) }",
                                    "_ \"github.com/mattn/go-sqlite3\"\n")}})
            .cgo);
}

TEST_CASE("the version") {
  const std::string main = listens("\":1\"");
  CHECK(detect({{"main.go", main}}).version_source == "go.mod go");
  CHECK(detect({{"main.go", main}, {".go-version", "1.26.2\n"}}).version == "1.26.2");
  CHECK(detect({{"main.go", main}, {".tool-versions", "nodejs 20\ngolang 1.26.3\n"}}).version == "1.26.3");
  CHECK(detect({{"main.go", main}, {"mise.toml", "[tools]\ngo = \"1.26.4\"\n"}}).version == "1.26.4");
  const auto project = detect(
      {{"main.go", main}, {".go-version", "1.20"}, {"go.mod", "module x\ngo 1.25\ntoolchain go1.26.1\n"}});
  CHECK(project.version == "1.26.1");
  CHECK(project.version_source == "go.mod toolchain");
}

TEST_CASE("HTTP/2 without TLS counts where nothing can leave it off") {
  const std::string imports = "\"golang.org/x/net/http2\"\n\"golang.org/x/net/http2/h2c\"\n";
  const std::vector<std::pair<std::string, model::Protocol>> cases = {
      {"func main() { h := h2c.NewHandler(mux, &http2.Server{}); http.ListenAndServe(\":80\", h) }",
       model::Protocol::h2c},
      {"func main() { if err := set(); err != nil { return }; h := h2c.NewHandler(mux, &http2.Server{}); "
       "http.ListenAndServe(\":80\", h) }",
       model::Protocol::h2c},
      {"func main() { h := mux; if cfg.H2C { h = h2c.NewHandler(mux, &http2.Server{}) }; "
       "http.ListenAndServe(\":80\", h) }",
       model::Protocol::http},
      {"func main() { http.ListenAndServe(\":80\", wrap()) }\n"
       "func wrap() http.Handler { if !cfg.H2C.Enabled { return mux }; return h2c.NewHandler(mux, nil) }",
       model::Protocol::http},
      {"func main() { p.SetUnencryptedHTTP2(true); http.ListenAndServe(\":80\", nil) }",
       model::Protocol::h2c},
      {"func main() { p.SetUnencryptedHTTP2(cfg.H2C); http.ListenAndServe(\":80\", nil) }",
       model::Protocol::http},
  };
  for (const auto& [body, protocol] : cases) {
    const std::string shown(body);
    CAPTURE(shown);
    const auto project = detect({{"main.go", program(body, imports)}});
    CHECK(project.protocol == protocol);
    CHECK(project.notes.empty() == (protocol == model::Protocol::h2c));
  }
}

TEST_CASE("of HTTP and gRPC the protocol is that of the port that was chosen") {
  const std::string imports = "\"net\"\n\"google.golang.org/grpc\"\n";
  const std::string start =
      "func main() { s := grpc.NewServer(); l, _ := net.Listen(\"tcp\", grpcAddress); go s.Serve(l); ";
  const auto both = detect(
      {{"main.go", program("var grpcAddress = \":\" + os.Getenv(\"GRPC_PORT\")\n" + start +
                               "m, _ := net.Listen(\"tcp\", \":\" + os.Getenv(\"PORT\")); h.Serve(m) }",
                           imports)}});
  CHECK(both.protocol == model::Protocol::http);
  CHECK(both.port.name == "PORT");
  const auto alone = detect(
      {{"main.go", program("var grpcAddress = \":\" + os.Getenv(\"PORT\")\n" + start + "}", imports)}});
  CHECK(alone.protocol == model::Protocol::grpc);
}

TEST_CASE("a library is not containerised for the sake of its examples") {
  const Tree tree = {{"lib.go", "package shop\n"}, {"examples/web/main.go", listens("\":8080\"")}};
  const auto asked = detect(tree);
  CHECK(asked.kind == ServiceKind::library);
  CHECK_FALSE(asked.main.has_value());
  CHECK(asked.choices == std::vector<std::string>{"./examples/web"});
  CHECK(detect(tree, "./examples/web").kind == ServiceKind::service);
  // Without a library beside it, the only program is what there is.
  CHECK(detect({{"examples/web/main.go", listens("\":8080\"")}}).main == "examples/web");
}

TEST_CASE("a field that viper fills has no variable unless its key is known") {
  const auto port = [](const std::string& more) {
    return detect(
               {{"main.go",
                 program("type C struct { Port string `mapstructure:\"port\"` }\nfunc main() { "
                         "viper.SetEnvPrefix(\"shop\"); viper.AutomaticEnv(); " +
                             more + "var c C; viper.Unmarshal(&c); http.ListenAndServe(\":\"+c.Port, nil) }",
                         "\"github.com/spf13/viper\"\n")}})
        .port;
  };
  CHECK(port("").source == PortSource::none);
  CHECK(port("viper.SetDefault(\"port\", \"8090\"); ").name == "SHOP_PORT");
}
