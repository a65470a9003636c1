// Words and numbers that every report of a difference states alike.
#pragma once

#include "core/base/byte_size.hpp"
#include "core/report/analysis_words.hpp"
#include "core/report/diff.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::report {

// Without its sign.
std::uint64_t magnitude(std::int64_t number);
// "+2.20 MB", "-512 B", "±0 B".
std::string signed_bytes(std::int64_t bytes, base::Units units);
// "12.3 MB → 14.5 MB".
std::string bytes_change(std::uint64_t before, std::uint64_t after, base::Units units);
// "+2.20 MB (+17.9 %)".
std::string growth_text(std::int64_t growth, std::uint64_t before, base::Units units);

// What a deploy pushes and how exact that is; what it imports and what is shared.
std::string push_text(const Comparison& comparison, base::Units units);
std::string import_text(const Comparison& comparison, base::Units units);

// "12 added, 3 removed, 5 changed"; "none differ".
std::string counts_text(const model::FileCounts& counts);
// "content 2, time 5": how many files changed so; empty where none did.
std::string changes_text(const model::Difference& difference);

// Growth of the bytes that a file's name counts.
std::int64_t file_growth(const Comparison& comparison, const model::FileDifference& file);
// "added, 1.20 kB"; "content, mode 0644 → 0755"; not escaped.
std::string file_text(const Comparison& comparison, const model::FileDifference& file, base::Units units);
// What changed of a file on both sides besides its size, times without their values: "content, mode 0644 →
// 0755"; "content unknown". Many files share such a text. Not escaped.
std::string attributes_text(const Comparison& comparison, const model::FileDifference& file);
// Places in Difference::files: what grew or shrank most first, then by path; at most `most`.
std::vector<std::size_t> largest_files(const Comparison& comparison, std::size_t most);

// "PORT: 8080 → 9090", "old → new" where it has no name; not escaped.
std::string setting_text(const model::SettingDifference& setting);
// "+", "-" or "~".
char setting_sign(const model::SettingDifference& setting);

Verdict diff_verdict(const Comparison& comparison, base::Units units);

}  // namespace crtune::report
