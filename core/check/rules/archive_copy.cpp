#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::check::rules {

void check_archive_copy(const Subject& subject, Findings& findings) {
  static constexpr std::array<std::string_view, 6> kEnds = {".tar",     ".tar.gz", ".tgz",
                                                            ".tar.bz2", ".tar.xz", ".txz"};
  for (const auto& call : subject.calls) {
    const bool unpacks =
        call.program() == "tar" && (call.has_letter('x') || call.has({"--extract"}) ||
                                    (call.words().size() > 1 && call.words()[1].text.starts_with('x')));
    const auto stage = subject.facts(call.instruction()).stage;
    if (!unpacks || !stage) continue;
    for (std::size_t i = subject.stages.all[*stage].from; i < call.instruction(); ++i)
      for (const auto& source : context_sources(subject.at(i), subject.facts(i))) {
        const bool archive = std::any_of(kEnds.begin(), kEnds.end(),
                                         [&](std::string_view end) { return source.ends_with(end); });
        const auto name = last_part(source);
        const bool same = std::any_of(call.words().begin(), call.words().end(),
                                      [&](const auto& word) { return last_part(word.text) == name; });
        if (archive && same && subject.at(i).keyword == "COPY")
          findings
              .add_span(
                  i, subject.at(i).words.front().span,
                  fmt::format("line {} unpacks it again", subject.document.place(call.span().begin).line))
              .say("ADD unpacks it, and leaves the archive out");
      }
  }
}

}  // namespace crtune::check::rules
