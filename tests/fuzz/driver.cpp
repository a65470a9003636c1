// Runs a fuzz target without libFuzzer, with any compiler: every file of the corpus as it is, then a fixed
// number of changes of each. The same runs give the same inputs.
//
//   fuzz_<target> [--changes N] [--keep FILE] FILE-OR-FOLDER...
//
// A crash, a broken invariant, a sanitizer's report and more than 5 seconds of work on one input fail; the
// input is then written to --keep (default ./fuzz-failed.bin), which the target takes as an argument again.
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/mutation.hpp"

#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#define CRT_WITH_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CRT_WITH_SANITIZER 1
#endif
#endif
#ifdef CRT_WITH_SANITIZER
extern "C" void __sanitizer_set_death_callback(void (*callback)());
#endif

using namespace crtune;
namespace fs = std::filesystem;

namespace {

constexpr long kSecondsPerInput = 5;

// What a signal handler needs: the input that runs now, and where to keep it.
struct Current {
  const char* data = nullptr;
  std::size_t size = 0;
  std::string keep = "fuzz-failed.bin";
};
Current& current() {
  static Current one;
  return one;
}

// Calls only what may be called in a signal handler.
void keep_input() {
  const auto say = [](std::string_view text) {
    if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;
  };
  const int file = open(current().keep.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const bool kept = file >= 0 && write(file, current().data, current().size) >= 0;
  say(kept ? "the input that failed is in " : "the input that failed could not be written to ");
  say(current().keep);
  say("\n");
}

void on_signal(int number) {
  std::signal(number, SIG_DFL);
  if (number == SIGPROF) {
    constexpr std::string_view kText = "one input took over 5 seconds\n";
    if (write(STDERR_FILENO, kText.data(), kText.size()) < 0) _exit(1);
  }
  keep_input();
  raise(number);
}

void watch() {
  std::signal(SIGABRT, on_signal);
  std::signal(SIGPROF, on_signal);
#ifdef CRT_WITH_SANITIZER
  __sanitizer_set_death_callback(keep_input);
#else
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(number, on_signal);
#endif
}

void run(const std::string& input) {
  current().data = input.data();
  current().size = input.size();
  // Of the processor's time, so that a loaded machine fails no test.
  const itimerval limit = {.it_interval = {}, .it_value = {.tv_sec = kSecondsPerInput, .tv_usec = 0}};
  setitimer(ITIMER_PROF, &limit, nullptr);
  // A copy of just this size lets AddressSanitizer see one byte too far.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

bool add_corpus(const fs::path& path, std::vector<std::string>& corpus) {
  std::vector<fs::path> files;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    for (const auto& entry : fs::directory_iterator(path, error))
      if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) error = std::make_error_code(std::errc::io_error);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  if (error || files.empty()) std::fprintf(stderr, "nothing to read in %s\n", path.c_str());
  return !error && !files.empty();
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t changes = 0;
  std::vector<std::string> corpus;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--changes") {
      std::from_chars(value.data(), value.data() + value.size(), changes);
      ++i;
    } else if (word == "--keep") {
      current().keep = value;
      ++i;
    } else if (!add_corpus(word, corpus)) {
      return 2;
    }
  }
  watch();
  const auto start = std::chrono::steady_clock::now();
  run({});
  for (const auto& seed : corpus) run(seed);
  for (const auto& seed : corpus)
    for (std::uint64_t number = 0; number < changes; ++number)
      run(fuzz::mutated(seed, corpus, number, changes));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("%zu files, %llu inputs, %.1f s\n", corpus.size(),
              static_cast<unsigned long long>(1 + corpus.size() * (1 + changes)), seconds.count());
  return corpus.empty() ? 2 : 0;
}
