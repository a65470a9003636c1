#include "cli/run.hpp"
#include "cli/terminal.hpp"
#include "core/platform/files.hpp"

#include <malloc.h>

#include <clocale>
#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
  // libarchive converts names by the locale; nothing else of it is wanted (numbers must not change).
  std::setlocale(LC_CTYPE, "C.UTF-8");  // NOLINT(concurrency-mt-unsafe): before any thread
  // Tables grow by doubling: keeping the pages they leave behind saves the kernel from clearing them again.
  constexpr int kKeep = 64 << 20;
  // But what is larger than any table of usual images, an executable held in memory, goes back at once.
  constexpr int kLarge = 12 << 20;
  mallopt(M_MMAP_THRESHOLD, kLarge);  // NOLINT(concurrency-mt-unsafe): before any thread
  mallopt(M_TRIM_THRESHOLD, kKeep);   // NOLINT(concurrency-mt-unsafe): before any thread
  std::ios::sync_with_stdio(false);
  const auto environment = [](std::string_view name) -> std::optional<std::string> {
    const char* value =
        std::getenv(std::string(name).c_str());  // NOLINT(concurrency-mt-unsafe): nothing sets it
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  const auto terminal = crtune::cli::inspect_terminal(environment);
  crtune::platform::RealFiles files;
  crtune::cli::TerminalReporter reporter(std::cerr, terminal.progress);
  crtune::cli::Context context{std::cout, std::cerr, files, reporter, terminal, environment};
  const int code = crtune::cli::run({argv + 1, argv + argc}, context);
  std::cout.flush();
  // A report that did not arrive (a full disk, a closed pipe) must not look like success.
  return std::cout.good() || code != 0 ? code : 3;
}
