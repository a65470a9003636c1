#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

// The switches of "all=-N -l" that turn optimisation off, as one text.
std::string switched_off(std::string_view flags) {
  std::string found;
  while (!flags.empty()) {
    const auto word = flags.substr(0, flags.find_first_of(" =\"'"));
    flags.remove_prefix(std::min(flags.size(), word.size() + 1));
    if (word == "-N" || word == "-l") found += fmt::format("{}{}", found.empty() ? "" : " ", word);
  }
  return found;
}

}  // namespace

void check_optimizer(const Subject& subject, Findings& findings) {
  report_binaries(subject, findings, [](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    if (!row.binary.go) return std::nullopt;
    const std::string flags = switched_off(go_setting(*row.binary.go, "-gcflags"));
    if (flags.empty()) return std::nullopt;
    return BinaryFault{.says = fmt::format("was built with -gcflags={}, for a debugger", flags),
                       .fix = fmt::format("go build without {} in -gcflags", flags)};
  });
}

}  // namespace crtune::analysis::rules
