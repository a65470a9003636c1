// Works out the strings that reach a call: literals, constants, variables, parameters, functions of the
// module, the environment, flags, struct tags. It never runs anything and gives up early rather than guess.
#pragma once

#include "core/project/go_functions.hpp"
#include "core/project/go_program.hpp"
#include "core/project/go_structs.hpp"
#include "core/project/go_value.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace crtune::project {

// What a function was called with.
using GoFrame = std::map<std::string, GoValue, std::less<>>;

// Where an expression stands.
struct GoSite {
  const GoPackage* package = nullptr;
  std::size_t file = 0;
  const GoFrame* frame = nullptr;

  const GoFile& source() const { return package->files[file]; }
  const std::vector<GoToken>& tokens() const { return source().tokens; }
  base::Place place(std::size_t at) const;
};

class GoEvaluator {
 public:
  // Looks only into `reachable`, which must be loaded and outlive this.
  GoEvaluator(const GoProgram& program, std::vector<const GoPackage*> reachable);

  // The value of the expression in `range`.
  GoValue evaluate(const GoSite& site, TokenRange range);

  const std::vector<const GoPackage*>& packages() const { return packages_; }

 private:
  static constexpr int kMaxDepth = 24;
  static constexpr int kMaxSteps = 2000;    // expressions for one part of a question
  static constexpr int kMaxTotal = 20'000;  // and for all of it

  // One more level of an expression; over the limits everything is unknown.
  class Guard {
   public:
    explicit Guard(GoEvaluator& owner) : owner_(owner) {
      ++owner_.depth_;
      ++owner_.steps_;
      ++owner_.total_steps_;
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard() { --owner_.depth_; }
    bool exceeded() const {
      return owner_.depth_ > kMaxDepth || owner_.steps_ > kMaxSteps || owner_.total_steps_ > kMaxTotal;
    }

   private:
    GoEvaluator& owner_;
  };

  GoValue expression(const GoSite& site, TokenRange range);
  GoValue term(const GoSite& site, TokenRange range);
  GoValue call(const GoSite& site, TokenRange callee, std::size_t open, std::size_t close);
  std::optional<GoValue> library_call(const GoSite& site, std::string_view path, std::string_view name,
                                      const std::vector<TokenRange>& arguments);
  std::optional<GoValue> method_call(const GoSite& site, TokenRange callee, std::string_view name,
                                     const std::vector<TokenRange>& arguments);
  std::optional<GoValue> settings_call(std::string_view name, const GoSite& site, TokenRange key);
  // Unmarshal fills a field only where its key is known to viper; a getter asks the environment for any.
  enum class Lookup : std::uint8_t { flags, viper, viper_known };
  std::optional<GoValue> setting(const std::string& key, Lookup lookup, const base::Place& place);
  GoValue format(const GoSite& site, const std::vector<TokenRange>& arguments);
  GoValue join(const GoSite& site, const std::vector<TokenRange>& arguments, std::string_view separator);
  GoValue returned(const GoPackage& package, const GoFunction& function, const GoSite& site,
                   const std::vector<TokenRange>& arguments);
  std::optional<GoValue> flag_chain(const GoSite& site, TokenRange range);

  // Names.
  GoValue name_value(const GoSite& site, std::size_t at);
  GoValue field_value(const GoSite& site, TokenRange selector);
  GoValue package_value(const GoPackage& package, std::string_view name);
  GoValue parameter_value(const GoPackage& package, const GoFunction& function, std::size_t index);
  // What is looked for: a name, or a field of one of `types` (of any type where that is not known).
  struct Wanted {
    std::string_view name;
    bool field = false;
    GoTypes types = {};
    std::string_view parent = {};  // the field that holds it: HTTP in cfg.HTTP.Port
  };
  void assigned(const GoSite& site, TokenRange range, const Wanted& wanted, std::vector<GoValue>& values);
  std::optional<GoValue> assignment_at(const GoSite& site, TokenRange range, std::size_t at,
                                       const Wanted& wanted);
  std::optional<GoValue> bound_by_flag(const GoSite& site, TokenRange range, std::size_t at);
  bool fits(const GoSite& site, std::size_t at, const Wanted& wanted) const;

  // Struct fields that libraries fill.
  std::optional<GoValue> declared_field(const GoSite& site, std::size_t at, std::string_view parent);
  std::optional<GoValue> field_by_path(const GoStructs::Path& path, const GoField& field,
                                       const base::Place& place);
  std::optional<GoValue> field_from(const GoStructs::Path& path, const GoField& field,
                                    const base::Place& place);
  struct Process {  // a call of envconfig.Process
    std::string prefix;
    GoTypes targets;
  };
  const std::vector<Process>& processed();
  std::string env_prefix();

  const GoProgram& program_;
  std::vector<const GoPackage*> packages_;
  GoStructs structs_;
  std::optional<std::vector<Process>> processed_;
  std::optional<std::string> env_prefix_;
  // Where a name stands in one file, so that a question reads few tokens.
  struct Mention {
    const GoPackage* package = nullptr;
    std::size_t file = 0;
    std::vector<std::size_t> at;  // ascending
  };
  std::unordered_map<std::string_view, std::vector<Mention>> mentions_;
  std::set<std::pair<const void*, std::string>> active_;  // names being worked out, against recursion
  std::size_t wanted_result_ = 0;  // of the next function of the program that is looked into
  int depth_ = 0;
  int steps_ = 0;
  int total_steps_ = 0;
};

}  // namespace crtune::project
