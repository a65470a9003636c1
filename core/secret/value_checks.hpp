// Whether a value looks like a secret, and not like a word, a variable or a placeholder.
#pragma once

#include <cstddef>
#include <string_view>

namespace crtune::secret {

// Shannon's entropy of the characters of `value`, in bits for each.
double entropy(std::string_view value);

// Whether a token may begin at `at`: what stands before is no part of a word. Escapes such as \n, \u0026 and
// %3D count as what they stand for.
bool begins_word(std::string_view text, std::size_t at);

// Whether a person wrote the value in place of a secret: "changeme", "<token>", "${VAR}", "xxxx", "%s".
bool is_placeholder(std::string_view value);

// How many of the four kinds of characters (digits, upper and lower case, others) a value has.
int kinds_of_characters(std::string_view value);

}  // namespace crtune::secret
