#include "core/check/known_bases.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_toolchain_image(const Subject& subject, Findings& findings) {
  const auto last = subject.stages.last();
  if (!last || !subject.final_base()) return;
  const auto what = toolchain_of(*subject.final_base());
  if (what.empty()) return;
  const auto& from = subject.at(subject.stages.all[*last].from);
  if (from.words.empty()) return;
  const auto index = subject.stages.all[*last].from;
  findings
      .add_span(index, from.words.front().span,
                fmt::format("the image stands on {}, which brings {}",
                            shown(subject.final_base()->repository), what))
      .say(
          "add AS build to this line, and a last stage: FROM a slim or distroless image, COPY --from=build "
          "the result");
}

}  // namespace crtune::check::rules
