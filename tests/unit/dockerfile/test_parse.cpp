#include "core/dockerfile/document.hpp"
#include "core/dockerfile/stages.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace crtune;
using namespace crtune::dockerfile;

namespace {

Document parsed(const std::string& text) {
  auto document = parse(text, "Dockerfile");
  REQUIRE(document.has_value());
  CHECK(print(*document) == text);
  return *std::move(document);
}

std::string words_of(const Instruction& instruction) {
  std::string out;
  for (const auto& word : instruction.words) out += (out.empty() ? "" : "|") + word.text;
  return out;
}

}  // namespace

TEST_CASE("every byte of a Dockerfile is kept") {
  for (const std::string text :
       {"", "\n", "FROM a", "FROM a\r\n\r\nRUN b \\\r\n  c\r\n", "RUN a \\\n# x\n\n  b\n# y",
        "COPY <<A <<B /x/\n1\nA\n2\nB\nUSER 1\n", "\xEF\xBB\xBF# escape=`\nFROM a `\n AS b\n",
        "FROM a\n\\\n\\\n", "RUN <<E\nnever ends", "\xff\xfe\n", "NOPE x\n", "RUN a \\"})
    parsed(text);
}

TEST_CASE("continuation lines are joined, with comments and blank lines between them") {
  const auto document = parsed("FROM a\nRUN x \\\n  # why\n\n  y \\  \n  && z\nUSER 1\n");
  REQUIRE(document.instructions.size() == 3);
  const auto& run = document.instructions[1];
  CHECK(run.body_text() == "x   y   && z");
  CHECK(words_of(run) == "x|y|&&|z");
  CHECK(run.first_line == 2);
  CHECK(run.last_line == 6);
  CHECK(run.blank_lines == std::vector<std::uint64_t>{4});
  CHECK(document.slice(run.words[3].span) == "z");
  const auto place = document.place(run.words[1].span.begin);
  CHECK(place.line == 5);
  CHECK(place.column == 3);
}

TEST_CASE("the escape directive changes what continues a line") {
  const auto document = parsed("# escape=`\nFROM a\nCOPY x C:\\\nRUN a `\n  b\n");
  CHECK(document.escape == '`');
  REQUIRE(document.instructions.size() == 3);
  CHECK(words_of(document.instructions[1]) == "x|C:\\");
  CHECK(words_of(document.instructions[2]) == "a|b");
}

TEST_CASE("directives end at the first line that is none") {
  const auto document =
      parsed("# syntax=docker/dockerfile:1\n# check=skip=all\n# a comment\n# escape=`\nFROM a\n");
  REQUIRE(document.directives.size() == 2);
  CHECK(document.directives[0].value == "docker/dockerfile:1");
  CHECK(document.directives[1].name == "check");
  CHECK(document.escape == '\\');
}

TEST_CASE("heredocs belong to their instruction") {
  const auto document =
      parsed("FROM a\nCOPY <<EOF <<-\"B\" /d/\n$x\nEOF\n\tkeep\n\tB\nRUN <<E bash\necho\nE\nUSER 1\n");
  REQUIRE(document.instructions.size() == 4);
  const auto& copy = document.instructions[1];
  REQUIRE(copy.heredocs.size() == 2);
  CHECK(document.slice(copy.heredocs[0].content) == "$x\n");
  CHECK(copy.heredocs[0].expands);
  CHECK(document.slice(copy.heredocs[1].content) == "\tkeep\n");
  CHECK(copy.heredocs[1].strips_tabs);
  CHECK_FALSE(copy.heredocs[1].expands);
  CHECK(copy.last_line == 6);
  CHECK(document.instructions[3].keyword == "USER");
}

TEST_CASE("flags stand before the words") {
  const auto document = parsed(
      "FROM --platform=$BUILDPLATFORM a AS b\nCOPY --link --from=b --exclude=*.md --chmod=0755 x /\n"
      "RUN --mount=type=secret,id=k,env=K --network=none make --all\nADD --checksum=sha256:0 http://x /y\n");
  CHECK(document.problems.empty());
  const auto& copy = document.instructions[1];
  CHECK(copy.flags.size() == 4);
  CHECK(copy.flag("from")->value == "b");
  CHECK_FALSE(copy.flag("link")->value.has_value());
  CHECK(words_of(document.instructions[2]) == "make|--all");
}

TEST_CASE("exec form is JSON, and what is not JSON is shell form") {
  const auto document =
      parsed("FROM a\nCMD [\"a\", \"b \\\"c\\u0041\"]\nENTRYPOINT ['a']\nVOLUME [\"/v\"]\nCMD [ ]\n");
  CHECK(document.instructions[1].form == Form::exec);
  CHECK(words_of(document.instructions[1]) == "a|b \"cA");
  CHECK(document.instructions[2].form == Form::shell);
  CHECK(document.instructions[3].form == Form::exec);
  CHECK(document.instructions[4].form == Form::exec);
  CHECK(document.problems.empty());
}

