// Scans the texts below folders for secrets, prints where they are, and says how fast it went:
//   scan_secrets [--time] <folder>...
// For measuring precision and speed; --time reads all texts before the clock starts.
#include "core/secret/scan.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
namespace secret = crtune::secret;
using Clock = std::chrono::steady_clock;

constexpr std::uintmax_t kLargest = 1024 * 1024;

struct Totals {
  std::size_t files = 0;
  std::size_t bytes = 0;
  std::array<std::size_t, 3> by_severity = {};
  Clock::duration spent = {};
};

struct Text {
  std::string path;
  std::string content;
};

bool read_text(const fs::directory_entry& entry, Text& out) {
  std::error_code error;
  if (!entry.is_regular_file(error) || entry.is_symlink(error)) return false;
  const auto size = entry.file_size(error);
  if (error || size == 0 || size > kLargest) return false;
  std::ifstream file(entry.path(), std::ios::binary);
  out.path = entry.path().string().substr(1);
  out.content.assign(std::istreambuf_iterator<char>(file), {});
  return secret::is_text(std::as_bytes(std::span<const char>(out.content)));
}

void scan(const Text& text, Totals& totals) {
  const auto begin = Clock::now();
  const auto hits = secret::scan_file(text.path, text.content, {});
  totals.spent += Clock::now() - begin;
  ++totals.files;
  totals.bytes += text.content.size();
  for (const auto& hit : hits) {
    ++totals.by_severity[static_cast<std::size_t>(hit.severity)];
    const auto word = crtune::model::severity_word(hit.severity);
    std::printf("%s %.*s /%s:%llu:%llu %s\n", hit.rule.c_str(), static_cast<int>(word.size()), word.data(),
                text.path.c_str(), static_cast<unsigned long long>(hit.line),
                static_cast<unsigned long long>(hit.column), hit.what.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool is_timed = !arguments.empty() && arguments[0] == "--time";
  Totals totals;
  std::vector<Text> texts;
  for (std::size_t i = is_timed ? 1 : 0; i < arguments.size(); ++i) {
    std::error_code error;
    const auto options = fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator it(arguments[i], options, error), end; !error && it != end;
         it.increment(error)) {
      Text text;
      if (!read_text(*it, text)) continue;
      if (is_timed) {
        texts.push_back(std::move(text));
      } else {
        scan(text, totals);
      }
    }
  }
  for (const Text& text : texts) scan(text, totals);
  const double seconds = std::chrono::duration<double>(totals.spent).count();
  std::printf("%zu texts, %.1f MB in %.1f ms: %.2f GB/s; %zu errors, %zu warnings, %zu infos\n", totals.files,
              static_cast<double>(totals.bytes) / 1e6, seconds * 1e3,
              static_cast<double>(totals.bytes) / 1e9 / seconds, totals.by_severity[2], totals.by_severity[1],
              totals.by_severity[0]);
  return 0;
}
