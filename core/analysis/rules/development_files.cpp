#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

void check_development_files(const Subject& subject, Findings& findings) {
  static constexpr ClutterRow kRows[] = {
      {Clutter::development_files,
       "headers and static libraries, which no program in the image reads, are",
       {"rm -rf /usr/include && find /usr/lib /usr/local/lib -name '*.a' -delete", ""}}};
  // With a compiler they are its own rule's.
  if (!subject.census.has(Tool::c_compiler)) report_clutter(subject, findings, kRows);
}

}  // namespace crtune::analysis::rules
