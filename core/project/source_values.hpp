// What a port expression of C, C++ or Rust can be: a number, a variable of the environment, a flag.
#pragma once

#include "core/model/project.hpp"
#include "core/project/source_program.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace crtune::project {

// What was met on the way from an expression to its literals.
struct PortValue {
  std::optional<std::uint32_t> number;
  std::string variable;    // of the environment; PORT wins over others
  std::string flag;        // without dashes
  bool argument = false;   // a position of the command line
  bool loopback = false;   // a host of this machine only was named
  bool wildcard = false;   // all hosts were named
  bool ephemeral = false;  // port 0
  bool address = false;    // the variable or flag holds host:port
  std::optional<SourcePlace> number_place;
  std::optional<SourcePlace> variable_place;
  std::optional<SourcePlace> flag_place;
};

class SourceValues {
 public:
  explicit SourceValues(const SourceProgram& program) : program_(program) {}

  // Follows names through their assignments, parameters and functions; at most 50,000 tokens for all calls.
  PortValue resolve(const SourceRange& range);
  // The same for whatever is called `name`.
  PortValue resolve_name(std::string_view name, std::uint32_t file);

 private:
  void walk(const SourceRange& range, std::size_t depth);
  std::uint32_t word(const SourceRange& range, std::uint32_t at, std::size_t depth);
  void text(std::uint32_t file, std::uint32_t at, std::size_t depth);
  void number(std::uint32_t file, std::uint32_t at);
  void name(std::string_view name, std::uint32_t file, std::size_t depth);
  void use(SourcePlace place, std::size_t depth);
  void parameter(std::string_view name, std::size_t depth);
  std::string_view constant_text(std::string_view name) const;
  bool environment_call(std::uint32_t file, std::uint32_t at, std::size_t depth);
  void attributes(SourcePlace field);
  void attribute(SourcePlace field, std::uint32_t begin, std::uint32_t end);
  void flag_library(SourcePlace place, std::size_t depth);
  void set_variable(std::string_view name, SourcePlace place);
  void set_flag(std::string_view name, SourcePlace place);
  std::uint32_t end_of_value(std::uint32_t file, std::uint32_t begin, bool condition) const;
  const SourceToken* at(std::uint32_t file, std::uint64_t index) const;
  bool is(std::uint32_t file, std::uint64_t index, std::string_view what) const;

  const SourceProgram& program_;
  PortValue value_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> visited_;
  std::set<std::string_view> names_;
  std::size_t steps_ = 0;
};

// "0.0.0.0:8080", ":8080", "http://[::]:8080", "8080": the port at the end, if there is one.
std::optional<std::uint32_t> port_of_text(std::string_view text);

}  // namespace crtune::project
