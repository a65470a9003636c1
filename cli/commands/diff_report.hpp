// The report of `diff`.
#pragma once

#include "cli/commands/report_formats.hpp"
#include "core/base/byte_size.hpp"
#include "core/model/finding.hpp"
#include "core/report/diff.hpp"

#include <span>
#include <string>

namespace crtune::cli {

// What is reported, and how the user wants it.
struct DiffFacts {
  report::Comparison comparison;
  std::span<const model::RuleText> rules = {};  // that were checked
  base::Units units = base::Units::si;
  std::size_t top = 10;
};

// Of findings, SARIF, JUnit and annotations have the new ones.
class DiffReport final : public CommandReport {
 public:
  explicit DiffReport(const DiffFacts& facts) : facts_(facts) {}

  std::string text(const Canvas& canvas) const override;
  std::string json() const override;
  std::string markdown() const override;
  std::string html() const override;
  report::Results results() const override;
  report::Subject subject() const override;

 private:
  DiffFacts facts_;
};

}  // namespace crtune::cli
