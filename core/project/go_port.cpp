#include "core/project/go_port.hpp"

#include "core/project/go_flags.hpp"
#include "core/project/go_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace crtune::project {
namespace {

// Words in a variable, flag or expression that say that a listener is not the service itself.
constexpr std::array<std::string_view, 14> kSecondaryWords = {
    "metric", "pprof",   "debug",     "admin",    "prom", "health", "probe",
    "mgmt",   "monitor", "telemetry", "internal", "diag", "profil", "playground"};
// And the names of packages whose listeners are never the service itself.
constexpr std::array<std::string_view, 14> kSecondaryPackages = {
    "admin",   "debug", "health", "healthcheck", "healthz",   "metric", "metrics",
    "monitor", "pprof", "probe",  "probes",      "profiling", "ready",  "readiness"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool sounds_secondary(std::string_view text) {
  const std::string word = lower(text);
  return std::any_of(kSecondaryWords.begin(), kSecondaryWords.end(),
                     [&word](std::string_view part) { return word.find(part) != std::string::npos; });
}

bool is_secondary_name(std::string_view package) {
  return std::find(kSecondaryPackages.begin(), kSecondaryPackages.end(), package) != kSecondaryPackages.end();
}

bool is_secondary(const GoPackage& package) {
  return is_secondary_name(package.name);
}

// Whether the file lies in the folder of such a package.
bool is_secondary_file(std::string_view file) {
  const std::size_t end = file.rfind('/');
  if (end == std::string_view::npos) return false;
  file = file.substr(0, end);
  return is_secondary_name(file.substr(file.rfind('/') + 1));
}

bool imports(const GoFile& file, std::string_view start) {
  return std::any_of(file.imports.begin(), file.imports.end(),
                     [start](const GoImport& import) { return import_matches(import.path, start); });
}

bool package_imports(const GoPackage& package, std::string_view start) {
  return std::any_of(package.files.begin(), package.files.end(),
                     [start](const GoFile& file) { return imports(file, start); });
}

bool is_local(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("localhost") || address.starts_with("[::1]");
}

// Whether a value can be an address to listen on at all: keeps e.Start(job) apart from e.Start(":80").
bool looks_like_address(const GoValue& value) {
  return value.origin != GoValue::Origin::none || port_number(value.tail).has_value() ||
         value.text.find(':') != std::string::npos;
}

void judge(GoListener& listener, const GoCall& call, TokenRange expression) {
  const auto& tokens = call.source().tokens;
  listener.place = {.file = call.source().path, .line = call.token().line};
  listener.local = is_local(listener.address.text);
  const auto port = port_number(listener.address.complete ? listener.address.text : listener.address.tail);
  listener.ephemeral = listener.address.origin == GoValue::Origin::none && port == 0U;
  listener.secondary = sounds_secondary(listener.address.name) || is_secondary(*call.package);
  const auto says_grpc = [](std::string_view text) { return lower(text).find("grpc") != std::string::npos; };
  listener.says_grpc = says_grpc(listener.address.name);
  for (std::size_t i = expression.begin; i < expression.end; ++i) {
    if (tokens[i].is_string()) continue;
    if (sounds_secondary(tokens[i].text)) listener.secondary = true;
    if (says_grpc(tokens[i].text)) listener.says_grpc = true;
  }
  listener.background = call.name >= 3 && tokens[call.name - 3].is("go");
  if (listener.local && listener.address.origin == GoValue::Origin::none &&
      imports(call.source(), "net/http/pprof"))
    listener.secondary = true;
}

// Whether `receiver.Run(…)` of gin is that of an engine: exec.Cmd and testing.T have a Run as well.
bool receiver_is_made_by(const GoCall& call, std::string_view import) {
  const auto& tokens = call.source().tokens;
  if (call.name < 2 || !tokens[call.name - 2].is_identifier()) return false;
  const auto receiver = tokens[call.name - 2].text;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!tokens[i].is_identifier() || tokens[i].text != receiver) continue;
    for (std::size_t j = i + 1; j < tokens.size() && j < i + 5 && !tokens[j].is(";"); ++j)
      if (tokens[j].is_identifier() && import_matches(call.source().import_path(tokens[j].text), import))
        return true;
  }
  return false;
}

