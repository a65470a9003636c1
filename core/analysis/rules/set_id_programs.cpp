#include "core/analysis/rules/cure.hpp"
#include "core/analysis/rules/rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

constexpr std::size_t kMostNamed = 8;

// "/usr/bin/su, /usr/bin/mount and 3 more"
std::string list(const Subject& subject, const std::vector<EntryId>& files) {
  std::string names;
  for (std::size_t i = 0; i < files.size() && i < kMostNamed; ++i)
    names.append(i == 0 ? "" : ", ").append(base::one_line(subject.path_text(files[i]), 80));
  if (files.size() > kMostNamed) names += fmt::format(" and {} more", files.size() - kMostNamed);
  return names;
}

}  // namespace

void check_set_id_programs(const Subject& subject, Findings& findings) {
  const std::size_t layers = subject.analysis.layers.size();
  std::vector<std::vector<EntryId>> by_layer(layers);
  for (const EntryId file : subject.census.set_id_files())
    by_layer[subject.files.layer_of(file)].push_back(file);
  for (std::uint32_t layer = 0; layer < layers; ++layer) {
    const auto& files = by_layer[layer];
    if (files.empty()) continue;
    const std::string names = list(subject, files);
    if (subject.is_users(layer)) {
      std::string paths;
      for (std::size_t i = 0; i < files.size() && i < kMostNamed; ++i)
        paths.append(" ").append(base::one_line(subject.path_text(files[i]), 80));
      const std::string clean = "chmod a-s" + paths;
      auto& finding = findings.add_layer(
          layer, fmt::format("{} run with their owner's or group's rights, whoever starts them", names),
          cure_line(subject.analysis.layers[layer], {clean, "the files, or COPY --chmod=0755"},
                    subject.path_text(files[0])));
      finding.path = subject.path_text(files[0]);
    } else {
      auto& finding = findings.add_layer(
          layer, fmt::format("the base image has set-uid or set-gid programs: {}", names),
          "take a base image without them, such as gcr.io/distroless/base-debian12:nonroot");
      finding.path = subject.path_text(files[0]);
      finding.severity = model::Severity::info;
    }
  }
}

}  // namespace crtune::analysis::rules
