#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

void check_sources(const Subject& subject, Findings& findings) {
  static constexpr ClutterRow kRows[] = {
      {Clutter::sources,
       "sources of a compiled language are",
       {"rm -f {root} and the other sources",
        "the sources, and build in a stage of its own: COPY --from=build"}},
      {Clutter::build_products, "what a compiler left on the way is", {"rm -rf {root}", ""}},
  };
  report_clutter(subject, findings, kRows);
}

}  // namespace crtune::analysis::rules
