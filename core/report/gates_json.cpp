#include "core/report/gates_json.hpp"

namespace crtune::report {

void write_dive(JsonWriter& json, const model::DiveMetrics& dive) {
  json.key("dive").begin_object();
  json.key("efficiency").number(dive.efficiency);
  json.key("wasted_bytes").number(dive.wasted_bytes);
  json.key("user_wasted_percent").number(dive.user_wasted_percent);
  json.end_object();
}

void write_gate_verdict(JsonWriter& json, const model::GateResult& gate) {
  json.key("limit").number(gate.limit);
  json.key("value").number(gate.value);
  json.key("passed").boolean(gate.passed);
}

}  // namespace crtune::report
