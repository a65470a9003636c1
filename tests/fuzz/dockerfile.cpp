// One Dockerfile. It must be printed as it was, its parts must lie in it, what is mended must be a fixed
// point that a builder takes no worse, and no secret may be in what is told.
#include "core/check/repair.hpp"
#include "tests/fuzz/input.hpp"

using namespace crtune;
using namespace crtune::fuzz;

namespace {

void check_spans(const dockerfile::Document& document) {
  const std::size_t size = document.text.size();
  const auto inside = [&](dockerfile::Span span) { return span.begin <= span.end && span.end <= size; };
  std::size_t at = 0;
  for (const auto& line : document.lines) {
    require(line.span.begin == at && line.end >= at && line.end <= line.span.end, "lines tile the file");
    at = line.span.end;
  }
  require(at == size, "lines reach the end");
  std::uint64_t last = 0;
  for (const auto& instruction : document.instructions) {
    require(instruction.first_line > last && instruction.last_line >= instruction.first_line,
            "instructions stand in order");
    last = instruction.last_line;
    require(inside(instruction.span) && inside(instruction.keyword_span), "an instruction lies in the file");
    for (const auto& word : instruction.words) require(inside(word.span), "a word lies in the file");
    for (const auto& flag : instruction.flags) require(inside(flag.span), "a flag lies in the file");
    for (const auto& one : instruction.assignments)
      require(inside(one.span) && inside(one.name_span) && inside(one.value_span),
              "an assignment lies in the file");
    for (const auto& heredoc : instruction.heredocs)
      require(inside(heredoc.content), "a heredoc lies in the file");
  }
  require(last <= document.lines.size(), "instructions end in the file");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(Input(data, size).rest());
  const auto document = dockerfile::parse(text, "Dockerfile");
  if (!document) {
    require(document.error().code == base::ErrorCode::limit, "only a limit keeps a file from being read");
    return 0;
  }
  require(dockerfile::print(*document) == text, "what is printed is what was read");
  check_spans(*document);
  const auto checked = check::check_dockerfile(*document, "Dockerfile", {});
  require(checked.text.size() == text.size(), "covering a secret moves nothing");
  for (const auto& found : checked.findings) {
    require(found.span.begin <= text.size(), "a finding lies in the file");
    for (const auto& edit : found.edits)
      require(edit.span.begin <= edit.span.end && edit.span.end <= text.size(), "an edit lies in the file");
  }
  for (const auto most : {check::Safety::safe, check::Safety::unsafe}) {
    const auto once = check::repair(*document, "Dockerfile", {}, most);
    require(once.has_value(), "what was read can be mended");
    const auto mended = dockerfile::parse(once->text, "Dockerfile");
    require(mended.has_value(), "what was mended can be read");
    require(mended->problems.size() <= document->problems.size(), "mending adds no problem");
    const auto again = check::repair(*mended, "Dockerfile", {}, most);
    require(again.has_value() && again->text == once->text, "mending again changes nothing");
  }
  return 0;
}
