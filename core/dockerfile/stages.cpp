#include "core/dockerfile/stages.hpp"

#include "core/dockerfile/characters.hpp"
#include "core/dockerfile/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <unordered_map>

namespace crtune::dockerfile {
namespace {

using Values = std::unordered_map<std::string, std::optional<std::string>>;

// Set by the builder. Source: docs.docker.com/reference/dockerfile, "Automatic platform ARGs in the global
// scope" and "Predefined ARGs".
constexpr std::array<std::string_view, 8> kPlatform = {"TARGETPLATFORM", "TARGETOS",      "TARGETARCH",
                                                       "TARGETVARIANT",  "BUILDPLATFORM", "BUILDOS",
                                                       "BUILDARCH",      "BUILDVARIANT"};
constexpr std::array<std::string_view, 6> kProxies = {"HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY",
                                                      "NO_PROXY",   "ALL_PROXY",   "SOURCE_DATE_EPOCH"};
// All values together; beyond that they count as not known.
constexpr std::size_t kMaxValues = 16U << 20U;

template <typename Table>
bool among(const Table& table, std::string_view name) {
  return std::find(table.begin(), table.end(), name) != table.end();
}

class StageFinder {
 public:
  explicit StageFinder(const Document& document) : document_(document) {}

  Stages find() {
    out_.facts.resize(document_.instructions.size());
    for (std::size_t i = 0; i < document_.instructions.size(); ++i) visit(i);
    for (auto& stage : out_.all) close(stage);
    return std::move(out_);
  }

 private:
  struct Scope {
    Values values;
    std::optional<std::size_t> parent;
  };

  void close(Stage& stage) {
    const auto next = std::size_t(&stage - out_.all.data()) + 1;
    stage.end = next < out_.all.size() ? out_.all[next].from : document_.instructions.size();
  }

  VariableValue global(std::string_view name) const {
    if (const auto found = global_.find(std::string(name)); found != global_.end())
      return {true, found->second};
    return {among(kPlatform, name), {}};
  }
  VariableValue local(std::string_view name) const {
    const std::string key(name);
    for (std::optional<std::size_t> at = scopes_.size() - 1; at; at = scopes_[*at].parent) {
      const auto found = scopes_[*at].values.find(key);
      if (found != scopes_[*at].values.end()) return {true, found->second};
    }
    if (name == "PATH" || among(kProxies, upper(name))) return {true, {}};
    return {};
  }

  ExpandedWord expanded(std::string_view text, bool in_stage) {
    const Lookup lookup = [&](std::string_view name) { return in_stage ? local(name) : global(name); };
    Expansion found = expand(text, document_.escape, lookup);
    total_ += found.value ? found.value->size() : 0;
    if (total_ > kMaxValues) found.value.reset();
    return {std::move(found.value), std::move(found.uses), std::move(found.undeclared), found.malformed};
  }

  void visit(std::size_t index) {
    const Instruction& instruction = document_.instructions[index];
    InstructionFacts& facts = out_.facts[index];
    if (instruction.keyword == "FROM") return visit_from(index, facts);
    const bool in_stage = !out_.all.empty();
    if (in_stage) facts.stage = out_.all.size() - 1;
    for (const auto& flag : instruction.flags)
      facts.flags.push_back(expanded(flag.value.value_or(""), in_stage));
    if (!instruction.assignments.empty()) return visit_assignments(instruction, facts, in_stage);
    for (const auto& word : instruction.words) {
      const bool is_command = instruction.keyword == "RUN" || instruction.keyword == "CMD" ||
                              instruction.keyword == "ENTRYPOINT" || instruction.keyword == "HEALTHCHECK" ||
                              instruction.keyword == "SHELL" || instruction.keyword == "ONBUILD";
      if (is_command) break;
      facts.words.push_back(expanded(word.text, in_stage));
    }
  }

  void visit_assignments(const Instruction& instruction, InstructionFacts& facts, bool in_stage) {
    std::vector<std::pair<std::string, std::optional<std::string>>> set;
    for (const auto& one : instruction.assignments) {
      facts.words.push_back(one.value ? expanded(*one.value, in_stage) : ExpandedWord{});
      const std::string name = unquoted(one.name, document_.escape);
      auto& value = facts.words.back().value;
      if (instruction.keyword == "ARG" && in_stage && !one.value) {
        // A global default reaches a stage only through its name here.
        const VariableValue before = global(name);
        set.emplace_back(name, before.value);
      } else if (instruction.keyword == "ARG" && !one.value) {
        set.emplace_back(name, std::nullopt);
      } else if (instruction.keyword != "LABEL") {
        set.emplace_back(name, value);
      }
    }
    // The values of one ENV are those from before it.
    auto& values = in_stage ? scopes_.back().values : global_;
    for (auto& [name, value] : set) {
      const bool keeps_env = instruction.keyword == "ARG" && in_stage && env_.contains(name);
      if (instruction.keyword == "ENV") env_.insert_or_assign(name, true);
      if (!keeps_env) values.insert_or_assign(name, std::move(value));
    }
  }

  void visit_from(std::size_t index, InstructionFacts& facts) {
    const Instruction& instruction = document_.instructions[index];
    for (const auto& flag : instruction.flags)
      facts.flags.push_back(expanded(flag.value.value_or(""), false));
    Stage stage;
    stage.from = index;
    if (!instruction.words.empty()) {
      stage.base = instruction.words[0].text;
      facts.words.push_back(expanded(stage.base, false));
      stage.image = facts.words[0].value;
      if (!facts.words[0].undeclared.empty()) stage.image.reset();
    }
    if (instruction.words.size() == 3) stage.name = instruction.words[2].text;
    if (stage.image) {
      const auto found = names_.find(lower(*stage.image));
      if (found != names_.end()) stage.base_stage = found->second;
    }
    Scope scope;
    scope.parent = stage.base_stage;
    facts.stage = out_.all.size();
    if (!stage.name.empty()) names_.insert_or_assign(lower(stage.name), out_.all.size());
    env_.clear();
    scopes_.push_back(std::move(scope));
    out_.all.push_back(std::move(stage));
  }

  const Document& document_;
  Stages out_;
  Values global_;
  std::vector<Scope> scopes_;
  std::unordered_map<std::string, bool> env_;  // of the current stage: ENV wins over ARG
  std::unordered_map<std::string, std::size_t> names_;
  std::size_t total_ = 0;
};

}  // namespace

Stages find_stages(const Document& document) {
  return StageFinder(document).find();
}

std::optional<std::size_t> Stages::find(std::string_view name, std::size_t before) const {
  const auto same = [](char a, char b) { return to_lower(a) == to_lower(b); };
  for (std::size_t i = std::min(before, all.size()); i-- > 0;)
    if (!name.empty() && std::equal(name.begin(), name.end(), all[i].name.begin(), all[i].name.end(), same))
      return i;
  std::size_t number = 0;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
  if (read.ec == std::errc() && read.ptr == name.data() + name.size() &&
      number < std::min(before, all.size()))
    return number;
  return std::nullopt;
}

std::optional<std::size_t> Stages::last() const {
  return all.empty() ? std::nullopt : std::optional(all.size() - 1);
}

std::vector<std::size_t> Stages::chain(std::size_t stage) const {
  std::vector<std::size_t> out = {stage};
  // A base is an earlier stage, so this ends.
  while (all[out.back()].base_stage) out.push_back(*all[out.back()].base_stage);
  return out;
}

std::optional<std::string> Stages::root_image(std::size_t stage) const {
  return all[chain(stage).back()].image;
}

}  // namespace crtune::dockerfile
