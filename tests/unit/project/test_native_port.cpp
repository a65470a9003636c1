#include "tests/unit/project/native_detection.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using model::PortSource;
using model::Protocol;
using model::ServiceKind;
using test::detect_native;

namespace {

struct PortCase {
  std::string text;
  std::optional<std::uint32_t> number;
  PortSource source;
  std::string name;
};

model::Project cpp(const std::string& text) {
  return detect_native(
      {{"CMakeLists.txt", "project(app CXX)\nadd_executable(app main.cpp)\n"}, {"main.cpp", text}});
}

model::Project rust(const std::string& text, const std::string& dependencies = "") {
  return detect_native({{"Cargo.lock", "version = 4\n"},
                        {"Cargo.toml", "[package]\nname = \"app\"\n[dependencies]\n" + dependencies},
                        {"src/main.rs", text}});
}

const std::string kSockets = "#include <sys/socket.h>\nint main() { bind(s, &a, n); listen(s, 128); ";

}  // namespace

TEST_CASE("the port of a C or C++ program and how it is set") {
  const std::vector<PortCase> cases = {
      {kSockets + "a.sin_port = htons(8080); }", 8080, PortSource::hard_coded, ""},
      {"#define PORT_NUMBER 9090\n" + kSockets + "a.sin_port = htons(PORT_NUMBER); }", 9090,
       PortSource::hard_coded, ""},
      {"constexpr int kPort{7001};\n" + kSockets + "a.sin_port = htons(kPort); }", 7001,
       PortSource::hard_coded, ""},
      {kSockets +
           "const char* p = getenv(\"PORT\"); int port = p ? atoi(p) : 8081; a.sin_port = htons(port); }",
       8081, PortSource::port_variable, "PORT"},
      {kSockets + "int port = 5000; if (auto* p = std::getenv(\"PORT\")) port = std::stoi(p); a.sin_port = "
                  "htons(port); }",
       5000, PortSource::port_variable, "PORT"},
      {kSockets + "int port = strtol(getenv(\"HTTP_PORT\"), nullptr, 10); a.sin_port = htons(port); }",
       std::nullopt, PortSource::variable, "HTTP_PORT"},
      {"int port_of() { if (auto* p = getenv(\"PORT\")) return atoi(p); return 6000; }\n" + kSockets +
           "a.sin_port = htons(port_of()); }",
       6000, PortSource::port_variable, "PORT"},
      {"void serve(int port) { bind(s, &a, n); listen(s, 5); a.sin_port = htons(port); }\nint main() { "
       "serve(4000); }",
       4000, PortSource::hard_coded, ""},
      {"#include \"httplib.h\"\nint main() { httplib::Server svr; svr.listen(\"0.0.0.0\", 1234); }", 1234,
       PortSource::hard_coded, ""},
      {"#include <crow.h>\nint main() { crow::SimpleApp app; app.port(18080).multithreaded().run(); }", 18080,
       PortSource::hard_coded, ""},
      {"#include <drogon/drogon.h>\nint main() { drogon::app().addListener(\"0.0.0.0\", 5555).run(); }", 5555,
       PortSource::hard_coded, ""},
      {"#include \"oatpp/network/tcp/server/ConnectionProvider.hpp\"\nint main() { auto p = "
       "oatpp::network::tcp::server::ConnectionProvider::createShared({\"0.0.0.0\", 8000, "
       "oatpp::network::Address::IP_4}); }",
       8000, PortSource::hard_coded, ""},
      {"int main(int argc, char** argv) { auto port = static_cast<unsigned short>(argc > 2 ? "
       "std::atoi(argv[2]) : 8088);\n"
       "tcp::acceptor acceptor{ioc, {address, port}}; acceptor.async_accept(h); }",
       8088, PortSource::hard_coded, ""},
      {"DEFINE_int32(port, 7777, \"port\");\n" + kSockets + "a.sin_port = htons(FLAGS_port); }", 7777,
       PortSource::flag, "port"},
      {"int main() { int port = 3333; app.add_option(\"--port,-p\", port); listen(s, 5); bind(s, a, n); "
       "a.sin_port = htons(port); }",
       3333, PortSource::flag, "port"},
  };
  for (const auto& entry : cases) {
    CAPTURE(entry.text);
    const auto project = cpp(entry.text);
    CHECK(project.kind == ServiceKind::service);
    CHECK(project.port.number == entry.number);
    CHECK(project.port.source == entry.source);
    CHECK(project.port.name == entry.name);
  }
}

