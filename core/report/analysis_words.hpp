// Words and numbers that every report of an analysis states alike.
#pragma once

#include "core/base/byte_size.hpp"
#include "core/model/analysis.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace crtune::report {

// "1 layer", "12,345 layers".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

// 0 where the whole is 0.
double percent_of(std::uint64_t part, std::uint64_t whole);

// Why the group's bytes are waste, e.g. "shipped again, only mode changed".
std::string cause_text(const model::WasteGroup& group);

// A gate's limit or value: bytes as sizes, NaN as "unknown".
std::string gate_number(const model::GateResult& gate, double value, base::Units units);
// "max-size is 93.9 MB, the limit is 60.0 MB".
std::string gate_text(const model::GateResult& gate, base::Units units);

enum class Tone : std::uint8_t { good, warning, bad };
struct Verdict {
  Tone tone = Tone::good;
  std::string text;
};
// The one sentence that a report ends or begins with; it tells of gates and waste.
Verdict verdict(const model::Analysis& analysis, base::Units units);

}  // namespace crtune::report
