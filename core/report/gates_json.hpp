// Gates and dive's numbers as members of JSON, for reports and for the data of pages.
#pragma once

#include "core/model/analysis.hpp"
#include "core/report/json_writer.hpp"

namespace crtune::report {

// The member "dive".
void write_dive(JsonWriter& json, const model::DiveMetrics& dive);

// The members limit, value and passed of the current object.
void write_gate_verdict(JsonWriter& json, const model::GateResult& gate);

}  // namespace crtune::report
