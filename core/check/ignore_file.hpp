// .dockerignore: which files of the build context a builder never sees.
// Source: docs.docker.com/build/concepts/context, ".dockerignore files"; moby/patternmatcher.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::check {

class IgnoreFile {
 public:
  struct Pattern {
    std::string text;    // cleaned, without "!" and a leading "/"
    bool keeps = false;  // a line with "!"
    std::uint64_t line = 0;
  };

  // Source: docs/limits.md. What is over them is left out.
  static constexpr std::size_t kMaxPatterns = 1'000;
  static constexpr std::size_t kMaxPattern = 1'000;

  IgnoreFile() = default;
  explicit IgnoreFile(std::string_view text);

  const std::vector<Pattern>& patterns() const { return patterns_; }
  // Whether `path` (from the context, no leading "/") is left out: the last pattern that matches it or a
  // folder above it decides.
  bool hides(std::string_view path) const;
  // Whether nothing below a hidden folder can be brought back, so that it need not be walked.
  bool keeps_below(std::string_view folder) const;
  // The line whose pattern hides the path; 0 where none does.
  std::uint64_t hiding_line(std::string_view path) const;

 private:
  std::vector<Pattern> patterns_;
  bool has_exceptions_ = false;
};

// Whether a pattern of .dockerignore matches the whole path: `*`, `?` and `[…]` within one folder, `**` any
// number of folders.
bool ignore_pattern_matches(std::string_view pattern, std::string_view path);

}  // namespace crtune::check
