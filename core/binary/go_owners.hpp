// The owners of a Go program's bytes, by the names of its symbols.
#pragma once

#include "core/binary/byte_map.hpp"
#include "core/binary/go_names.hpp"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace crtune::binary {

// Numbers the packages that symbols name. Names of inlined closures carry the path of another package behind
// their own (golang/go issue 66313: "a/b.F.func1.c/d.G"); `settle` tells those from packages with dots in
// their path once all names were seen.
class GoOwners {
 public:
  using Home = std::uint32_t;  // a package, or one of the two below
  static constexpr Home kGenerated = 0;
  static constexpr Home kForeign = 1;

  GoOwners(ByteMap& map, const model::GoInfo& go) : map_(map), modules_(go), packages_(2) {}

  Home home(std::string_view symbol) { return number(home_of(symbol)); }
  Home package(std::string_view package) { return number({SymbolOrigin::package, package}); }
  bool has(std::string_view package) const { return numbers_.contains(package); }
  // Makes an owner of each home. Homes that are asked for later are taken as they are named.
  void settle();
  OwnerId owner(Home home) {
    if (home >= owners_.size()) settle();
    return owners_[home];
  }

 private:
  Home number(const SymbolHome& home);
  OwnerId owner_of_package(std::string_view package);
  std::string_view without_tail(std::string_view package) const;

  ByteMap& map_;
  PackageModules modules_;
  std::vector<std::string_view> packages_;
  std::unordered_map<std::string_view, Home> numbers_;
  std::vector<OwnerId> owners_;
  Home last_ = kForeign;
};

}  // namespace crtune::binary