std::optional<GoListener> listener_at(const GoCall& call, const GoListenCall& row, GoEvaluator& evaluator) {
  GoListener listener;
  listener.bare_port = row.bare_port;
  const GoSite site{call.package, call.file, nullptr};
  const bool generic = row.import == "net" || row.import == "crypto/tls" || row.import.ends_with("reuseport");
  listener.generic = generic;
  if (row.address == kNoArgument) {
    if (row.method && !call.arguments.empty() && row.function == "ListenAndServe") return std::nullopt;
    judge(listener, call, {});
    listener.own_address = true;
    return listener;
  }
  if (call.arguments.empty() && !row.default_port.empty()) {
    if (!receiver_is_made_by(call, row.import)) return std::nullopt;
    listener.address = GoValue::variable("PORT", {.file = call.source().path, .line = call.token().line});
    listener.address.before = ":";
    listener.address.text = listener.address.tail = ":" + std::string(row.default_port);
    listener.address.complete = true;
    listener.has_address = true;
    judge(listener, call, {});
    return listener;
  }
  if (call.arguments.size() <= row.address) return std::nullopt;
  if (generic) {  // unix sockets are no port
    const GoValue network = evaluator.evaluate(site, call.arguments[row.address - 1]);
    // What a function gives may be a Unix socket only among others.
    const bool written = call.arguments[row.address - 1].size() == 1 &&
                         call.source().tokens[call.arguments[row.address - 1].begin].is_string();
    if (written && !network.text.starts_with("tcp")) return std::nullopt;
    if (row.method && !network.complete) return std::nullopt;
  }
  listener.address = evaluator.evaluate(site, call.arguments[row.address]);
  // A helper that others call too: what one of them gives says nothing about the service.
  if (is_secondary_file(listener.address.place.file) && !is_secondary(*call.package)) listener.address = {};
  if (row.method && !looks_like_address(listener.address) && !receiver_is_made_by(call, row.import))
    return std::nullopt;
  listener.has_address = true;
  if (!row.flag.empty()) {
    listener.address.origin = GoValue::Origin::flag;
    listener.address.name = row.flag;
    listener.address.place = {.file = call.source().path, .line = call.token().line};
  }
  if (listener.address.complete && listener.address.text.empty() && row.import == "net/http")
    listener.address = GoValue::literal(":80", listener.address.place);
  judge(listener, call, {call.arguments.front().begin, call.arguments.back().end});
  return listener;
}

// http.Server{Addr: …}, wherever it is made.
void find_server_literals(GoEvaluator& evaluator, std::vector<GoListener>& listeners) {
  for (const auto* package : evaluator.packages())
    for (std::size_t file = 0; file < package->files.size(); ++file) {
      const GoSite site{package, file, nullptr};
      const auto& tokens = site.tokens();
      for (std::size_t i = 0; i + 3 < tokens.size(); ++i) {
        if (!tokens[i].is_identifier() || !tokens[i + 1].is(".") || !tokens[i + 2].is("Server") ||
            !tokens[i + 3].is("{") || site.source().import_path(tokens[i].text) != "net/http")
          continue;
        for (const auto part : split_list(tokens, {i + 4, closing_bracket(tokens, i + 3)})) {
          if (part.size() < 3 || !tokens[part.begin].is("Addr")) continue;
          GoListener listener;
          listener.has_address = true;
          listener.address = evaluator.evaluate(site, {part.begin + 2, part.end});
          const GoCall call{.package = package, .file = file, .name = part.begin};
          judge(listener, call, {part.begin + 2, part.end});
          listeners.push_back(std::move(listener));
        }
      }
    }
}

