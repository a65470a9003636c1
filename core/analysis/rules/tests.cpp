#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

void check_tests(const Subject& subject, Findings& findings) {
  static constexpr ClutterRow kRows[] = {
      {Clutter::tests, "the service's tests are", {"rm -rf {root}", ""}},
      {Clutter::package_tests,
       "tests of Python's packages are",
       {"find /usr -type d \\( -path '*-packages/*/tests' -o -path '*/python3*/test' \\) -prune -exec rm -rf "
        "'{}' +",
        "**/tests"}},
  };
  report_clutter(subject, findings, kRows);
}

}  // namespace crtune::analysis::rules
