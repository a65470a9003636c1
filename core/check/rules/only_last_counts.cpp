#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_only_last_counts(const Subject& subject, Findings& findings) {
  for (const auto& stage : subject.stages.all)
    for (const std::string_view keyword : {"CMD", "ENTRYPOINT", "HEALTHCHECK"}) {
      std::optional<std::size_t> last;
      for (std::size_t i = stage.end; i-- > stage.from;) {
        if (subject.at(i).keyword != keyword) continue;
        if (last)
          findings
              .add(i, fmt::format("line {} has the {} that counts", subject.at(*last).first_line, keyword))
              .edit(whole_lines(subject.document, subject.at(i)), "");
        else
          last = i;
      }
    }
}

}  // namespace crtune::check::rules
