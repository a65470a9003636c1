// Which functions of a program can run.
#pragma once

#include "core/project/go_functions.hpp"
#include "core/project/go_program.hpp"

#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace crtune::project {

// The parts of a file that stand in no function.
std::vector<TokenRange> outside_functions(const GoPackage& package, std::size_t file);

// A function can run when main, an initialiser or another such function names it; a method when its type is
// named so and the method is exported (a library may call it through an interface of its own) or its name
// stands behind a dot. Interfaces are not followed: any type may stand behind one.
class Liveness {
 public:
  // `packages` as GoProgram::reach gives them: the first one's main is where the program starts.
  explicit Liveness(const std::vector<const GoPackage*>& packages);

  bool contains(const GoFunction& function) const { return alive_.contains(&function); }

 private:
  using Name = std::pair<const GoPackage*, std::string_view>;  // of a package's function, type or variable
  struct Part {
    const GoPackage* package = nullptr;
    std::size_t file = 0;
    TokenRange range = {};
  };

  void read(const GoPackage& package);
  void read_outside(const GoPackage& package, std::size_t file, TokenRange range);
  void mention(const Part& part);
  void name(const GoPackage& package, std::string_view text);
  void called(std::string_view method);
  void run(const GoPackage& package, const GoFunction& function);

  std::map<std::string_view, const GoPackage*> by_path_;
  std::multimap<Name, const GoFunction*> functions_;
  std::multimap<Name, const GoFunction*> methods_;  // by their type
  std::multimap<std::string_view, std::pair<const GoPackage*, const GoFunction*>> methods_by_name_;
  std::multimap<Name, Part> types_;  // declarations
  struct NameHash {
    std::size_t operator()(const Name& name) const {
      return std::hash<std::string_view>()(name.second) ^ (std::hash<const void*>()(name.first) * 31U);
    }
  };
  std::unordered_set<Name, NameHash> named_;
  std::unordered_set<std::string_view> called_;
  std::set<const GoFunction*> alive_;
  std::vector<Part> queue_;
};

}  // namespace crtune::project
