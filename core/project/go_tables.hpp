// What is known of Go's ecosystem, as tables: which calls listen, which open files, what needs C.
// Sources: the libraries' own documentation.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace crtune::project {

inline constexpr std::size_t kNoArgument = static_cast<std::size_t>(-1);

// A web or RPC framework by the start of its import paths; earlier rows win.
struct GoFramework {
  std::string_view import;
  std::string_view name;
};
std::span<const GoFramework> go_frameworks();

// A call that starts to listen. A `method` is called on a value; the library must be imported by the file.
struct GoListenCall {
  std::string_view import;
  std::string_view function;
  std::size_t address;  // which argument is the address, or kNoArgument
  bool method = false;
  bool bare_port = false;              // the argument is a port without ":"
  std::string_view flag = {};          // the call defines this flag, and its argument is the default
  std::string_view default_port = {};  // where it may be called without an argument and then reads PORT
};
std::span<const GoListenCall> go_listen_calls();

// A call that opens what lies at a path while the program runs.
struct GoOpenCall {
  std::string_view import;  // empty: any library, for methods with a telling name
  std::string_view function;
  std::size_t path;        // the first argument that is a path
  bool all_after = false;  // and all that follow
  bool method = false;
  std::string_view prefix = {};  // what stands before the path: file://
};
std::span<const GoOpenCall> go_open_calls();

// Libraries that look up time zones by name.
std::span<const std::string_view> time_zone_imports();

// The name begins with the start of an import path, at a "/" or its end.
bool import_matches(std::string_view import, std::string_view start);

}  // namespace crtune::project
