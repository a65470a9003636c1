#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace crtune::check::rules {

void check_secret_in_context(const Subject& subject, Findings& findings) {
  const auto* context = subject.around.context;
  if (context == nullptr || context->secrets.empty()) return;
  std::set<std::string> told;
  // The image's own COPY is the graver one, so it is looked at first.
  for (const bool final_ones : {true, false})
    for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
      if (!subject.copies_context(i) || subject.is_final(i) != final_ones) continue;
      const auto sources = context_sources(subject.at(i), subject.facts(i));
      for (std::size_t k = 0; k < sources.size(); ++k)
        for (const auto* file : context->sent_by(sources[k])) {
          const auto secret = std::find_if(context->secrets.begin(), context->secrets.end(),
                                           [&](const auto& one) { return one.path == file->path; });
          if (secret == context->secrets.end() || !told.insert(file->path).second) continue;
          auto& found = findings.add_span(i, subject.at(i).words.front().span,
                                          fmt::format("{}:{} holds {} and is copied along",
                                                      shown(secret->path), secret->line, secret->what));
          found.say(fmt::format("in .dockerignore: {}", shown(secret->path)));
          if (!final_ones) found.as(model::Severity::warning);
        }
    }
}

}  // namespace crtune::check::rules
