// One finding for the started program, and one for all other binaries that share its fault.
#pragma once

#include "core/analysis/rules/rule.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace crtune::analysis::rules {

// What is wrong with one binary.
struct BinaryFault {
  std::string says;                              // follows the binary's path: "is not stripped"
  std::string fix;                               // the line to write
  std::uint64_t bytes = 0;                       // what it costs; 0: nothing that can be told
  std::optional<model::Severity> severity = {};  // where it is not the rule's usual one
};

// Judges one binary of Analysis::binaries; nothing where all is well.
using BinaryJudge = std::function<std::optional<BinaryFault>(const model::BinaryRow&)>;

// A finding for each program that the container starts, and one for the others together, told of the one that
// costs most.
void report_binaries(const Subject& subject, Findings& findings, const BinaryJudge& judge);

// The programs that a start of the container runs: the entrypoint, and what words of the command name.
class StartedPrograms {
 public:
  explicit StartedPrograms(const Subject& subject);
  bool contains(const model::BinaryRow& row) const;

 private:
  const Subject& subject_;
  std::unordered_set<std::string_view> words_;
};

// Whether it is an executable with a mode that lets someone run it; test data, mostly, is not.
bool may_be_run(const Subject& subject, const model::BinaryRow& row);

// The value of a Go build setting; empty where there is none.
std::string_view go_setting(const model::GoInfo& go, std::string_view name);
// 26 of go1.26.8, go1.27rc1 and "go1.26.8 X:nodwarf5"; nothing where it is no release of Go 1.
std::optional<int> go_minor(std::string_view version);

// The last component of a path.
std::string_view base_name(std::string_view path);
// A path as a message shows it.
std::string shown(std::string_view path);

}  // namespace crtune::analysis::rules
