// Values from a source tree made safe for the files they go into.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::generate {

// A YAML scalar that reads back as exactly `text`: plain where that is safe, else in double quotes.
std::string yaml_scalar(std::string_view text);

// A JSON string, for the exec form of a Dockerfile.
std::string json_string(std::string_view text);

// The arguments of COPY. Nothing where a path has characters that no form of COPY can carry.
std::optional<std::string> copy_arguments(const std::vector<std::string>& paths);

// A line of .dockerignore that names exactly `path`; nothing where that cannot be said.
std::optional<std::string> ignore_pattern(std::string_view path);

}  // namespace crtune::generate
