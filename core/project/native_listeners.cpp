#include "core/project/native_listeners.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

using model::Protocol;

// How the word that starts to listen is written.
enum class Shape : std::uint8_t { function, method, path, declaration };

// A way to listen. Source: the documentation of each library, as of November 2026.
struct Way {
  Shape shape;
  std::string_view word;
  std::string_view before;  // of a path: the segment in front of the word
  std::string_view needs;   // a header's end in C and C++, a crate in Rust; empty: none
  std::string_view also;    // a word that the program must have; empty: none
  int argument;             // which one holds the port; -1: all of them
  std::string_view framework;
  Protocol protocol = Protocol::http;
};

constexpr auto kCWays = std::to_array<Way>({
    {Shape::method, "listen", "", "httplib.h", "", -1, "cpp-httplib"},
    {Shape::method, "bind_to_port", "", "httplib.h", "", -1, "cpp-httplib"},
    {Shape::method, "port", "", "crow.h", "", -1, "Crow"},
    {Shape::method, "port", "", "crow_all.h", "", -1, "Crow"},
    {Shape::method, "port", "", "crow/app.h", "", -1, "Crow"},
    {Shape::method, "addListener", "", "", "drogon", -1, "Drogon"},
    {Shape::path, "createShared", "ConnectionProvider", "server/ConnectionProvider.hpp", "", 0, "Oat++"},
    {Shape::function, "Port", "", "pistache/endpoint.h", "", -1, "Pistache"},
    {Shape::declaration, "endpoint", "", "", "acceptor", -1, "Asio"},
    {Shape::declaration, "acceptor", "", "", "async_accept", -1, "Asio"},
    {Shape::declaration, "ServerSocket", "", "Poco/Net/ServerSocket.h", "", -1, "POCO"},
    {Shape::function, "MHD_start_daemon", "", "", "", 1, "libmicrohttpd"},
    {Shape::function, "mg_http_listen", "", "", "", 1, "Mongoose"},
    {Shape::function, "evhttp_bind_socket", "", "", "", -1, "libevent"},
    {Shape::function, "evhttp_bind_socket_with_handle", "", "", "", -1, "libevent"},
    {Shape::method, "AddListeningPort", "", "", "", 0, "gRPC", Protocol::grpc},
    {Shape::function, "uv_ip4_addr", "", "", "uv_listen", -1, "libuv"},
    {Shape::declaration, "http_listener", "", "", "", -1, "C++ REST SDK"},
    {Shape::method, "set_port", "", "restbed", "", -1, "restbed"},
    {Shape::method, "listen", "", "QHttpServer", "", -1, "Qt"},
    {Shape::method, "listen", "", "QTcpServer", "", -1, "Qt"},
    {Shape::method, "listen", "", "App.h", "uWS", 0, "uWebSockets"},
    {Shape::method, "start", "", "workflow/WFHttpServer.h", "", -1, "workflow"},
    {Shape::function, "htons", "", "", "listen", -1, "sockets"},
    {Shape::function, "getaddrinfo", "", "", "AI_PASSIVE", 1, "sockets"},
});

constexpr auto kRustWays = std::to_array<Way>({
    {Shape::path, "bind", "TcpListener", "", "", -1, ""},
    {Shape::path, "bind", "axum_server", "", "", -1, "axum"},
    {Shape::path, "bind", "Server", "", "", -1, "hyper"},
    {Shape::path, "try_bind", "Server", "", "", -1, "hyper"},
    {Shape::path, "http", "Server", "tiny_http", "", -1, "tiny_http"},
    {Shape::path, "start_server", "rouille", "rouille", "", 0, "rouille"},
    {Shape::path, "start", "gotham", "gotham", "", 0, "gotham"},
    {Shape::path, "new", "TcpListener", "salvo", "", -1, "salvo"},
    {Shape::method, "bind", "", "actix-web", "HttpServer", -1, "actix-web"},
    {Shape::method, "bind_auto_h2c", "", "actix-web", "HttpServer", -1, "actix-web", Protocol::h2c},
    {Shape::method, "run", "", "warp", "serve", 0, "warp"},
    {Shape::method, "bind", "", "warp", "serve", 0, "warp"},
    {Shape::method, "listen", "", "tide", "", 0, "tide"},
    {Shape::method, "serve", "", "tonic", "", 0, "tonic", Protocol::grpc},
    {Shape::method, "serve_with_shutdown", "", "tonic", "", 0, "tonic", Protocol::grpc},
    {Shape::method, "add_tcp", "", "pingora", "", 0, "pingora"},
});

constexpr std::array<std::string_view, 8> kRustFrameworks = {"axum", "actix-web", "rocket", "warp",
                                                             "poem", "salvo",     "tide",   "hyper"};
constexpr std::array<std::string_view, 5> kSecondaryNames = {"metric", "admin", "debug", "prometheus",
                                                             "mgmt"};

