// Settings that libraries fill from the environment, and listeners that are not the service.
#include "core/project/detect.hpp"
#include "core/project/envconfig_names.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using model::PortSource;

namespace {

model::Project detect(std::map<std::string, std::string> tree) {
  std::map<std::string, std::string> placed = {{"/p/go.mod", "module example.com/shop\n\ngo 1.26\n"}};
  for (auto& [name, text] : tree) placed["/p/" + name] = std::move(text);
  test::MemoryFiles files(std::move(placed));
  auto project = project::detect(files, "/p", {});
  REQUIRE(project.has_value());
  return *project;
}

std::string with_imports(const std::string& imports, const std::string& body) {
  return "package main\nimport (\n\"fmt\"\n\"net/http\"\n" + imports + ")\n" + body;
}

std::string described(const model::Project& project) {
  const std::string number = project.port.number ? std::to_string(*project.port.number) : "none";
  switch (project.port.source) {
    case PortSource::port_variable: return "PORT " + number;
    case PortSource::variable: return "env:" + project.port.name + " " + number;
    case PortSource::flag: return "flag:" + project.port.name + " " + number;
    case PortSource::hard_coded: return "hard-coded " + number;
    case PortSource::none: break;
  }
  return "none";
}

std::string port_of(const std::string& imports, const std::string& body) {
  return described(detect({{"main.go", with_imports(imports, body)}}));
}

const std::string kEnvconfig = "\"github.com/kelseyhightower/envconfig\"\n";
const std::string kServe = "\tfmt.Println(http.ListenAndServe(fmt.Sprintf(\":%d\", cfg.Port), nil))\n}\n";

}  // namespace

TEST_CASE("envconfig names a variable after its prefix and field") {
  const std::string call = "func main() {\n\tvar cfg Config\n\tenvconfig.Process(\"myapp\", &cfg)\n";
  CHECK(port_of(kEnvconfig, "type Config struct {\n\tPort int\n}\n" + call + kServe) ==
        "env:MYAPP_PORT none");
  CHECK(port_of(kEnvconfig, "type Config struct {\n\tPort int `default:\"9000\"`\n}\n" + call + kServe) ==
        "env:MYAPP_PORT 9000");
  // The library looks for the name without a prefix as well, where the tag gives one.
  CHECK(port_of(kEnvconfig, "type Config struct {\n\tPort int `envconfig:\"PORT\" default:\"9000\"`\n}\n" +
                                call + kServe) == "PORT 9000");
  const std::string bare = "func main() {\n\tvar cfg Config\n\tenvconfig.MustProcess(\"\", &cfg)\n";
  CHECK(port_of(kEnvconfig, "type Config struct {\n\tPort int `default:\"9000\"`\n}\n" + bare + kServe) ==
        "PORT 9000");
  const std::string field =
      "\tfmt.Println(http.ListenAndServe(fmt.Sprintf(\":%d\", cfg.HTTPPort), nil))\n}\n";
  CHECK(port_of(kEnvconfig, "type Config struct {\n\tHTTPPort int `split_words:\"true\"`\n}\n" + call +
                                field) == "env:MYAPP_HTTP_PORT none");
  CHECK(port_of(kEnvconfig, "type Config struct {\n\tHTTPPort int\n}\n" + call + field) ==
        "env:MYAPP_HTTPPORT none");
  const std::string nested =
      "\tfmt.Println(http.ListenAndServe(fmt.Sprintf(\":%d\", cfg.Web.Port), nil))\n}\n";
  CHECK(port_of(kEnvconfig, "type Config struct {\n\tWeb struct { Port int }\n\tDb struct { Port int }\n}\n" +
                                call + nested) == "env:MYAPP_WEB_PORT none");
  CHECK(port_of(kEnvconfig, "type Web struct { Port int }\ntype Config struct {\n\tWeb\n}\n" + call +
                                kServe) == "env:MYAPP_PORT none");
}

TEST_CASE("words of a field's name") {
  CHECK(project::split_words("Port") == "Port");
  CHECK(project::split_words("MultiWordVarWithAutoSplit") == "Multi_Word_Var_With_Auto_Split");
  CHECK(project::split_words("MultiWordACRWithAutoSplit") == "Multi_Word_ACR_With_Auto_Split");
  CHECK(project::split_words("EmbeddedURL") == "Embedded_URL");
  CHECK(project::split_words("port") == "port");
  CHECK(project::split_words("").empty());
}

