#include "core/generate/runtime_settings.hpp"

#include "core/base/escape.hpp"
#include "core/generate/go_image.hpp"
#include "core/generate/managed_settings.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace crtune::generate {
namespace {

std::string go_comment(const std::string& go_line) {
  return go_line.empty()
             ? "go.mod has no go line: the runtime does not see the CPU limit by itself."
             : fmt::format("go.mod says go {}: before 1.25 the runtime does not see the CPU limit by itself.",
                           base::one_line(go_line, 20));
}

RuntimeSettings go_settings(const model::Project& project, double cpu, std::uint32_t memory_mebibytes) {
  RuntimeSettings out;
  out.concurrency_reason = "Goroutines are cheap: one instance serves many requests at a time.";
  out.environment.push_back(
      {"The garbage collector works harder near this, instead of the instance running out of memory: 90 % of "
       "the limit.",
       "GOMEMLIMIT", fmt::format("{}MiB", memory_mebibytes * 9 / 10)});
  // The go line decides, not the toolchain: built by a newer Go the program keeps the old behaviour.
  if (project.go_line.empty() || version_less(project.go_line, "1.25"))
    out.environment.push_back(
        {go_comment(project.go_line), "GOMAXPROCS", fmt::format("\"{}\"", std::ceil(cpu))});
  return out;
}

// Programs without a runtime of their own have nothing to be told.
RuntimeSettings native_settings(const model::Project& project, double, std::uint32_t) {
  RuntimeSettings out;
  out.concurrency = project.concurrency > 0 ? project.concurrency : 80;
  out.concurrency_reason =
      !project.concurrency_reason.empty()
          ? project.concurrency_reason
          : "Cloud Run's default; how many the program serves at a time is not known: measure.";
  return out;
}

using Settings = RuntimeSettings (*)(const model::Project&, double, std::uint32_t);
struct Language {
  std::string_view name;
  Settings settings;
};
constexpr auto kLanguages = std::to_array<Language>({{"go", go_settings},
                                                     {"c", native_settings},
                                                     {"c++", native_settings},
                                                     {"rust", native_settings},
                                                     {"node", node_settings},
                                                     {"python", python_settings},
                                                     {"java", java_settings},
                                                     {"dotnet", dotnet_settings}});

}  // namespace

RuntimeSettings runtime_settings(const model::Project& project, double cpu, std::uint32_t memory_mebibytes) {
  if (project.kind == model::ServiceKind::static_site) return static_site_settings();
  for (const auto& language : kLanguages)
    if (language.name == project.language) return language.settings(project, cpu, memory_mebibytes);
  return go_settings(project, cpu, memory_mebibytes);
}

}  // namespace crtune::generate
