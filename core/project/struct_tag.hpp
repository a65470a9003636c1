// Struct tags that say where a field gets its value.
// Sources: the documentation of caarlos0/env, kelseyhightower/envconfig, sethvargo/go-envconfig, cleanenv,
// kong, go-flags.
#pragma once

#include "core/project/go_value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace crtune::project {

// The value of `key` in a struct tag such as `env:"PORT" default:"8080"`; nothing where it is absent.
std::optional<std::string> tag_value(std::string_view tag, std::string_view key);

// The variable or flag, and the default, that the tag names; nothing where it names neither.
std::optional<GoValue> value_of_tag(std::string_view tag, const base::Place& place);

}  // namespace crtune::project
