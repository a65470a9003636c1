// The variables that kelseyhightower/envconfig fills a struct from.
// Source: the library's documentation, "Struct Tag Support", and its tests.
#pragma once

#include "core/project/go_structs.hpp"

#include <string>
#include <string_view>

namespace crtune::project {

// "MultiWordVar" is "Multi_Word_Var", "HTTPPort" is "HTTP_Port": what split_words:"true" does to a name.
std::string split_words(std::string_view name);

// The variable for `field`, reached from the struct given to Process(prefix, …) through `path`, in upper
// case. Where the field's tag names it and `PORT` is that name, PORT itself: the library falls back to the
// name without a prefix. Empty for a field that is ignored.
std::string envconfig_name(std::string_view prefix, const GoStructs::Path& path, const GoField& field);

}  // namespace crtune::project
