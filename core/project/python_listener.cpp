#include "core/project/python_program.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

using Tokens = std::vector<ScriptToken>;

// A call that listens. `port` is the place of the port among the arguments without a name, -1 for none; in
// `address` the first argument is (host, port). Sources: the libraries' documentation.
struct Call {
  std::string_view name;
  std::string_view before;  // the word in front of ".", empty for any or none
  std::string_view framework;
  int port = -1;
  bool address = false;
  std::uint32_t number = 0;  // without an argument
  bool this_host = false;    // by default
  bool development = false;
};
constexpr auto kCalls =
    std::to_array<Call>({{"HTTPServer", "", "http.server", -1, true, 0, false, false},
                         {"ThreadingHTTPServer", "", "http.server", -1, true, 0, false, false},
                         {"TCPServer", "socketserver", "socketserver", -1, true, 0, false, false},
                         {"ThreadingTCPServer", "socketserver", "socketserver", -1, true, 0, false, false},
                         {"make_server", "", "wsgiref", 1, false, 0, false, false},
                         {"run", "uvicorn", "", 2, false, 8000, true, false},
                         {"Config", "uvicorn", "", 2, false, 8000, true, false},
                         {"run_app", "web", "aiohttp", -1, false, 8080, false, false},
                         {"TCPSite", "web", "aiohttp", 2, false, 8080, false, false},
                         {"start_server", "asyncio", "asyncio", 2, false, 0, false, false},
                         {"serve", "waitress", "", -1, false, 8080, false, false},
                         {"serve", "hypercorn", "", -1, false, 8000, true, false},
                         {"WSGIServer", "", "gevent", -1, true, 0, false, false},
                         {"add_insecure_port", "", "grpc", 0, false, 0, false, false},
                         {"listen", "server", "tornado", 0, false, 0, false, false},
                         {"listen", "app", "tornado", 0, false, 0, false, false},
                         {"run", "app", "", -1, false, 5000, true, true},
                         {"run", "application", "", -1, false, 5000, true, true},
                         {"run", "socketio", "", -1, false, 5000, true, true}});

const Call* call_at(const Tokens& tokens, std::size_t at) {
  if (at + 1 >= tokens.size() || !tokens[at].is_identifier() || !tokens[at + 1].is("(")) return nullptr;
  if (at > 0 && (tokens[at - 1].is("class") || tokens[at - 1].is("def"))) return nullptr;
  const bool member = at >= 2 && tokens[at - 1].is(".");
  for (const auto& call : kCalls)
    if (tokens[at].is(call.name) && (call.before.empty() || (member && tokens[at - 2].is(call.before))))
      return &call;
  return nullptr;
}

// The value of the argument `name=`, or an empty range.
ScriptRange named(const Tokens& tokens, const std::vector<ScriptRange>& arguments, std::string_view name) {
  for (const auto& argument : arguments)
    if (argument.end - argument.begin > 2 && tokens[argument.begin].is(name) &&
        tokens[argument.begin + 1].is("="))
      return {argument.begin + 2, argument.end};
  return {};
}

bool is_named(const Tokens& tokens, ScriptRange argument) {
  return argument.end - argument.begin > 2 && tokens[argument.begin].is_identifier() &&
         tokens[argument.begin + 1].is("=");
}

ScriptRange port_argument(const Tokens& tokens, const Call& call, const std::vector<ScriptRange>& arguments) {
  const ScriptRange port = named(tokens, arguments, "port");
  if (port.end > 0) return port;
  if (call.address && !arguments.empty()) return arguments[0];
  const auto place = static_cast<std::size_t>(call.port);
  const bool there = call.port >= 0 && place < arguments.size() && !is_named(tokens, arguments[place]);
  return there ? arguments[place] : ScriptRange{};
}

bool is_this_host(const Tokens& tokens, ScriptRange range) {
  for (std::size_t i = range.begin; i < range.end; ++i)
    if (tokens[i].is_string() && (tokens[i].text == "127.0.0.1" || tokens[i].text == "localhost"))
      return true;
  return false;
}

bool mentions(const Tokens& tokens, ScriptRange range, std::string_view word) {
  for (std::size_t i = range.begin; i < range.end; ++i)
    if (tokens[i].is(word)) return true;
  return false;
}

PythonListener read_call(const ScriptFile& file, std::size_t at, const Call& call, ScriptPortReader& reader) {
  const auto& tokens = file.tokens;
  const auto arguments = arguments_of(tokens, at + 1);
  PythonListener found;
  found.place = {.file = file.path, .line = tokens[at].line};
  found.framework = call.framework;
  found.grpc = call.framework == "grpc";
  found.development = call.development || mentions(tokens, named(tokens, arguments, "reload"), "True") ||
                      mentions(tokens, named(tokens, arguments, "debug"), "True");
  const ScriptRange port = port_argument(tokens, call, arguments);
  if (port.end > port.begin) found.port = reader.read(file, port);
  if (!found.port.is_known() && call.number > 0 && port.end == 0) found.port.number = call.number;
  const ScriptRange host = named(tokens, arguments, "host");
  if (host.end > 0)
    found.port.loopback = is_this_host(tokens, host);
  else if (!call.address && call.port != 0)
    found.port.loopback =
        call.this_host && !(call.port > 0 && arguments.size() > 1 && !is_named(tokens, arguments[1]));
  return found;
}

}  // namespace

std::optional<PythonListener> find_python_listener(const std::vector<const ScriptFile*>& files) {
  ScriptPortReader reader(files);
  std::optional<PythonListener> best;
  constexpr int kMost = 200;  // calls that are looked at
  int seen = 0;
  for (const auto* file : files)
    for (std::size_t i = 0; i < file->tokens.size(); ++i) {
      const Call* call = call_at(file->tokens, i);
      if (call == nullptr) continue;
      if (++seen > kMost) return best;
      PythonListener found = read_call(*file, i, *call, reader);
      const bool better = !best || (best->development && !found.development) ||
                          (best->port.variable.empty() && !found.port.variable.empty() &&
                           best->development == found.development);
      if (better) best = std::move(found);
    }
  return best;
}

}  // namespace crtune::project
