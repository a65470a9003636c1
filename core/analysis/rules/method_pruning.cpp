#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::analysis::rules {

namespace {

constexpr std::size_t kNamed = 5;

std::string list_callers(const std::vector<std::string>& callers) {
  std::string text;
  for (std::size_t i = 0; i < std::min(callers.size(), kNamed); ++i)
    text += (i == 0 ? "" : ", ") + base::one_line(callers[i], 80);
  if (callers.size() > kNamed) text += fmt::format(" and {} more", callers.size() - kNamed);
  return text;
}

}  // namespace

void check_method_pruning(const Subject& subject, Findings& findings) {
  report_binaries(subject, findings, [](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& go = row.binary.go;
    if (!go || !go->method_pruning_is_off) return std::nullopt;
    const std::string callers = list_callers(go->method_by_name_callers);
    return BinaryFault{
        .says = fmt::format("keeps every exported method: reflection looks methods up by name{}{}",
                            callers.empty() ? "" : ", through ", callers),
        .fix = callers.empty() ? "find who calls reflect's MethodByName: go build -ldflags=-dumpdep . 2>&1 | "
                                 "grep ReflectMethod"
                               : "drop the dependency that links it (who: go mod why -m, or go list -deps "
                                 ".), or put it into a "
                                 "program of its own"};
  });
}

}  // namespace crtune::analysis::rules
