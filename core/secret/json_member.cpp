#include "core/secret/json_member.hpp"

#include "core/secret/characters.hpp"

namespace crtune::secret {
namespace {

std::size_t skip(std::string_view text, std::size_t at, char wanted) {
  while (at < text.size() && (is_space(text[at]) || text[at] == '\\')) ++at;
  return at < text.size() && text[at] == wanted ? at + 1 : std::string_view::npos;
}

}  // namespace

TextRange json_string_member(std::string_view text, std::string_view key) {
  constexpr auto kNone = std::string_view::npos;
  for (auto at = text.find(key); at != kNone; at = text.find(key, at + 1)) {
    if (at == 0 || text[at - 1] != '"') continue;
    std::size_t next = skip(text, at + key.size(), '"');
    if (next != kNone) next = skip(text, next, ':');
    if (next != kNone) next = skip(text, next, '"');
    if (next == kNone) continue;
    const auto end = text.find_first_of("\"\\", next);
    if (end != kNone && end > next) return {next, end};
  }
  return {};
}

}  // namespace crtune::secret
