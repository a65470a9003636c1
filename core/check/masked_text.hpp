// A Dockerfile as it may be shown.
#pragma once

#include "core/dockerfile/document.hpp"

#include <string>

namespace crtune::check {

// The document's text with "*" for each byte of a secret: places stay what they are.
std::string masked_text(const dockerfile::Document& document);

}  // namespace crtune::check
