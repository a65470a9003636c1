// Findings in texts that people write, Dockerfiles above all: as text with the line itself, JSON, Markdown.
#pragma once

#include "core/model/finding.hpp"
#include "core/report/text_options.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace crtune::report {

// A file that was checked, as it may be shown: secrets are covered.
struct CheckedFile {
  std::string path;
  std::string text;
  std::string context;  // the folder that a build takes
  std::string diff;     // what --fix changed or would change; empty where it did not
};

struct CheckReport {
  std::span<const model::Finding> findings;
  std::span<const CheckedFile> files;
  std::uint64_t safe_fixes = 0;    // findings that --fix mends
  std::uint64_t unsafe_fixes = 0;  // and those that --fix --unsafe mends besides
};

// Every finding that counts: PATH:LINE:COLUMN, severity, id and message, the line with a caret below, the
// line to write. Then how many there are.
std::string check_text(const CheckReport& report, const TextOptions& options);

// Schema cloudrun-tune/check/v1, docs/schema/check-v1.json.
std::string check_json(const CheckReport& report);

// A table for a pull request, at most kMaxCheckMarkdown bytes.
inline constexpr std::size_t kMaxCheckMarkdown = 60'000;
std::string check_markdown(const CheckReport& report);

}  // namespace crtune::report
