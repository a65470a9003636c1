// Where a program listens, and how it learns its port.
#pragma once

#include "core/model/project.hpp"
#include "core/project/go_calls.hpp"
#include "core/project/go_evaluator.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

// One place where the program listens.
struct GoListener {
  GoValue address;
  bool has_address = false;  // the call itself carries an address
  bool bare_port = false;    // the address is a port without ":"
  bool local = false;        // this host only
  bool own_address = false;  // a helper of the program's library decides: nothing is known
  bool secondary = false;    // metrics, profiling, health
  bool says_grpc = false;    // its address or variable is named after gRPC
  bool ephemeral = false;    // port 0: a client's or a test's listener
  bool background = false;   // started with a go statement: often beside the main one
  bool generic = false;      // net.Listen: what is served on it is decided elsewhere
  base::Place place;
};

// Every listener among `calls`; the composite literals http.Server{Addr: …} count as well.
std::vector<GoListener> find_listeners(const std::vector<GoCall>& calls, GoEvaluator& evaluator);

// Whether one of them makes the program a server that Cloud Run could reach.
bool serves(const std::vector<GoListener>& listeners);

// Whether one of them, or an http.Server that is given a listener, answers over HTTP for others than a probe.
bool serves_over_http(const std::vector<GoListener>& listeners, const std::vector<GoCall>& calls);

struct PortFinding {
  model::Port port;
  base::Place place;  // what proves it
  std::string fact;   // "reads PORT, 8080 when it is unset"
  const GoListener* listener = nullptr;
};

// The port of the listener that is most likely the service's.
PortFinding choose_port(const std::vector<GoListener>& listeners, const std::vector<GoCall>& calls,
                        GoEvaluator& evaluator);

// The number at the end of ":8080", "0.0.0.0:8080", ":http" or (bare) "8080"; nothing for anything else.
std::optional<std::uint32_t> port_number(std::string_view address);

}  // namespace crtune::project
