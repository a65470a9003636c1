// What is told of a secret's value: a keyed hash.
#pragma once

#include <cstdint>
#include <string_view>

namespace crtune::secret {

// SipHash-2-4 (Aumasson and Bernstein, 2012) of `value` under `key` and a fixed second half of the key.
std::uint64_t fingerprint(std::string_view value, std::uint64_t key);

// Whether `value` is printed in public documentation, so that it is no secret. Only hashes are kept here.
bool is_known_sample(std::string_view value);

}  // namespace crtune::secret