int score(const GoListener& listener) {
  const auto& value = listener.address;
  int points = 10;
  if (value.origin == GoValue::Origin::variable) points = value.name == "PORT" ? 100 : 60;
  if (value.origin == GoValue::Origin::flag) points = 58;
  if (value.origin == GoValue::Origin::none && port_number(value.tail)) points = 40;
  if (listener.local && value.origin == GoValue::Origin::none) points -= 25;
  if (listener.secondary) points -= 50;
  if (listener.ephemeral) points -= 60;
  if (listener.generic) points -= 1;
  if (listener.background) points -= 2;
  return points;
}

model::Port port_of(const GoListener& listener) {
  const auto& value = listener.address;
  model::Port port;
  port.number = port_number(value.complete ? value.text : value.tail);
  if (port.number == 0U) port.number.reset();
  port.loopback = listener.local;
  if (value.origin == GoValue::Origin::none) {
    port.source = port.number ? model::PortSource::hard_coded : model::PortSource::none;
    return port;
  }
  port.name = value.name;
  port.holds_address = !listener.bare_port && value.before.find(':') == std::string::npos;
  port.source = value.origin == GoValue::Origin::flag ? model::PortSource::flag
                : value.name == "PORT"                ? model::PortSource::port_variable
                                                      : model::PortSource::variable;
  return port;
}

std::string describe_port(const model::Port& port) {
  const std::string unset =
      port.number ? fmt::format("{} when it is unset", *port.number) : "no port when it is unset";
  switch (port.source) {
    case model::PortSource::port_variable:
    case model::PortSource::variable: return fmt::format("reads {}, {}", port.name, unset);
    case model::PortSource::flag: return fmt::format("takes the flag {}, {}", port.name, unset);
    case model::PortSource::hard_coded: return fmt::format("listens on {}, nothing changes it", *port.number);
    case model::PortSource::none: break;
  }
  return "listens, but the source does not say where";
}

// PORT read anywhere, for programs whose way from there to the listener is too long to follow.
PortFinding find_port_variable(const std::vector<GoCall>& calls, GoEvaluator& evaluator) {
  PortFinding finding;
  for (const auto& call : calls) {
    const auto name = lower(call.token().text);
    if (name.find("env") == std::string::npos || call.arguments.empty()) continue;
    const auto& tokens = call.source().tokens;
    const TokenRange key = call.arguments[0];
    if (key.size() != 1 || !tokens[key.begin].is_string() || unquote_go(tokens[key.begin].text) != "PORT")
      continue;
    const GoSite site{call.package, call.file, nullptr};
    finding.port.source = model::PortSource::port_variable;
    finding.port.name = "PORT";
    if (call.arguments.size() == 2)
      finding.port.number = port_number(evaluator.evaluate(site, call.arguments[1]).text);
    finding.place = site.place(key.begin);
    finding.fact = describe_port(finding.port);
    return finding;
  }
  return finding;
}

}  // namespace

std::optional<std::uint32_t> port_number(std::string_view address) {
  address.remove_prefix(address.rfind(':') + 1);  // npos + 1 is 0: no colon, all of it
  if (address == "http") return 80;
  if (address == "https") return 443;
  std::uint32_t number = 0;
  const auto result = std::from_chars(address.data(), address.data() + address.size(), number);
  if (address.empty() || result.ec != std::errc() || result.ptr != address.data() + address.size()) return {};
  return number <= 65535 ? std::optional(number) : std::nullopt;
}

std::vector<GoListener> find_listeners(const std::vector<GoCall>& calls, GoEvaluator& evaluator) {
  std::vector<GoListener> listeners;
  bool serves_http = false;
  for (const auto& call : calls)
    for (const auto& row : go_listen_calls()) {
      if (call.token().text != row.function || row.method != call.on_value) continue;
      if (row.method ? !package_imports(*call.package, row.import) : !import_matches(call.import, row.import))
        continue;
      auto listener = listener_at(call, row, evaluator);
      if (!listener) continue;
      serves_http = serves_http || listener->own_address;
      listeners.push_back(std::move(*listener));
      break;
    }
  if (serves_http) find_server_literals(evaluator, listeners);
  return listeners;
}

