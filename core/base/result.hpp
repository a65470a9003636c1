// Result<T>: a value or an Error. It has the verbs of std::expected and becomes an alias of it in C++23.
#pragma once

#include "core/base/error.hpp"

#include <tl/expected.hpp>

#include <utility>

namespace crtune::base {

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}
inline tl::unexpected<Error> fail(ErrorCode code, std::string message, Place place = {},
                                  std::string hint = {}) {
  return tl::unexpected<Error>(
      Error{.code = code, .message = std::move(message), .place = std::move(place), .hint = std::move(hint)});
}

}  // namespace crtune::base

// Returns the error of `expression` from the enclosing function, or goes on.
#define CRT_TRY(expression)                                                    \
  do {                                                                         \
    if (auto crt_status = (expression); !crt_status)                           \
      return ::crtune::base::fail(std::move(crt_status).error()); /* NOLINT */ \
  } while (false)

#define CRT_JOIN_INNER(a, b) a##b
#define CRT_JOIN(a, b) CRT_JOIN_INNER(a, b)
#define CRT_ASSIGN_INNER(declaration, expression, name)            \
  auto name = (expression);                                        \
  if (!name) return ::crtune::base::fail(std::move(name).error()); \
  declaration = std::move(name).value() /* NOLINT(bugprone-macro-parentheses) */

// Declares or assigns the value of `expression`, or returns its error from the enclosing function.
#define CRT_ASSIGN(declaration, expression) \
  CRT_ASSIGN_INNER(declaration, expression, CRT_JOIN(crt_result_, __LINE__))
