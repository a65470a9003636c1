// One thing that a rule found: what, where, what it costs and the line that mends it. Every command that
// finds uses this shape.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::model {

enum class Severity : std::uint8_t { info, warning, error };
constexpr std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: break;
  }
  return "error";
}

struct Finding {
  std::string rule;  // its id, as in docs/rules.md
  Severity severity = Severity::info;
  std::string message;  // one sentence without a final full stop; never a secret's value
  std::string fix;      // the exact line to write, or what to do
  std::optional<std::uint32_t> layer = {};
  std::string instruction = {};  // the Dockerfile line that made the layer; empty where it is not known
  std::string path = {};         // in the image, or of the checked file; empty where it is about the whole
  std::uint64_t line = 0;        // 0: unknown
  std::uint64_t column = 0;      // likewise
  std::optional<std::uint64_t> bytes = {};
  std::string ignored = {};  // the reason of the policy that accepts it; empty: it counts
};

// What is known of a rule besides its code.
struct RuleText {
  std::string_view id;
  std::string_view title;
  Severity severity = Severity::warning;  // the usual one; a finding may state another
  std::string_view why;                   // why it matters on Cloud Run
  std::string_view fix;                   // how to mend it
  std::string_view peers = {};            // what other tools call it: "hadolint DL3009; BuildKit …"
};

}  // namespace crtune::model
