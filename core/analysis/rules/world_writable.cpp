#include "core/analysis/rules/cure.hpp"
#include "core/analysis/rules/rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

void check_world_writable(const Subject& subject, Findings& findings) {
  static constexpr Swap kSwaps[] = {
      {"chmod -R 777", "chmod -R 755"},     {"chmod 777", "chmod 755"},
      {"chmod -R 0777", "chmod -R 0755"},   {"chmod 0777", "chmod 0755"},
      {"chmod 666", "chmod 644"},           {"chmod -R a+w", "chmod -R u+w"},
      {"chmod -R a+rwX", "chmod -R u+rwX"}, {"chmod -R a+rwx", "chmod -R u+rwx"}};
  const auto& writable = subject.census.writable();
  for (std::uint32_t layer = 0; layer < writable.size(); ++layer) {
    const auto& total = writable[layer];
    if (total.files + total.folders == 0 || !subject.is_users(layer)) continue;
    const auto& summary = subject.analysis.layers[layer];
    const std::string path = subject.image.paths.text(total.first);
    const std::string first = base::one_line(path, 100);
    const bool is_one = total.files + total.folders == 1;
    const std::string message =
        is_one ? fmt::format("every user of the container may write to {}", first)
               : fmt::format("every user of the container may write to {} files and {} folders, {} first",
                             total.files, total.folders, first);
    std::string fix = maker_of(summary) == Maker::copy_context || maker_of(summary) == Maker::copy_stage
                          ? copy_with_flag(summary, "--chmod=u=rwX,go=rX")
                          : cure_line(summary, {"chmod -R o-w {root}", "", kSwaps}, path);
    auto& finding = findings.add_layer(layer, message, std::move(fix));
    finding.path = path;
  }
}

}  // namespace crtune::analysis::rules
