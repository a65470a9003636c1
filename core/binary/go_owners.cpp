#include "core/binary/go_owners.hpp"

namespace crtune::binary {

using model::OwnerKind;

GoOwners::Home GoOwners::number(const SymbolHome& home) {
  if (home.origin == SymbolOrigin::generated) return kGenerated;
  if (home.origin == SymbolOrigin::foreign) return kForeign;
  // Neighbours are mostly of one package.
  if (packages_[last_] == home.package) return last_;
  const auto [found, added] = numbers_.try_emplace(home.package, static_cast<Home>(packages_.size()));
  if (added) packages_.push_back(home.package);
  return last_ = found->second;
}

// The longest package that `package` carries in front of a dot before its last slash; `package` itself where
// there is none. The dots of its module's path are its own.
std::string_view GoOwners::without_tail(std::string_view package) const {
  const auto slash = package.rfind('/');
  if (slash == std::string_view::npos) return package;
  auto dot = package.rfind('.', slash);
  if (dot == std::string_view::npos) return package;
  // No escape stands before the last slash, where modules end unless they are the whole package.
  const auto of_module = modules_.longest(decode_package(package)).size();
  constexpr unsigned kMostDots = 16;  // each costs a look at all before it
  for (unsigned i = 0; i < kMostDots && dot != std::string_view::npos && dot > of_module; ++i) {
    const auto prefix = package.substr(0, dot);
    if (prefix == "main" || numbers_.contains(prefix)) return prefix;
    dot = package.rfind('.', dot - 1);
  }
  return package;
}

OwnerId GoOwners::owner_of_package(std::string_view package) {
  const auto decoded = decode_package(without_tail(package));
  const auto owner = map_.owner(OwnerKind::package, decoded);
  map_.module_of(owner) = modules_.module_of(decoded);
  return owner;
}

void GoOwners::settle() {
  while (owners_.size() < packages_.size()) {
    const auto home = static_cast<Home>(owners_.size());
    if (home == kGenerated)
      owners_.push_back(map_.owner(OwnerKind::remainder, "generated code (type equality, hashes)"));
    else if (home == kForeign)
      owners_.push_back(map_.owner(OwnerKind::remainder, "C and assembly code"));
    else
      owners_.push_back(owner_of_package(packages_[home]));
  }
}

}  // namespace crtune::binary
