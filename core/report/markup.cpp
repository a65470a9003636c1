#include "core/report/markup.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace crtune::report {
namespace {

constexpr std::string_view kBreak = "&#8203;";  // no width: parts what would else be a mention or a link

bool is_alphanumeric(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

bool same_letters(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  return std::equal(lower.begin(), lower.end(), text.begin(), [](char wanted, char byte) {
    return wanted == (byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte);
  });
}

void append_entity(char byte, std::string& out) {
  fmt::format_to(std::back_inserter(out), "&#{};", static_cast<unsigned>(static_cast<unsigned char>(byte)));
}

// Markdown's and HTML's signs as entities, which stand for the sign and never act as one. GitHub looks for
// mentions, references and addresses in the rendered text, so these are parted.
std::string without_markup(std::string_view line) {
  constexpr std::string_view kSigns = "&<>`*_[]|~$\\\"";
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char byte = line[i];
    const auto rest = line.substr(i);
    if (byte == '@' || byte == '#') {
      append_entity(byte, out);
      out += kBreak;
    } else if (kSigns.find(byte) != std::string_view::npos) {
      append_entity(byte, out);
    } else {
      if (byte == '.' && i >= 3 && same_letters(line.substr(i - 3), "www.")) out += kBreak;
      out += byte;
      const bool starts = i == 0 || !is_alphanumeric(line[i - 1]);
      if (byte == ':' && rest.size() > 1 && rest[1] != ' ') out += kBreak;
      if (starts && same_letters(rest, "gh-")) {
        out.append(1, rest[1]).append(kBreak);
        ++i;
      }
    }
  }
  return out;
}

}  // namespace

std::string cut_line(std::string_view text, std::size_t columns) {
  // A column takes at most four bytes, so what is dropped here lies beyond the cut.
  return base::one_line(text.substr(0, columns * 4 + 8), columns);
}

std::string markdown_text(std::string_view text, std::size_t columns) {
  return without_markup(cut_line(text, columns));
}

std::string markdown_code(std::string_view text, std::size_t columns) {
  const std::string line = cut_line(text, columns);
  const bool fits = !line.empty() && line.find_first_of("`|\\") == std::string::npos && line.front() != ' ' &&
                    line.back() != ' ';
  return fits ? fmt::format("`{}`", line) : fmt::format("<code>{}</code>", without_markup(line));
}

std::string xml_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    for (std::string_view rest = text.substr(0, end); !rest.empty();) {
      std::size_t plain = 0;
      while (plain < rest.size() && (is_alphanumeric(rest[plain]) || rest[plain] == ' ')) ++plain;
      out += rest.substr(0, plain);
      rest.remove_prefix(plain);
      if (rest.empty()) break;
      const std::size_t length = std::max<std::size_t>(base::utf8_sequence_length(rest), 1);
      const auto sequence = rest.substr(0, length);
      // U+FFFE and U+FFFF are UTF-8 and yet no XML characters.
      if (sequence == "\xEF\xBF\xBE" || sequence == "\xEF\xBF\xBF") {
        out += "\uFFFD";
      } else if (length > 1 || std::string_view("&<>\"'").find(sequence[0]) == std::string_view::npos) {
        out += base::escape_controls(sequence);
      } else {
        append_entity(sequence[0], out);
      }
      rest.remove_prefix(length);
    }
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string uri_path(std::string_view path) {
  std::string out;
  for (const char byte : path) {
    if (is_alphanumeric(byte) || std::string_view("/-._~").find(byte) != std::string_view::npos) {
      out += byte;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return out;
}

}  // namespace crtune::report
