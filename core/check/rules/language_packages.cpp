#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {
namespace {

bool is_local(std::string_view text) {
  return text.starts_with('.') || text.starts_with('/') || text.find('$') != std::string_view::npos ||
         text.find("://") != std::string_view::npos || text.ends_with(".whl") || text.ends_with(".tgz") ||
         text.ends_with(".tar.gz") || text.find('*') != std::string_view::npos;
}

}  // namespace

void check_language_packages(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    std::size_t verb = pip_install(call);
    std::string_view sign = "==";
    if (verb == 0 && call.is({"npm"})) {
      verb = call.find({"install", "i", "add"});
      sign = "@";
    } else if (verb == 0 && call.is({"gem"})) {
      verb = call.find({"install"});
      sign = ":";
    }
    if (verb == 0 || (sign == ":" && (call.has({"-v", "--version"}) || call.has_prefix("--version="))))
      continue;
    if (sign == "==" && (call.has({"-c", "--constraint"}) || call.has_prefix("--constraint=") ||
                         call.has({"--require-hashes"})))
      continue;
    for (const auto* word :
         call.operands(verb, {"-r", "--requirement", "-i", "--index-url", "--extra-index-url", "-f",
                              "--find-links", "-t", "--target", "--prefix", "-e", "--trusted-host",
                              "--registry", "--root", "--timeout"})) {
      const auto& text = word->text;
      const bool pinned = sign == "==" ? text.find_first_of("=~<>@") != std::string::npos
                                       : text.find(sign, 1) != std::string::npos;
      if (pinned || is_local(text)) continue;
      findings.add_word(call, *word, fmt::format("{} has no version", shown(text)))
          .say(fmt::format("{}{}VERSION", shown(text), sign));
      break;
    }
  }
}

}  // namespace crtune::check::rules