TEST_CASE("the port of a Rust program and how it is set") {
  const std::vector<PortCase> cases = {
      {"fn main() { let l = TcpListener::bind(\"0.0.0.0:8080\").unwrap(); }", 8080, PortSource::hard_coded,
       ""},
      {"fn main() { let port = std::env::var(\"PORT\").unwrap_or_else(|_| \"3000\".to_string());\n"
       "let addr = format!(\"0.0.0.0:{}\", port); TcpListener::bind(addr); }",
       3000, PortSource::port_variable, "PORT"},
      {"fn main() { let port: u16 = env::var(\"PORT\").ok().and_then(|p| p.parse().ok()).unwrap_or(4000);\n"
       "TcpListener::bind(format!(\"0.0.0.0:{port}\")); }",
       4000, PortSource::port_variable, "PORT"},
      {"fn main() { let addr = SocketAddr::from(([0, 0, 0, 0], 3001)); TcpListener::bind(addr); }", 3001,
       PortSource::hard_coded, ""},
      {"fn main() { let a = env::var(\"LISTEN_ADDR\").unwrap_or(\"0.0.0.0:9000\".into()); "
       "TcpListener::bind(a); }",
       9000, PortSource::variable, "LISTEN_ADDR"},
      {"const DEFAULT: u16 = 7070;\nstruct C { port: u16 }\nimpl C { fn new() -> C { C { port: DEFAULT } } "
       "}\n"
       "fn main() { let c = C::new(); TcpListener::bind((\"0.0.0.0\", c.port)); }",
       7070, PortSource::hard_coded, ""},
      {"#[derive(Parser)]\nstruct Args { #[arg(short, long, env = \"PORT\", default_value_t = 8443)] port: "
       "u16 }\n"
       "fn main() { let args = Args::parse(); TcpListener::bind((\"0.0.0.0\", args.port)); }",
       8443, PortSource::port_variable, "PORT"},
      {"const ADDR: &str = \"APP_HTTP_ADDR\";\n#[derive(Parser)]\nstruct Args { #[arg(env = ADDR, "
       "default_value_t = "
       "default_addr())] http_addr: String }\nfn default_addr() -> String { \"localhost:7700\".to_string() "
       "}\n"
       "fn main() { let a = Args::parse(); TcpListener::bind(a.http_addr); }",
       7700, PortSource::variable, "APP_HTTP_ADDR"},
      {"#[derive(Parser)]\nstruct Args { #[arg(long, default_value = \"8444\")] pub port: u16 }\n"
       "fn main() { let args = Args::parse(); TcpListener::bind((\"0.0.0.0\", args.port)); }",
       8444, PortSource::flag, "port"},
  };
  for (const auto& entry : cases) {
    CAPTURE(entry.text);
    const auto project = rust(entry.text);
    CHECK(project.kind == ServiceKind::service);
    CHECK(project.port.number == entry.number);
    CHECK(project.port.source == entry.source);
    CHECK(project.port.name == entry.name);
  }
}

TEST_CASE("frameworks of Rust") {
  const auto actix = rust("fn main() { HttpServer::new(|| App::new()).bind((\"127.0.0.1\", 8080))?.run() }",
                          "actix-web = \"4\"\n");
  CHECK(actix.framework == "actix-web");
  CHECK(actix.port.loopback);
  CHECK(actix.notes.size() == 1);
  const auto warp = rust("fn main() { warp::serve(r).run(([0, 0, 0, 0], 3030)).await; }", "warp = \"0.3\"\n");
  CHECK(warp.framework == "warp");
  CHECK(warp.port.number == 3030);
  const auto tonic = rust(
      "fn main() { let addr = \"[::]:50051\".parse()?; Server::builder().add_service(s).serve(addr).await?; "
      "}",
      "tonic = \"0.12\"\n");
  CHECK(tonic.protocol == Protocol::grpc);
  CHECK(tonic.port.number == 50051);
  const auto rocket =
      rust("#[launch]\nfn rocket() -> _ { rocket::build().mount(\"/\", routes![x]) }", "rocket = \"0.5\"\n");
  CHECK(rocket.kind == ServiceKind::service);
  CHECK(rocket.port.name == "ROCKET_PORT");
  CHECK(rocket.rust->run_variables.front().first == "ROCKET_ADDRESS");
}

TEST_CASE("what is no service is told so") {
  CHECK(cpp("int main() { return 0; }").kind == ServiceKind::cli);
  CHECK(cpp("int main() { connect(s, &a, n); a.sin_port = htons(443); }").kind == ServiceKind::cli);
  CHECK(rust("fn main() { let s = TcpStream::connect(\"a:80\"); }").kind == ServiceKind::cli);
  CHECK(rust("fn main() { UdpSocket::bind(\"0.0.0.0:53\"); query.bind(7); }").kind == ServiceKind::cli);
  CHECK(rust("fn main() {}\n#[cfg(test)]\nmod tests { fn f() { TcpListener::bind(\"0.0.0.0:8080\"); } }")
            .kind == ServiceKind::cli);
  CHECK(rust("fn main() { let l = TcpListener::bind(\"127.0.0.1:0\"); }").kind == ServiceKind::cli);
  CHECK(cpp("// svr.listen(\"0.0.0.0\", 1)\n/* htons(80) listen( */ int main() { puts(\"listen(1)\"); }")
            .kind == ServiceKind::cli);
}

TEST_CASE("how many requests are served at a time, as far as the source tells") {
  CHECK(cpp(kSockets + "a.sin_port = htons(8080); }").concurrency == 1);
  CHECK(cpp(kSockets + "a.sin_port = htons(8080); std::thread t(f); }").concurrency == 0);
  CHECK(cpp("#include <httplib.h>\nint main() { s.listen(\"0.0.0.0\", 8080); }").concurrency == 8);
  CHECK(rust("fn main() { TcpListener::bind(\"0.0.0.0:8080\"); }").concurrency == 1);
  CHECK(rust("fn main() { TcpListener::bind(\"0.0.0.0:8080\"); }", "axum = \"0.8\"\n").concurrency == 0);
}

TEST_CASE("hostile source neither crashes nor takes long") {
  std::string calls;
  for (int i = 0; i < 50'000; ++i) calls += "f(";
  CHECK(cpp(calls).kind == ServiceKind::cli);
  std::string chain = "int main() { bind(s, a, n); listen(s, 5); a.sin_port = htons(x0); }\n";
  for (int i = 0; i < 5000; ++i)
    chain += "int x" + std::to_string(i) + " = x" + std::to_string(i + 1) + " + x0;\n";
  CHECK(cpp(chain).kind == ServiceKind::service);
  CHECK(cpp("int main() { \"unclosed").kind == ServiceKind::cli);
  CHECK(cpp("R\"(unclosed /* '").kind == ServiceKind::cli);
  std::string attributes;
  for (int i = 0; i < 20'000; ++i) attributes += "#[";
  CHECK(rust(attributes).kind == ServiceKind::cli);
}
