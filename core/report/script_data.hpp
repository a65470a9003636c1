// JSON that stands inside an HTML page.
#pragma once

#include <string>
#include <string_view>

namespace crtune::report {

// The same JSON without the characters that could end a <script> element or open a comment or a tag in it
// (`<`, `>`, `&`), nor the two that old scripts took for line ends (U+2028, U+2029): in JSON they all stand
// inside strings only, where \uXXXX means the same. Source: html.spec.whatwg.org, "Restrictions for contents
// of script elements". Applying it twice changes nothing more.
std::string embeddable_json(std::string_view json);

// The number of bytes that `text` takes as a quoted, embeddable JSON string.
std::size_t embedded_size(std::string_view text);

}  // namespace crtune::report
