// The commands of a CMakeLists.txt. Source of the grammar: cmake-language(7) of CMake 3.25.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

struct CMakeArgument {
  enum class Kind : std::uint8_t { unquoted, quoted, bracket };

  std::string text;  // escapes and ${references} as written
  Kind kind = Kind::unquoted;
};

struct CMakeCommand {
  std::string name;  // in lower case
  std::vector<CMakeArgument> arguments;
  std::uint64_t line = 0;
};

// Never fails: what is no command is skipped. At most 100,000 commands of 20,000 arguments; linear.
std::vector<CMakeCommand> lex_cmake(std::string_view text);

}  // namespace crtune::project
