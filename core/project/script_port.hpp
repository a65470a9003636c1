// What an expression of a script says about a port: a number, the variable or flag that sets it.
#pragma once

#include "core/base/error.hpp"
#include "core/model/project.hpp"
#include "core/project/script_tree.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crtune::project {

struct ScriptPort {
  std::optional<std::uint32_t> number = {};  // when nothing is set
  std::string variable = {};
  std::string flag = {};
  bool loopback = false;   // the address names this host only
  base::Place place = {};  // of the variable, the flag or the number

  bool is_known() const { return number || !variable.empty() || !flag.empty(); }
};

// Follows names through assignments, parameters' defaults, settings objects and functions of `files`.
class ScriptPortReader {
 public:
  explicit ScriptPortReader(std::vector<const ScriptFile*> files) : files_(std::move(files)) {}

  ScriptPort read(const ScriptFile& file, ScriptRange range);

 private:
  static constexpr int kMaxDepth = 8;
  static constexpr int kMaxSteps = 400;
  static constexpr std::size_t kMaxTokens = 20'000'000;  // looked at for all questions together

  void scan(const ScriptFile& file, ScriptRange range, ScriptPort& value);
  void follow(const ScriptFile& file, ScriptRange range, ScriptPort& value);
  void follow_name(const ScriptFile& file, std::string_view name, ScriptPort& value);
  void look_up(const ScriptFile& file, std::string_view name, ScriptPort& value);
  void look_up_in(const ScriptFile& file, std::string_view name, ScriptPort& value);
  void look_up_flag(std::string_view name, ScriptPort& value);
  bool may_look_at(const ScriptFile& file);

  std::vector<const ScriptFile*> files_;
  std::set<std::string, std::less<>> active_;
  int depth_ = 0;
  int steps_ = 0;
  std::size_t tokens_seen_ = 0;
};

// The port as the project carries it, with the evidence; `place` proves it where the value has no place.
void set_port(const ScriptPort& value, const base::Place& place, model::Project& project);

// A port from the digits of `text`, nothing for anything else.
std::optional<std::uint32_t> port_of(std::string_view text);

}  // namespace crtune::project