TEST_CASE("assignments keep quotes, and the old form is told") {
  const auto document =
      parsed("ARG V=1 W\nFROM a\nENV A=\"x y\" B=c\\ d \\\n  C='e'\nENV OLD some value\nLABEL a.b=c\n");
  const auto& env = document.instructions[2];
  REQUIRE(env.assignments.size() == 3);
  CHECK(env.assignments[0].value == "\"x y\"");
  CHECK(env.assignments[1].value == "c\\ d");
  CHECK(document.slice(env.assignments[2].name_span) == "C");
  CHECK(document.instructions[3].assignments[0].legacy);
  CHECK(document.instructions[3].assignments[0].value == "some value");
  CHECK_FALSE(document.instructions[0].assignments[1].value.has_value());
}

TEST_CASE("what is wrong has its place") {
  const auto document =
      parsed("FROM a\nCPOY x y\nCOPY x\nENV A\nRUN --frob=1 x\nFROM a b\nSHELL sh\nONBUILD\nCMD [1]\n");
  std::vector<std::string> messages;
  for (const auto& problem : document.problems)
    messages.push_back(std::to_string(document.place(problem.span.begin).line) + ": " + problem.message);
  CHECK(messages == std::vector<std::string>{
                        "2: 'CPOY' is no instruction", "3: COPY needs at least one source and a destination",
                        "4: ENV wants NAME=value", "5: RUN has no flag --frob that is known here",
                        "6: FROM takes an image, or an image, AS and a name",
                        "7: SHELL wants an array of strings: [\"/bin/sh\", \"-c\"]",
                        "8: ONBUILD needs an argument", "9: an array in exec form holds strings only"});
  CHECK(document.problems[0].hint == "COPY");
}

TEST_CASE("a line, a file and a number of instructions have limits") {
  const auto line = parse("FROM a\nRUN " + std::string(kMaxLine, 'x') + "\n", "Dockerfile");
  REQUIRE_FALSE(line.has_value());
  CHECK(line.error().code == base::ErrorCode::limit);
  CHECK(line.error().place.line == 2);
  CHECK_FALSE(parse(std::string(kMaxFile + 1, '\n'), "Dockerfile").has_value());
  std::string many;
  for (std::size_t i = 0; i <= kMaxInstructions; ++i) many += "RUN x\n";
  CHECK_FALSE(parse(many, "Dockerfile").has_value());
  std::string stages;
  for (std::size_t i = 0; i <= kMaxStages; ++i) stages += "FROM x\n";
  CHECK_FALSE(parse(stages, "Dockerfile").has_value());
}

TEST_CASE("stages know their bases, and variables their scope") {
  const auto document = parsed(
      "ARG V=1.26\nARG EMPTY\nFROM golang:${V} AS Build\nARG V\nENV HOME2=/src\nWORKDIR $HOME2/$V\nFROM "
      "build\n"
      "WORKDIR ${HOME2}/${NONE:-x}/$V\nCOPY --from=build $UNKNOWN /\nFROM ${EMPTY}\n");
  const auto stages = find_stages(document);
  REQUIRE(stages.all.size() == 3);
  CHECK(stages.all[0].image == "golang:1.26");
  CHECK(stages.all[1].base_stage == 0);
  CHECK(stages.root_image(1) == "golang:1.26");
  CHECK(stages.facts[5].words[0].value == "/src/1.26");
  // What a stage inherits are variables of ENV and of ARG alike, as in BuildKit.
  CHECK(stages.facts[7].words[0].value == "/src/x/1.26");
  REQUIRE(stages.facts[8].words[0].undeclared.size() == 1);
  CHECK(stages.facts[8].words[0].undeclared[0].name == "UNKNOWN");
  CHECK_FALSE(stages.all[2].image.has_value());
  CHECK(stages.find("BUILD", 3) == 0);
  CHECK(stages.find("1", 3) == 1);
  CHECK_FALSE(stages.find("build", 0).has_value());
}

// A folder of Dockerfiles that are not ours to ship: CRT_DOCKERFILES names it.
TEST_CASE("real Dockerfiles are printed as they were") {
  const char* folder = std::getenv("CRT_DOCKERFILES");
  if (folder == nullptr) return;
  std::size_t count = 0;
  std::size_t clean = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto document = parse(text, entry.path().string());
    REQUIRE_MESSAGE(document.has_value(), entry.path().string());
    CHECK(print(*document) == text);
    ++count;
    if (document->problems.empty()) ++clean;
    if (!document->problems.empty())
      MESSAGE(entry.path().string() << ":" << document->place(document->problems[0].span.begin).line << ": "
                                    << document->problems[0].message);
  }
  MESSAGE(count << " files, " << clean << " without a problem");
}
