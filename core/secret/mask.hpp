// Texts of an image as they may be shown: without the values of secrets in them.
#pragma once

#include "core/model/inspection.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::secret {

// `text` with "***" in place of each hit's value, wherever it stands. Hits outside the text are passed over.
std::string masked(std::string_view text, std::span<const model::SecretHit> hits);

// A command line or history row, e.g. "RUN curl -H 'Authorization: Bearer ***'".
std::string masked_words(std::string_view text);
// The words of an ENTRYPOINT or CMD; a secret is told by the words before it too.
void mask_words(std::vector<std::string>& words);

}  // namespace crtune::secret
