// The formats of the reports on images, and how each is written: one table for `analyze` and `diff`.
#pragma once

#include "cli/outputs.hpp"
#include "core/report/findings.hpp"

#include <span>
#include <string>
#include <vector>

namespace crtune::cli {

// What a command has to report, in the formats that are its own and for those that are not.
class CommandReport {
 public:
  virtual ~CommandReport() = default;
  virtual std::string text(const Canvas& canvas) const = 0;
  virtual std::string json() const = 0;
  virtual std::string markdown() const = 0;
  virtual std::string html() const = 0;
  virtual report::Results results() const = 0;
  virtual report::Subject subject() const = 0;
};

std::span<const Format> report_formats();
// Whether any of the outputs is a page with a map of files, which shows them whatever the user asked for.
bool need_files(const std::vector<Output>& outputs);
// `format` is a place in report_formats.
std::string write_report(std::size_t format, const CommandReport& report, const Canvas& canvas);

}  // namespace crtune::cli
