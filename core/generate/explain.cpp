#include "core/generate/explain.hpp"

#include <algorithm>
#include <array>

namespace crtune::generate {
namespace {

// An instruction that holds `mark`: why it is there, unless a comment says so, and the facts behind it, by
// what stands before their colon. Earlier rows win; facts of several rows that match are not added up.
struct Rule {
  std::string_view keyword;
  std::string_view mark;
  std::string_view why;
  std::array<std::string_view, 4> facts = {};
};
constexpr auto kRules = std::to_array<Rule>({
    {"FROM",
     " AS web",
     "The front end is built in a stage of its own.",
     {"front end", "node", "package manager"}},
    {"FROM",
     " AS ",
     "The stage that builds; nothing of it ships but what is copied out of it.",
     {"version", "go line", "language"}},
    {"FROM", "", "What the program runs in.", {"cgo", "language"}},
    {"ENV", "CGO_ENABLED", "How the go command builds.", {"cgo", "workspace"}},
    {"ENV", "GOPRIVATE", "The go command asks no public proxy for these.", {"private modules"}},
    {"ENV", "ZONEINFO", "Where time.LoadLocation looks.", {"time zones"}},
    {"ENV", "", "A default that the platform may override.", {"port"}},
    {"ARG", "TARGETARCH", "The builder sets it.", {}},
    {"ARG", "", "A value that the build is given.", {"link variable"}},
    {"RUN", "go mod download", "Dependencies in a layer of their own.", {"module", "private modules"}},
    {"RUN", "go build", "Builds the program.", {"main", "build tag", "link variable", "cgo"}},
    {"RUN", "apt-get install", "Packages that the program needs.", {"cgo"}},
    {"RUN", " ci", "Installs what the lock file names.", {"package manager", "front end"}},
    {"RUN", "install", "Installs what the lock file names.", {"package manager", "front end"}},
    {"RUN", "", "A step of the build.", {"front end"}},
    {"COPY", "go.work", "The workspace joins the modules.", {"workspace"}},
    {"COPY", "go.mod", "What the dependencies are.", {"module", "local module", "workspace"}},
    {"COPY", "package.json", "What the packages are.", {"front end", "package manager"}},
    {"COPY", "--from=web", "The front end, where //go:embed looks for it.", {"front end"}},
    {"COPY", "zoneinfo", "Time zones.", {"time zones"}},
    {"COPY", "--from=", "Only the result of the build is taken over.", {"main"}},
    {"COPY", ". .", "The source, as far as .dockerignore lets it in.", {"vendored"}},
    {"COPY", "", "The program opens this while it runs.", {"runtime file"}},
    {"LABEL", "", "Registries and scanners show it.", {"module"}},
    {"WORKDIR", "", "Paths below are relative to this folder.", {}},
    {"EXPOSE", "", "Documents the port; service.yaml sets it.", {"port"}},
    {"USER", "", "Not root.", {}},
    {"ENTRYPOINT", "", "Starts the program.", {"main"}},
    {"CMD", "", "What the program is told, as service.yaml tells it.", {"port", "command"}},
});

// What a stage that does not ship copies.
constexpr Rule kBuilt = {"COPY", "", "The source that this stage builds.", {"front end"}};

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

const Rule* rule_for(std::string_view text) {
  const auto keyword = text.substr(0, text.find(' '));
  const auto found = std::find_if(kRules.begin(), kRules.end(), [&](const Rule& rule) {
    return rule.keyword == keyword && text.find(rule.mark) != std::string_view::npos;
  });
  return found == kRules.end() ? nullptr : &*found;
}

std::string_view key_of(std::string_view fact) {
  return fact.substr(0, fact.find(": "));
}

// A row about one file or variable belongs to the instruction that names it.
bool is_about(const model::Evidence& row, const Rule& rule, std::string_view text) {
  const auto key = key_of(row.fact);
  if (std::find(rule.facts.begin(), rule.facts.end(), key) == rule.facts.end() || key.empty()) return false;
  if (key != "runtime file") return true;
  std::string_view path = std::string_view(row.fact).substr(key.size() + 2);
  path = path.substr(0, path.find_first_of("*?["));
  while (path.ends_with('/')) path.remove_suffix(1);
  return text.find(path) != std::string_view::npos;
}

}  // namespace

std::vector<Instruction> instructions_of(std::string_view dockerfile) {
  std::vector<Instruction> out;
  std::string comment;
  bool continued = false;
  for (std::uint64_t number = 1; !dockerfile.empty(); ++number) {
    const std::size_t end = std::min(dockerfile.find('\n'), dockerfile.size());
    auto line = trim(dockerfile.substr(0, end));
    dockerfile.remove_prefix(std::min(end + 1, dockerfile.size()));
    if (line.starts_with('#')) {
      if (continued || number == 1) continue;
      line = trim(line.substr(line.find_first_not_of('#') == std::string_view::npos ? line.size() : 1));
      comment += (comment.empty() ? "" : " ") + std::string(line);
      continue;
    }
    if (line.empty()) {
      comment.clear();
      continue;
    }
    const bool more = line.ends_with('\\');
    if (more) line = trim(line.substr(0, line.size() - 1));
    if (continued) {
      out.back().text += ' ' + std::string(line);
    } else {
      out.push_back({number, std::string(line), comment});
      comment.clear();
    }
    continued = more;
  }
  return out;
}

std::vector<Explanation> explain(std::string_view dockerfile, const model::Project& project) {
  std::vector<Explanation> out;
  std::string_view last_comment;
  std::string_view last_keyword;
  const auto instructions = instructions_of(dockerfile);
  const auto is_stage = [](const Instruction& instruction) { return instruction.text.starts_with("FROM "); };
  auto stages_left = std::count_if(instructions.begin(), instructions.end(), is_stage);
  for (const auto& instruction : instructions) {
    const std::string_view text = instruction.text;
    if (is_stage(instruction)) --stages_left;
    const auto keyword = text.substr(0, text.find(' '));
    // Lines of one kind share the comment above the first of them.
    const bool shares = instruction.comment.empty() && keyword == last_keyword;
    last_comment = shares ? last_comment : std::string_view(instruction.comment);
    last_keyword = keyword;
    Explanation entry{.instruction = instruction, .why = std::string(last_comment), .evidence = {}};
    const Rule* rule = rule_for(text);
    if (rule != nullptr && stages_left > 0 && rule->keyword == "COPY" && rule->mark.empty()) rule = &kBuilt;
    if (rule != nullptr) {
      if (entry.why.empty()) entry.why = rule->why;
      for (const auto& row : project.evidence)
        if (is_about(row, *rule, text)) entry.evidence.push_back(row);
    }
    if (entry.why.empty()) entry.why = "Part of the template.";
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace crtune::generate