bool serves_over_http(const std::vector<GoListener>& listeners, const std::vector<GoCall>& calls) {
  const bool listens = std::any_of(listeners.begin(), listeners.end(), [](const GoListener& listener) {
    return !listener.generic && !listener.secondary && !listener.ephemeral;
  });
  // server.Serve(listener), where the server can only be one of net/http.
  return listens || std::any_of(calls.begin(), calls.end(), [](const GoCall& call) {
           return call.on_value && (call.token().is("Serve") || call.token().is("ServeTLS")) &&
                  imports(call.source(), "net/http") && !imports(call.source(), "google.golang.org/grpc") &&
                  !is_secondary(*call.package);
         });
}

bool serves(const std::vector<GoListener>& listeners) {
  return std::any_of(listeners.begin(), listeners.end(), [](const GoListener& listener) {
    return !listener.ephemeral && !(listener.local && listener.secondary);
  });
}

namespace {

// A flag named like a port, for programs whose way from there to the listener is too long to follow.
PortFinding find_port_flag(const std::vector<GoCall>& calls, GoEvaluator& evaluator) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "port",      "http-port",   "http.port", "listen",  "addr",         "http-addr",
      "http.addr", "listen-addr", "bind",      "address", "http-address", "bind-address"};
  for (const auto& call : calls) {
    const auto shape = flag_shape(call.token().text);
    if (!shape || call.arguments.size() != shape->arguments) continue;
    const GoSite site{call.package, call.file, nullptr};
    const GoValue name = evaluator.evaluate(site, call.arguments[shape->name]);
    const bool telling = std::find(kNames.begin(), kNames.end(), name.text) != kNames.end() ||
                         (name.text.ends_with(".port") && !sounds_secondary(name.text));
    if (!name.complete || !telling) continue;
    const GoValue initial = evaluator.evaluate(site, call.arguments[shape->value]);
    const auto number = port_number(initial.text);
    if (!initial.complete || number.value_or(0) == 0) continue;
    PortFinding finding;
    finding.port.source = model::PortSource::flag;
    finding.port.name = name.text;
    finding.port.number = number;
    finding.port.holds_address = initial.text.find(':') != std::string::npos;
    finding.place = site.place(call.name);
    finding.fact = describe_port(finding.port);
    return finding;
  }
  return {};
}

}  // namespace

PortFinding choose_port(const std::vector<GoListener>& listeners, const std::vector<GoCall>& calls,
                        GoEvaluator& evaluator) {
  PortFinding finding;
  int best = -1000;
  for (const auto& listener : listeners) {
    // Of two alike the one that browsers and load balancers can speak to.
    const int points = score(listener) - (listener.says_grpc ? 3 : 0);
    if (points <= best) continue;
    best = points;
    finding.listener = &listener;
  }
  if (finding.listener == nullptr) return finding;
  if (best <= 10) {
    PortFinding variable = find_port_variable(calls, evaluator);
    if (variable.port.source != model::PortSource::none) {
      variable.listener = finding.listener;
      return variable;
    }
    PortFinding flag = find_port_flag(calls, evaluator);
    if (flag.port.source != model::PortSource::none) {
      flag.listener = finding.listener;
      return flag;
    }
  }
  finding.port = port_of(*finding.listener);
  if (finding.port.source == model::PortSource::flag && finding.port.number) {
    // A program that reads PORT as well lets it win; both then say the same port.
    PortFinding variable = find_port_variable(calls, evaluator);
    if (variable.port.source != model::PortSource::none) {
      variable.port.number = finding.port.number;
      variable.port.loopback = finding.port.loopback;
      variable.listener = finding.listener;
      variable.fact = describe_port(variable.port);
      return variable;
    }
  }
  finding.fact = describe_port(finding.port);
  finding.place =
      finding.listener->address.place.line > 0 ? finding.listener->address.place : finding.listener->place;
  return finding;
}

}  // namespace crtune::project
