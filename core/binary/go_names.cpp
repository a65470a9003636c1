#include "core/binary/go_names.hpp"

#include <algorithm>
#include <array>

namespace crtune::binary {

namespace {

// What no import path may hold (Go specification, "Import declarations") but symbols do behind the path.
constexpr auto kEndsPath = [] {
  std::array<bool, 256> table = {};
  for (const char c : std::string_view("[({*<=> \",;")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// The part of `name` that may be a path and what follows up to a receiver or type arguments.
std::string_view path_part(std::string_view name) {
  const auto end =
      std::find_if(name.begin(), name.end(), [](char c) { return kEndsPath[static_cast<unsigned char>(c)]; });
  return name.substr(0, static_cast<std::size_t>(end - name.begin()));
}

constexpr std::array<std::string_view, 10> kSharedTables = {
    "runtime.findfunctab", "runtime.typelink", "runtime.itablink", "runtime.gcdata", "runtime.gcbss",
    "runtime.pclntab",     "runtime.symtab",   "runtime.types",    "runtime.rodata", "runtime.text"};

constexpr std::string_view kPointerMask = "type:.gcmask.";

// C compilers number the statics of functions: table.12. No Go name starts with a digit.
bool is_numbered_static(std::string_view name) {
  const auto dot = name.find('.');
  return dot != std::string_view::npos && dot + 1 < name.size() &&
         name.find_first_not_of("0123456789", dot + 1) == std::string_view::npos;
}

constexpr unsigned kMostElements = 64;  // of an import path; more are looked at no further

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Since Go 1.20 the compiler's own names start `go:` and `type:`; before, `go.` and `type.`, as do the names
// of packages such as go.uber.org/zap.
bool is_generated(std::string_view name, std::string_view head) {
  if (name.starts_with("go:") || name.starts_with("type:") || name.starts_with("type..")) return true;
  if (!name.starts_with("go.") && !name.starts_with("type.")) return false;
  return head.find('/') == std::string_view::npos;
}

// The home of a type by its name: only a named type's tells, not "[4]a.T" or "struct { … }".
SymbolHome home_of_type(std::string_view name) {
  while (name.starts_with('*')) name.remove_prefix(1);
  if (name.starts_with("noalg.")) return {SymbolOrigin::generated, {}};
  const auto home = home_of(name);
  return home.origin == SymbolOrigin::package ? home : SymbolHome{SymbolOrigin::generated, {}};
}

}  // namespace

SymbolHome home_of(std::string_view name) {
  for (const std::string_view prefix : {"type:.eq.", "type:.hash.", "type..eq.", "type..hash."})
    if (name.starts_with(prefix)) return home_of_type(name.substr(prefix.size()));
  const auto head = path_part(name);
  if (is_generated(name, head)) return {SymbolOrigin::generated, {}};
  const auto slash = head.rfind('/');
  const auto dot = head.find('.', slash == std::string_view::npos ? 0 : slash);
  if (dot == std::string_view::npos || dot == 0) return {SymbolOrigin::foreign, {}};
  return {SymbolOrigin::package, head.substr(0, dot)};
}

SymbolHome data_home_of(std::string_view name) {
  if (name.starts_with(kPointerMask)) return home_of_type(name.substr(kPointerMask.size()));
  for (const std::string_view prefix : {"go:itab.", "go.itab."})
    if (name.starts_with(prefix))
      return home_of_type(name.substr(prefix.size(), name.find(',') - prefix.size()));
  if (name.starts_with("type:")) return home_of_type(name.substr(5));
  if (name.starts_with('$') ||
      std::find(kSharedTables.begin(), kSharedTables.end(), name) != kSharedTables.end())
    return {SymbolOrigin::generated, {}};
  if (is_numbered_static(name)) return {SymbolOrigin::foreign, {}};
  return home_of(name);
}

std::string decode_package(std::string_view package) {
  std::string decoded;
  decoded.reserve(package.size());
  for (std::size_t i = 0; i < package.size(); ++i) {
    const bool escape = package[i] == '%' && i + 2 < package.size() && hex_digit(package[i + 1]) >= 0 &&
                        hex_digit(package[i + 2]) >= 0;
    if (!escape) {
      decoded += package[i];
      continue;
    }
    decoded += static_cast<char>(hex_digit(package[i + 1]) * 16 + hex_digit(package[i + 2]));
    i += 2;
  }
  return decoded;
}

PackageModules::PackageModules(const model::GoInfo& go) : main_module_(go.main_module) {
  paths_.reserve(go.modules.size() + 1);
  for (const auto& module : go.modules)
    if (!module.path.empty()) paths_.emplace(module.path, module.path);
  if (!main_module_.empty()) paths_.emplace(main_module_, main_module_);
}

std::string_view PackageModules::longest(std::string_view package) const {
  // Tests of a package and the programs of a folder carry the folder's path, so whole elements suffice.
  auto path = package;
  for (unsigned depth = 0; depth < kMostElements && !path.empty(); ++depth) {
    if (const auto found = paths_.find(path); found != paths_.end()) return found->second;
    const auto slash = path.rfind('/');
    if (slash == std::string_view::npos) break;
    path = path.substr(0, slash);
  }
  return {};
}

std::string_view PackageModules::module_of(std::string_view package) const {
  if (package == "main") return main_module_;
  if (const auto module = longest(package); !module.empty()) return module;
  const auto first = package.substr(0, package.find('/'));
  return first.find('.') == std::string_view::npos ? std::string_view("std") : std::string_view();
}

}  // namespace crtune::binary