class Finder {
 public:
  Finder(const SourceProgram& program, SourceValues& values, const std::vector<std::string>& crates)
      : program_(program), values_(values), crates_(crates) {}

  std::vector<NativeListener> run() {
    if (program_.language() == SourceLanguage::rust)
      for (const auto& way : kRustWays) look_for(way);
    else
      for (const auto& way : kCWays) look_for(way);
    std::sort(found_.begin(), found_.end(), [](const NativeListener& a, const NativeListener& b) {
      return std::pair(a.place.file, a.place.token) < std::pair(b.place.file, b.place.token);
    });
    return std::move(found_);
  }

 private:
  bool has_crate(std::string_view name) const {
    return std::find(crates_.begin(), crates_.end(), name) != crates_.end();
  }

  bool is(std::uint32_t file, std::uint64_t at, std::string_view what) const {
    const auto& tokens = program_.files()[file].tokens;
    return at < tokens.size() && tokens[at].is(what);
  }

  // The opening bracket of the call or declaration at `place`, or nothing where it is of another shape.
  std::optional<SourcePlace> opening(const Way& way, SourcePlace place) const {
    const auto& tokens = program_.files()[place.file].tokens;
    const std::uint32_t at = place.token;
    const bool after_dot = at > 0 && (tokens[at - 1].is(".") || tokens[at - 1].is("->"));
    const bool after_path = at > 1 && tokens[at - 1].is("::");
    std::uint32_t open = at + 1;
    switch (way.shape) {
      case Shape::function:
        if (after_dot || (at > 0 && tokens[at - 1].is_word() && !tokens[at - 1].is("return")))
          return std::nullopt;
        break;
      case Shape::method:
        if (!after_dot) return std::nullopt;
        break;
      case Shape::path:
        if (!after_path || !tokens[at - 2].is(way.before)) return std::nullopt;
        break;
      case Shape::declaration:
        if (after_dot) return std::nullopt;
        if (open < tokens.size() && tokens[open].is_word()) ++open;
        break;
    }
    const bool brace = way.shape == Shape::declaration && is(place.file, open, "{");
    if (!is(place.file, open, "(") && !brace) return std::nullopt;
    return SourcePlace{place.file, open};
  }

  bool applies(const Way& way) const {
    if (!way.also.empty() && !program_.has(way.also)) return false;
    if (way.needs.empty()) return true;
    return program_.language() == SourceLanguage::rust ? has_crate(way.needs) : program_.includes(way.needs);
  }

  void look_for(const Way& way) {
    if (!program_.has(way.word) || !applies(way)) return;
    for (const auto& place : program_.uses(way.word)) {
      if (found_.size() >= 200) return;
      const auto open = opening(way, place);
      if (!open) continue;
      NativeListener listener;
      listener.framework = way.framework.empty() ? framework() : way.framework;
      listener.protocol = way.protocol;
      listener.place = place;
      const auto& file = program_.files()[place.file];
      const auto arguments = program_.arguments(*open);
      if (way.argument >= static_cast<int>(arguments.size()) || arguments.empty()) continue;
      listener.port = values_.resolve(
          way.argument < 0 ? SourceRange{place.file, open->token + 1, file.closers[open->token]}
                           : arguments[static_cast<std::size_t>(way.argument)]);
      if (listener.port.ephemeral && !listener.port.number && listener.port.variable.empty()) continue;
      // An endpoint without a port is the other side of a connection.
      const bool empty =
          !listener.port.number && listener.port.variable.empty() && listener.port.flag.empty();
      if (way.shape == Shape::declaration && empty && !listener.port.argument) continue;
      listener.secondary = is_secondary(file, place.token);
      found_.push_back(std::move(listener));
    }
  }

  std::string_view framework() const {
    for (const auto name : kRustFrameworks)
      if (has_crate(name)) return name;
    return program_.language() == SourceLanguage::rust ? "std::net" : "sockets";
  }

  // The line that listens names metrics or administration.
  static bool is_secondary(const SourceFile& file, std::uint32_t at) {
    std::uint32_t begin = at;
    while (begin > 0 && !file.tokens[begin - 1].is(";") && !file.tokens[begin - 1].is("{") && begin + 20 > at)
      --begin;
    for (std::uint32_t next = begin; next < file.tokens.size() && next < at + 20; ++next) {
      if (file.tokens[next].is(";")) break;
      const auto text = file.tokens[next].text;
      for (const auto name : kSecondaryNames)
        if (text.find(name) != std::string_view::npos) return true;
    }
    return false;
  }

  const SourceProgram& program_;
  SourceValues& values_;
  const std::vector<std::string>& crates_;
  std::vector<NativeListener> found_;
};

}  // namespace

std::vector<NativeListener> find_native_listeners(const SourceProgram& program, SourceValues& values,
                                                  const std::vector<std::string>& crates) {
  return Finder(program, values, crates).run();
}

}  // namespace crtune::project
