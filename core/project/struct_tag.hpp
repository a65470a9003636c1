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

// The variable or flag, and the default, that the tag names; nothing where it names neither. `prefix` stands
// before a variable named with `env`.
std::optional<GoValue> value_of_tag(std::string_view tag, std::string_view prefix, const base::Place& place);

// What the tag of a nested struct puts before the variables of its fields: `envPrefix:"HTTP_"`
// (caarlos0/env), `env-prefix:"HTTP_"` (cleanenv), `env:", prefix=HTTP_"` (sethvargo/go-envconfig).
std::string tag_prefix(std::string_view tag);

// `default`, `envDefault`, `env-default`: nothing where the tag has none.
std::optional<std::string> tag_default(std::string_view tag);

}  // namespace crtune::project
