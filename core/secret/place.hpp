// What a file's path says of the secrets in it.
#pragma once

#include "core/model/finding.hpp"
#include "core/secret/rules.hpp"

#include <string_view>

namespace crtune::secret {

// The last part of a path.
std::string_view base_name(std::string_view path);

// Whether the path is one of tests, examples or documentation, where keys are mostly made up.
bool is_test_or_doc(std::string_view path);

// Whether a browser or a phone is sent the file, so that a key in it is meant to be public.
bool is_client_side(std::string_view path);

// The severity of a secret at this path: lower in tests and documentation, never nothing.
model::Severity severity_at(std::string_view path, Rule rule, model::Severity usual);

}  // namespace crtune::secret
