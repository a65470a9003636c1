#include "cli/terminal.hpp"

#include "core/base/byte_size.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <ostream>

namespace crtune::cli {

using namespace std::chrono_literals;

Terminal inspect_terminal(const std::function<std::optional<std::string>(std::string_view)>& environment) {
  Terminal terminal;
  terminal.output_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  const auto is_set = [&](std::string_view name) { return !environment(name).value_or("").empty(); };
  const bool dumb = environment("TERM").value_or("") == "dumb";
  terminal.colour = terminal.output_is_terminal && !is_set("NO_COLOR") && !dumb;
  terminal.progress = ::isatty(STDERR_FILENO) == 1 && !is_set("CI") && !dumb;
  winsize size = {};
  if (terminal.output_is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    terminal.columns = size.ws_col;
  const std::string columns = environment("COLUMNS").value_or("");
  std::size_t wanted = 0;
  std::from_chars(columns.data(), columns.data() + columns.size(), wanted);
  if (wanted >= 40 && wanted <= 1000) terminal.columns = wanted;
  return terminal;
}

TerminalReporter::TerminalReporter(std::ostream& err, bool show_progress)
    : err_(err), show_progress_(show_progress) {}

TerminalReporter::~TerminalReporter() {
  clear_line();
}

void TerminalReporter::clear_line() {
  if (line_is_drawn_) err_ << "\r\x1b[K" << std::flush;
  line_is_drawn_ = false;
}

void TerminalReporter::progress(std::uint64_t done, std::uint64_t total) {
  if (!show_progress_) return;
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (now - start_ < 500ms || now - drawn_at_ < 100ms) return;
  drawn_at_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done) / seconds;
  std::string line = fmt::format("\rread {}", base::format_bytes(done));
  if (total > 0) line += fmt::format(" of {}", base::format_bytes(total));
  line += fmt::format(", {}/s", base::format_bytes(static_cast<std::uint64_t>(rate)));
  if (total > done && rate > 0)
    line += fmt::format(", {:.0f} s left", static_cast<double>(total - done) / rate);
  err_ << line << "\x1b[K" << std::flush;
  line_is_drawn_ = true;
}

void TerminalReporter::finish() {
  const std::lock_guard lock(mutex_);
  clear_line();
}

void TerminalReporter::note(std::string_view message) {
  const std::lock_guard lock(mutex_);
  clear_line();
  err_ << "note: " << base::escape_controls(message) << '\n';
}

}  // namespace crtune::cli
