// Gates and findings as workflow commands of GitHub Actions, which shows them at the files of a pull request.
#pragma once

#include "core/report/findings.hpp"

#include <string>

namespace crtune::report {

// GitHub shows so many errors, warnings and notices of a step; the worst are chosen, and a last notice says
// how many more there are. Only findings in files beside the caller name a file: a path of an image could be
// mistaken for one of the repository, so it stands in the message.
inline constexpr std::size_t kMaxAnnotations = 10;

std::string findings_annotations(const Results& results, const Subject& subject);

}  // namespace crtune::report
