// Values that are secret by the name of what holds them.
#pragma once

#include "core/secret/hits.hpp"

#include <cstddef>
#include <string_view>

namespace crtune::secret {

enum class NameKind { plain, weak, strong };

// Whether a variable of this name holds a secret: one of BuildKit's words (apikey, auth, credential, key,
// password, pword, passwd, secret, token) and a few more, at borders of "_", "-", "." or of upper case,
// without a word that makes it public or that names something else (…_FILE, …_URL, GPG_KEY). Weak: only a
// random value tells. Source: moby/buildkit, the lint rule SecretsUsedInArgOrEnv.
NameKind judge_name(std::string_view name);

// Whether nothing but common words such as "password", "admin" and "local" makes up the value.
bool is_made_of_words(std::string_view value);

// Adds [begin, end) of the text where its value is a secret under this name.
void judge_named_value(Hits& hits, std::string_view name, std::size_t begin, std::size_t end);

// Judges every NAME=value, --name value and authorization header of a command line.
void judge_words(Hits& hits);

// Judges each NAME=value line of a .env file.
void judge_environment_file(Hits& hits);

}  // namespace crtune::secret
