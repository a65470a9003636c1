#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_onbuild(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i)
    for (const auto& inner : subject.at(i).trigger)
      if (inner.keyword == "FROM" || inner.keyword == "ONBUILD" || inner.keyword == "MAINTAINER")
        findings.add_span(i, inner.keyword_span, fmt::format("ONBUILD cannot hold {}", inner.keyword));
}

}  // namespace crtune::check::rules
