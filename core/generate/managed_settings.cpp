#include "core/generate/managed_settings.hpp"

#include <fmt/format.h>

namespace crtune::generate {

// Source of the three quarters: https://nodejs.org/api/cli.html, --max-old-space-size.
RuntimeSettings node_settings(const model::Project&, double, std::uint32_t memory_mebibytes) {
  RuntimeSettings out;
  out.concurrency_reason =
      "One event loop serves many requests while they wait for others; lower it where handlers compute.";
  out.environment.push_back({"The heap grows to three quarters of the limit; buffers and code need the rest.",
                             "NODE_OPTIONS",
                             fmt::format("\"--max-old-space-size={}\"", memory_mebibytes * 3 / 4)});
  return out;
}

RuntimeSettings static_site_settings() {
  RuntimeSettings out;
  out.concurrency = 500;
  out.concurrency_reason = "nginx sends files for hundreds of connections at a time with next to no CPU.";
  return out;
}

}  // namespace crtune::generate
