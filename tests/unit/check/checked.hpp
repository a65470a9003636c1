// Checks Dockerfiles of tests.
#pragma once

#include "core/check/check.hpp"
#include "core/check/repair.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

namespace crtune::test {

inline dockerfile::Document read_dockerfile(const std::string& text) {
  auto document = dockerfile::parse(text, "Dockerfile");
  REQUIRE(document.has_value());
  return *std::move(document);
}

// The findings of one rule that count.
inline std::vector<check::Found> found_by(const std::string& rule, const std::string& text,
                                          const check::Surroundings& around = {}) {
  const auto document = read_dockerfile(text);
  std::vector<check::Found> out;
  for (auto& found : check::check_dockerfile(document, "Dockerfile", around).findings)
    if (found.finding.rule == rule && found.finding.ignored.empty()) out.push_back(std::move(found));
  return out;
}

// The file as --fix leaves it, with `most` edits.
inline std::string mended(const std::string& text, check::Safety most = check::Safety::safe,
                          const check::Surroundings& around = {}) {
  auto repaired = check::repair(read_dockerfile(text), "Dockerfile", around, most);
  REQUIRE(repaired.has_value());
  return repaired->text;
}

// A Dockerfile that a rule must tell of, and one close to it that is well.
struct RuleCase {
  const char* rule;
  const char* fires;
  const char* quiet;
};

template <typename Cases>
void check_cases(const Cases& cases) {
  for (const RuleCase& one : cases) {
    const std::string rule = one.rule;
    CAPTURE(rule);
    CHECK_FALSE(found_by(one.rule, one.fires).empty());
    CHECK(found_by(one.rule, one.quiet).empty());
    for (const auto most : {check::Safety::safe, check::Safety::unsafe}) {
      const std::string once = mended(one.fires, most);
      CHECK(mended(once, most) == once);
    }
  }
}

}  // namespace crtune::test
