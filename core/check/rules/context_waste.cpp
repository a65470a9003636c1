#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::check::rules {
namespace {

bool is_waste(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames = {".git", "node_modules", ".venv", "venv",
                                                             ".tox", "__pycache__",  ".hg",   ".svn"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

void check_context_waste(const Subject& subject, Findings& findings) {
  const auto* context = subject.around.context;
  if (context == nullptr) return;
  std::vector<std::string> names;
  for (const auto& file : context->files)
    if (file.folder && !file.hidden && is_waste(last_part(file.path)))
      names.emplace_back(last_part(file.path));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.empty()) return;
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (!subject.copies_context(i)) continue;
    for (const auto& source : context_sources(subject.at(i), subject.facts(i))) {
      if (!context_path(source).empty()) continue;
      std::string lines;
      for (const auto& name : names) lines += (lines.empty() ? "**/" : "  **/") + name;
      findings
          .add_span(
              i, subject.at(i).words.front().span,
              fmt::format("{} {} copied along", fmt::join(names, ", "), names.size() == 1 ? "is" : "are"))
          .say(fmt::format("in .dockerignore: {}", lines));
      return;
    }
  }
}

}  // namespace crtune::check::rules
