// What went wrong, where, and what to do: the one error type of cloudrun-tune.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crtune::base {

// The kind of failure; the program maps each to one exit code (see docs/exit-codes.md).
enum class ErrorCode : std::uint8_t {
  usage,         // the command line or a configuration file is wrong
  not_found,     // an input does not exist
  unreadable,    // the operating system refused to read or write
  invalid,       // the input breaks its format's rules
  limit,         // the input is over one of our limits
  damaged,       // bytes do not match their size, checksum or digest
  unsupported,   // legal, but not something we read
  network,       // a remote end could not be reached or refused
  unauthorised,  // a remote end wants other credentials
  interrupted,   // the user stopped the program
  internal,      // a bug in cloudrun-tune
};

// The word for `code` that messages carry, e.g. "damaged".
std::string_view code_word(ErrorCode code);

// Where an error lies. Empty members are unknown; `line` and `column` count from 1.
struct Place {
  std::string file = {};
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  std::optional<std::uint64_t> offset = {};  // bytes from the start of `file`

  friend bool operator==(const Place&, const Place&) = default;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // one sentence without a final full stop
  Place place = {};
  std::string hint = {};  // what to do about it; may be empty

  friend bool operator==(const Error&, const Error&) = default;
};

// `place: error: message [code] (at byte N)` and a hint line, with control characters escaped. No final
// newline.
std::string describe(const Error& error);

}  // namespace crtune::base
