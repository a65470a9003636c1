#include "core/base/error.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::base {

std::string_view code_word(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage: return "usage";
    case ErrorCode::not_found: return "not found";
    case ErrorCode::unreadable: return "unreadable";
    case ErrorCode::invalid: return "invalid";
    case ErrorCode::limit: return "limit";
    case ErrorCode::damaged: return "damaged";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::network: return "network";
    case ErrorCode::unauthorised: return "unauthorised";
    case ErrorCode::interrupted: return "interrupted";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

std::string describe(const Error& error) {
  std::string text;
  if (!error.place.file.empty()) {
    text += escape_controls(error.place.file);
    if (error.place.line > 0) text += fmt::format(":{}", error.place.line);
    if (error.place.line > 0 && error.place.column > 0) text += fmt::format(":{}", error.place.column);
    text += ": ";
  }
  text += fmt::format("error: {} [{}]", escape_controls(error.message), code_word(error.code));
  if (error.place.offset) text += fmt::format(" at byte {}", *error.place.offset);
  if (!error.hint.empty()) text += fmt::format("\nhint: {}", escape_controls(error.hint));
  return text;
}

}  // namespace crtune::base