TEST_CASE("prefixes of nested structs") {
  const std::string env = "\"github.com/caarlos0/env/v11\"\n";
  const std::string types =
      "type HTTP struct {\n\tPort int `env:\"PORT\" envDefault:\"8001\"`\n}\n"
      "type Config struct {\n\tDB struct {\n\t\tPort int `env:\"PORT\" envDefault:\"5432\"`\n\t} "
      "`envPrefix:\"DB_\"`\n"
      "\tHTTP HTTP `envPrefix:\"HTTP_\"`\n}\n";
  const std::string serve =
      "\tfmt.Println(http.ListenAndServe(fmt.Sprintf(\":%d\", cfg.HTTP.Port), nil))\n}\n";
  CHECK(port_of(env, types + "func main() {\n\tvar cfg Config\n\tenv.Parse(&cfg)\n" + serve) ==
        "env:HTTP_PORT 8001");
  CHECK(port_of(env, types +
                         "func main() {\n\tcfg := Config{}\n\tenv.ParseWithOptions(&cfg, env.Options{Prefix: "
                         "\"APP_\"})\n" +
                         serve) == "env:APP_HTTP_PORT 8001");
  // The struct is passed on: the prefix stays.
  CHECK(port_of(env, types +
                         "func run(c HTTP) {\n\tfmt.Println(http.ListenAndServe(fmt.Sprintf(\":%d\", "
                         "c.Port), nil))\n}\n" +
                         "func main() {\n\tvar cfg Config\n\tenv.Parse(&cfg)\n\trun(cfg.HTTP)\n}\n") ==
        "env:HTTP_PORT 8001");
  CHECK(
      port_of(
          "\"github.com/sethvargo/go-envconfig\"\n",
          "type HTTP struct {\n\tPort int `env:\"PORT, default=8002\"`\n}\n"
          "type Config struct {\n\tHTTP *HTTP `env:\", prefix=WEB_\"`\n}\nfunc main() {\n\tvar cfg Config\n" +
              serve) == "env:WEB_PORT 8002");
}

TEST_CASE("settings of the same name in other structs are other settings") {
  const std::string types =
      "type GRPC struct { Addr string }\ntype HTTP struct { Addr string }\n"
      "type Config struct {\n\tGRPC GRPC\n\tHTTP HTTP\n}\n"
      "func defaults() *Config {\n\treturn &Config{GRPC: GRPC{Addr: \":8081\"}, HTTP: HTTP{Addr: "
      "\":8080\"}}\n}\n";
  CHECK(port_of("", types + "func main() {\n\tcfg := defaults()\n\thttp.ListenAndServe(cfg.HTTP.Addr, "
                            "nil)\n\tfmt.Print()\n}\n") == "hard-coded 8080");
  CHECK(port_of("\"github.com/spf13/viper\"\n",
                types + "func main() {\n\tcfg := defaults()\n\tviper.BindEnv(\"grpc.addr\", \"SHOP_GRPC\")\n"
                        "\tviper.BindEnv(\"http.addr\", \"SHOP_HTTP\")\n\tviper.Unmarshal(cfg)\n"
                        "\thttp.ListenAndServe(cfg.HTTP.Addr, nil)\n\tfmt.Print()\n}\n") ==
        "env:SHOP_HTTP 8080");
}

TEST_CASE("methods of a type that nothing makes do not run") {
  const std::string generated =
      "package restapi\nimport (\n\"net\"\n\"os\"\n)\nvar Spec = \"{}\"\n"
      "type Server struct { Port int `env:\"PORT\"` }\nfunc NewServer() *Server { return &Server{} }\n"
      "func (s *Server) Serve() error {\n\tl, err := net.Listen(\"tcp\", \":\"+os.Getenv(\"PORT\"))\n\t_ = "
      "l\n\treturn err\n}\n";
  const auto program = [&](const std::string& body) {
    return described(detect({{"restapi/server.go", generated},
                             {"main.go", with_imports("\"example.com/shop/restapi\"\n", body)}}));
  };
  CHECK(program("func main() {\n\tfmt.Print(restapi.Spec)\n\ts := &http.Server{Addr: "
                "\":9093\"}\n\ts.ListenAndServe()\n}\n") == "hard-coded 9093");
  CHECK(program("func main() {\n\tfmt.Print(http.StatusOK)\n\trestapi.NewServer().Serve()\n}\n") ==
        "PORT none");
}

TEST_CASE("a health endpoint of its own is not the service") {
  const std::string health =
      "package health\nimport \"net\"\ntype health struct { Addr string }\n"
      "func Start() {\n\th := &health{}\n\tif h.Addr == \"\" {\n\t\th.Addr = "
      "\":8080\"\n\t}\n\tnet.Listen(\"tcp\", h.Addr)\n}\n";
  CHECK(described(detect(
            {{"health/health.go", health},
             {"main.go",
              with_imports(
                  "\"flag\"\n\"net\"\n\"example.com/shop/health\"\n",
                  "var port string\nfunc main() {\n\tflag.StringVar(&port, \"dns.port\", \"53\", \"\")\n"
                  "\thealth.Start()\n\tl, _ := net.Listen(\"tcp\", where())\n"
                  "\tfmt.Print(http.Serve(l, nil))\n}\nfunc where() string { return unknown[0] }\n")}})) ==
        "flag:dns.port 53");
}

TEST_CASE("a server that holds its configuration") {
  const std::string types =
      "type Config struct {\n\tPort string `mapstructure:\"port\"`\n}\ntype Server struct {\n\tconfig "
      "*Config\n}\n"
      "func (s *Server) Run() { http.ListenAndServe(\":\"+s.config.Port, nil) }\n";
  CHECK(port_of("\"github.com/spf13/viper\"\n\"github.com/spf13/pflag\"\n",
                types + "func main() {\n\tpflag.Int(\"port\", 9898, "
                        "\"\")\n\tviper.SetEnvPrefix(\"SHOP\")\n\tviper.AutomaticEnv()\n"
                        "\tvar cfg Config\n\tviper.Unmarshal(&cfg)\n\ts := &Server{config: "
                        "&cfg}\n\ts.Run()\n\tfmt.Print()\n}\n") == "env:SHOP_PORT 9898");
}
