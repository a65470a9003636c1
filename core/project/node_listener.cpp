#include "core/project/node_program.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

using Tokens = std::vector<ScriptToken>;

// A call that starts to listen. Sources: the documentation of Node.js and of each framework.
struct Call {
  std::string_view name;
  std::string_view before;   // the word in front of ".", or empty for any
  std::string_view package;  // the file imports it; empty where it need not
  std::uint32_t number = 0;  // listened on where no port is given, 0 where it must be given
  bool reads_port = false;   // and PORT is read then
};
constexpr auto kCalls = std::to_array<Call>({{"listen", "", "", 0, false},
                                             {"bindAsync", "", "@grpc/grpc-js", 0, false},
                                             {"serve", "", "@hono/node-server", 3000, false},
                                             {"serve", "Bun", "", 3000, true},
                                             {"serve", "Deno", "", 8000, false},
                                             {"startStandaloneServer", "", "", 4000, false},
                                             {"server", "Hapi", "", 0, false},
                                             {"server", "hapi", "", 0, false}});

bool mentions(const ScriptFile& file, std::string_view package) {
  return std::any_of(file.tokens.begin(), file.tokens.end(), [package](const ScriptToken& token) {
    return token.is_string() && token.text == package;
  });
}

// The calls whose package a file imports, one bit for each row.
using Usable = std::array<bool, kCalls.size()>;

Usable usable_in(const ScriptFile& file) {
  Usable usable = {};
  for (std::size_t i = 0; i < kCalls.size(); ++i)
    usable[i] = kCalls[i].package.empty() || mentions(file, kCalls[i].package);
  return usable;
}

const Call* call_at(const ScriptFile& file, std::size_t at, const Usable& usable) {
  const auto& tokens = file.tokens;
  if (!tokens[at].is_identifier() || at + 1 >= tokens.size() || !tokens[at + 1].is("(")) return nullptr;
  const bool member = at >= 2 && tokens[at - 1].is(".");
  if (at > 0 && (tokens[at - 1].is("function") || tokens[at - 1].is("async"))) return nullptr;
  for (std::size_t row = 0; row < kCalls.size(); ++row) {
    const Call& call = kCalls[row];
    if (!tokens[at].is(call.name) || !usable[row]) continue;
    if (call.name == "listen" && !member) continue;
    if (!call.before.empty() && (!member || !tokens[at - 2].is(call.before))) continue;
    if (call.before.empty() && call.name == "serve" && member) continue;
    return &call;
  }
  return nullptr;
}

// The value of `key` in the object literal that `range` is; an empty range where it has none.
ScriptRange member_of(const Tokens& tokens, ScriptRange range, std::string_view key) {
  for (std::size_t i = range.begin + 1; i + 1 < range.end; ++i) {
    if (tokens[i].text != key || tokens[i - 1].is(".")) continue;
    if (tokens[i + 1].is(":")) {
      const std::size_t end = std::min(expression_end(tokens, i + 2), range.end);
      // listen: { port: 4000 }
      return {i + 2, end};
    }
    if (tokens[i + 1].is(",") || tokens[i + 1].is("}")) return {i, i + 1};
  }
  return {};
}

bool is_this_host(const Tokens& tokens, ScriptRange range) {
  for (std::size_t i = range.begin; i < range.end; ++i)
    if (tokens[i].is_string() && (tokens[i].text == "localhost" || tokens[i].text == "127.0.0.1"))
      return true;
  return false;
}

// What the arguments of one call say.
std::optional<ScriptPort> read_call(const ScriptFile& file, const Call& call, std::size_t open,
                                    ScriptPortReader& reader) {
  const auto& tokens = file.tokens;
  const auto arguments = arguments_of(tokens, open);
  ScriptPort value;
  ScriptRange object = {};
  for (const auto& argument : arguments)
    if (tokens[argument.begin].is("{")) {
      object = argument;
      break;
    }
  const bool takes_object = object.end > 0 && (call.name != "listen" || object.begin == arguments[0].begin);
  if (takes_object) {
    const ScriptRange port = member_of(tokens, object, "port");
    if (port.end > 0) {
      value = reader.read(file, port);
      // Fastify listens on localhost unless it is told otherwise.
      const ScriptRange host = member_of(tokens, object, "host");
      value.loopback =
          host.end > 0 ? is_this_host(tokens, host) : call.name == "listen" && mentions(file, "fastify");
    }
  } else if (!arguments.empty() && call.number == 0) {
    const auto& first = tokens[arguments[0].begin];
    const bool path = first.is_string() &&
                      first.text.find_first_not_of("0123456789.:") != std::string_view::npos &&
                      call.name == "listen" && !first.has_holes;
    if (path) return std::nullopt;  // a unix socket, or some other listen()
    value = reader.read(file, arguments[0]);
    if (arguments.size() > 1) value.loopback = value.loopback || is_this_host(tokens, arguments[1]);
  }
  if (!value.is_known() && call.number > 0) {
    value.number = call.number;
    if (call.reads_port) value.variable = "PORT";
  }
  const bool callback = arguments.size() == 1 &&
                        (tokens[arguments[0].begin].is("(") || tokens[arguments[0].begin].is("function"));
  if (!value.is_known() && (arguments.empty() || callback)) return std::nullopt;
  return value;
}

}  // namespace

std::optional<NodeListener> find_node_listener(const NodeProgram& program) {
  ScriptPortReader reader(program.files);
  std::optional<NodeListener> best;
  constexpr int kMost = 200;  // calls that are looked at
  int seen = 0;
  for (const auto* file : program.files) {
    const Usable usable = usable_in(*file);
    for (std::size_t i = 0; i < file->tokens.size(); ++i) {
      const Call* call = call_at(*file, i, usable);
      if (call == nullptr) continue;
      if (++seen > kMost) return best;
      auto value = read_call(*file, *call, i + 1, reader);
      if (!value) continue;
      const bool better = !best || (best->port.variable.empty() && !value->variable.empty()) ||
                          (!best->port.is_known() && value->is_known());
      if (!better) continue;
      best = NodeListener{
          *std::move(value), {.file = file->path, .line = file->tokens[i].line}, call->name == "bindAsync"};
    }
  }
  return best;
}

}  // namespace crtune::project
