// From the name of a Go symbol to its package, and from a package to its module.
#pragma once

#include "core/model/binary.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crtune::binary {

enum class SymbolOrigin : std::uint8_t {
  package,    // Go code of a package
  generated,  // what the compiler makes for types, of no single package
  foreign,    // C and assembly without a package
};

struct SymbolHome {
  SymbolOrigin origin = SymbolOrigin::foreign;
  std::string_view package;  // as written in the symbol: its last element is escaped
};

// The home of the function or variable `name`. Source: cmd/internal/objabi.PathToPrefix and
// debug/gosym.Sym.PackageName; the brackets of instantiations and anything from a receiver on are no part of
// the path. What compares and hashes a named type belongs to the type's package.
SymbolHome home_of(std::string_view name);

// The home of the data symbol `name`: like home_of, but a type and an interface table belong to the package
// of the (concrete) type where it has a name, and the tables that all packages share are generated.
SymbolHome data_home_of(std::string_view name);

// `package` with its %XX escapes decoded.
std::string decode_package(std::string_view package);

// The modules of one program. Keeps views into `go`.
class PackageModules {
 public:
  explicit PackageModules(const model::GoInfo& go);

  // The path of the module of a decoded `package`: the longest module path that it lies under, the main
  // module's for main, "std" where its first element has no dot; empty where nothing tells.
  std::string_view module_of(std::string_view package) const;
  // The longest module path, main's too, that a decoded `package` lies under, or is; empty where none.
  std::string_view longest(std::string_view package) const;

 private:
  std::unordered_map<std::string_view, std::string_view> paths_;
  std::string_view main_module_;
};

}  // namespace crtune::binary
