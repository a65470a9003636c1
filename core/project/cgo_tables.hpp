// What is known of Go modules with C code, and of the C libraries that programs are linked with.
// Sources: the modules' own documentation; package names: https://packages.debian.org/bookworm/.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace crtune::project {

// fixed: all of it can go into the program. shared: it loads or needs shared libraries. by_hand: it needs a
// library in a version that Debian does not have.
enum class CgoLinking : std::uint8_t { fixed, shared, by_hand };

// A module that does not work with CGO_ENABLED=0.
struct CgoModule {
  std::string_view import;  // the start of its import paths
  bool fails_at_run_time;   // it compiles, and fails when it is used: the dangerous kind
  CgoLinking linking = CgoLinking::fixed;
  std::string_view library = {};  // a name in c_libraries()
  std::string_view tag = {};      // a build tag that a static program needs
  bool cxx = false;
  std::string_view reason = {};  // why it is not fixed
};
std::span<const CgoModule> cgo_modules();

struct CLibrary {
  std::string_view name;        // of its pkg-config file
  std::string_view other_name;  // as -l takes it
  std::string_view build_package;
  std::string_view run_package;
};
// The library with that name for pkg-config or the linker, or nullptr.
const CLibrary* find_c_library(std::string_view name);

}  // namespace crtune::project
