// What standard output and standard error are, and progress on them.
#pragma once

#include "cli/context.hpp"

#include <chrono>
#include <iosfwd>
#include <mutex>
#include <string>

namespace crtune::cli {

// Looks at the two streams and at NO_COLOR, CI, TERM and COLUMNS.
Terminal inspect_terminal(const std::function<std::optional<std::string>(std::string_view)>& environment);

// Notes as lines on standard error; progress as one line that redraws itself, from half a second of work on,
// with bytes, rate and time left.
class TerminalReporter final : public base::Reporter {
 public:
  TerminalReporter(std::ostream& err, bool show_progress);
  ~TerminalReporter() override;

  void progress(std::uint64_t done, std::uint64_t total) override;
  void finish() override;
  void note(std::string_view message) override;

 private:
  using Clock = std::chrono::steady_clock;

  void clear_line();

  std::ostream& err_;
  const bool show_progress_;
  std::mutex mutex_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_at_ = {};
  bool line_is_drawn_ = false;
};

}  // namespace crtune::cli
