#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

std::span<const Rule> contents_rules() {
  return {};
}

}  // namespace crtune::analysis::rules
