#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

void check_left_behind(const Subject& subject, Findings& findings) {
  static constexpr ClutterRow kRows[] = {
      {Clutter::logs, "logs are", {"find {root} -type f -delete", "**/*.log"}},
      {Clutter::core_dumps, "memory of a crashed program is", {"rm -f {root}", "**/core"}},
      {Clutter::editor_files, "files of editors and test tools are", {"rm -rf {root}", ""}},
      {Clutter::temporary_files, "temporary files are", {"rm -rf /tmp/* /var/tmp/*", ""}},
  };
  report_clutter(subject, findings, kRows);
}

}  // namespace crtune::analysis::rules
