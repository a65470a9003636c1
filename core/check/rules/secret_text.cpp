#include "core/check/rules/rules.hpp"
#include "core/secret/scan.hpp"

#include <fmt/format.h>

#include <set>

namespace crtune::check::rules {

void check_secret_text(const Subject& subject, Findings& findings) {
  const auto& document = subject.document;
  std::set<std::uint64_t> told;
  for (const auto& hit : secret::scan_file("Dockerfile", document.text, {})) {
    // DF306 tells of those in ARG and ENV.
    bool is_variable = false;
    std::optional<std::size_t> index;
    for (std::size_t i = 0; i < document.instructions.size(); ++i)
      if (hit.offset >= document.instructions[i].span.begin && hit.offset < document.instructions[i].span.end)
        index = i;
    if (index) is_variable = subject.at(*index).keyword == "ARG" || subject.at(*index).keyword == "ENV";
    if (is_variable || !told.insert(hit.offset).second) continue;
    const dockerfile::Span span = {hit.offset, hit.offset + hit.length};
    const std::string message = fmt::format("{} stands here", hit.what);
    (index ? findings.add_span(*index, span, message) : findings.add_bytes(span, message)).as(hit.severity);
  }
  for (std::size_t i = 0; i < document.instructions.size(); ++i) {
    if (subject.at(i).keyword != "RUN" && subject.at(i).keyword != "LABEL") continue;
    const auto& joined = subject.at(i).joined;
    for (const auto& hit : secret::scan_words(joined.text(), {})) {
      const auto span = joined.span(hit.offset, hit.offset + hit.length);
      if (told.insert(span.begin).second)
        findings.add_span(i, span, fmt::format("{} stands here", hit.what)).as(hit.severity);
    }
  }
}

}  // namespace crtune::check::rules
