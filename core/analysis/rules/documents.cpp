#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

void check_documents(const Subject& subject, Findings& findings) {
  static constexpr Swap kSwaps[] = {
      {"microdnf install", "microdnf install --nodocs"},
      {"dnf install", "dnf install --setopt=tsflags=nodocs"},
      {"yum install", "yum install --setopt=tsflags=nodocs"},
  };
  static constexpr ClutterRow kRows[] = {
      {Clutter::documents,
       "manuals and documents are",
       {"find /usr/share/doc -type f ! -name 'copyright*' -delete && rm -rf /usr/share/man /usr/share/info",
        "", kSwaps}},
  };
  report_clutter(subject, findings, kRows);
}

}  // namespace crtune::analysis::rules
