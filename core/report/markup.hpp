// Text that came from an input, made inert for Markdown, XML and URIs. Images are hostile: a file may be
// called
// `</details><script>` or `@everyone`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crtune::report {

// base::one_line in time bounded by `columns`, however long the text.
std::string cut_line(std::string_view text, std::size_t columns);

// One line of plain text for GitHub's Markdown, also in a table's cell: nothing in it is markup, HTML, a
// link, a mention that notifies or a reference to an issue.
std::string markdown_text(std::string_view text, std::size_t columns);

// The same as code: a backtick span where the text allows one, and else a <code> element.
std::string markdown_code(std::string_view text, std::size_t columns);

// For XML 1.0 content and double-quoted attributes: well-formed whatever the text; control characters and
// invalid UTF-8 become visible escapes. Newlines stay.
std::string xml_text(std::string_view text);

// A path as a URI reference (RFC 3986): all but unreserved characters and "/" percent-encoded, bytes as they
// are.
std::string uri_path(std::string_view path);

}  // namespace crtune::report
