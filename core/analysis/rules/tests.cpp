#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

void check_tests(const Subject& subject, Findings& findings) {
  static constexpr ClutterRow kRows[] = {
      {Clutter::tests, "the service's tests are", {"rm -rf {root}", ""}},
      {Clutter::package_tests,
       "tests of Python's packages are",
       {"find / -xdev -type d -path '*/site-packages/*' -name tests -prune -exec rm -rf '{}' +", "**/tests"}},
  };
  report_clutter(subject, findings, kRows);
}

}  // namespace crtune::analysis::rules
