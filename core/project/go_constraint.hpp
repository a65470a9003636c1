// Whether the go command would build a file for Cloud Run: linux/amd64.
// Source: `go help buildconstraint`.
#pragma once

#include "core/project/go_lexer.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace crtune::project {

enum class Cgo : std::uint8_t { off, on };

// By its name alone: not a test, and no other operating system or processor in its suffix.
bool file_name_is_built(std::string_view file_name);

// By a `//go:build` expression (without "go:build"). A broken expression counts as true.
// `tags` are those that the build is given.
using BuildTags = std::span<const std::string>;
bool expression_is_built(std::string_view expression, Cgo cgo, BuildTags tags = {});

// By all directives of the file's header: //go:build wins over // +build lines.
bool directives_are_built(std::span<const GoDirective> directives, Cgo cgo, BuildTags tags = {});

}  // namespace crtune::project
