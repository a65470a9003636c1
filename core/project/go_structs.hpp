// The struct types of a program: which type a selector goes through, and where a type is nested in others.
#pragma once

#include "core/project/go_functions.hpp"
#include "core/project/go_program.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

// A named type of a package, as "import/path.Name". A struct without a name is named after its field:
// "import/path.Config.HTTP".
using GoTypeId = std::string;
using GoTypes = std::set<GoTypeId, std::less<>>;

struct GoField {
  std::string name;
  GoTypeId type;       // empty for what is no single named type: maps, slices, functions
  std::string tag;     // without its quotes
  std::size_t at = 0;  // the token of its name
  bool embedded = false;
};

struct GoStruct {
  GoTypeId id;
  const GoPackage* package = nullptr;
  std::size_t file = 0;
  TokenRange body = {};  // between the braces
  std::vector<GoField> fields = {};
};

class GoStructs {
 public:
  // Looks only into `packages`, which must be loaded and outlive this.
  explicit GoStructs(std::vector<const GoPackage*> packages);

  // The types that the selector in `chain` (a, a.b, a.b.c) can have; empty where that is not known.
  GoTypes types_of(const GoPackage& package, std::size_t file, TokenRange chain) const;

  // `types` and all that is embedded in them.
  GoTypes with_embedded(GoTypes types) const;

  // The innermost struct whose declaration holds the token, or nullptr.
  const GoStruct* around(const GoPackage& package, std::size_t file, std::size_t at) const;

  // The type of the composite literal whose brace stands at `open`; empty where it is not written there.
  GoTypeId literal_type(const GoPackage& package, std::size_t file, std::size_t open) const;

  // One way from a type that is nested nowhere down to another: the fields passed, outermost first.
  struct Path {
    GoTypeId root;
    std::vector<const GoField*> fields;
  };
  // All ways to `type`, a bounded number of them; one without fields where it is nested nowhere.
  std::vector<Path> paths_to(const GoTypeId& type) const;

 private:
  friend class GoStructReader;
  const GoStruct* find(std::string_view id) const;
  GoTypes name_types(const GoPackage& package, std::size_t file, std::size_t at) const;
  GoTypes variable_types(const GoPackage& package, std::size_t file, TokenRange range,
                         std::string_view name) const;
  GoTypeId result_type(const GoPackage& package, std::size_t file, TokenRange callee) const;
  GoTypeId field_type(std::string_view owner, std::string_view field, int depth) const;

  std::vector<const GoPackage*> packages_;
  std::vector<GoStruct> structs_;
  std::map<GoTypeId, std::size_t, std::less<>> by_id_;
  std::map<GoTypeId, GoTypeId, std::less<>> other_names_;  // type A B, type A = B
  // For each type, the structs and fields that hold it.
  std::map<GoTypeId, std::vector<std::pair<const GoStruct*, const GoField*>>, std::less<>> holders_;
};

// The type written in `range`: Name, pkg.Name, *Name; empty for anything else.
GoTypeId type_id(const GoPackage& package, std::size_t file, TokenRange range);

}  // namespace crtune::project
