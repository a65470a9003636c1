#include "core/report/findings_sarif.hpp"

#include "core/base/escape.hpp"
#include "core/model/path_table.hpp"
#include "core/report/analysis_words.hpp"
#include "core/report/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace crtune::report {

using model::Finding;
using model::GateResult;
using model::Severity;

namespace {

constexpr std::size_t kMessageColumns = 2000;
constexpr std::size_t kInstructionColumns = 400;

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::info: return "note";
    case Severity::warning: return "warning";
    case Severity::error: break;
  }
  return "error";
}

// GitHub's word for it.
std::string_view problem_of(Severity severity) {
  return severity == Severity::info ? "recommendation" : model::severity_word(severity);
}

bool is_placeholder(std::string_view text) {
  if (text.empty() || text.front() != '{') return false;
  const auto end = text.find_first_not_of("0123456789", 1);
  return end != std::string_view::npos && end > 1 && text[end] == '}';
}

// SARIF reads `{0}` as a placeholder and `[text](target)` as a link (sections 3.11.5 and 3.11.6).
std::string message_text(std::string_view text) {
  const std::string line = cut_line(text, kMessageColumns);
  const bool has_link = line.find("](") != std::string::npos;
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char byte = line[i];
    if (is_placeholder(std::string_view(line).substr(i))) {
      out += "{{";
      inside = true;
    } else if (byte == '}' && inside) {
      out += "}}";
      inside = false;
    } else {
      if (has_link && (byte == '[' || byte == ']' || byte == '\\')) out += '\\';
      out += byte;
    }
  }
  return out;
}

std::uint64_t hash_of(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a: the same on every machine
  const auto add = [&](char byte) { hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U; };
  for (const auto part : parts) {
    for (const char byte : part) add(byte);
    add('\0');
  }
  return hash;
}

// One log with one run.
class SarifLog {
 public:
  SarifLog(const Results& results, const ToolInfo& tool, const Subject& subject)
      : results_(results), tool_(tool), subject_(subject), json_(out_) {
    for (const auto& gate : results.gates)
      if (!gate.passed) failed_.push_back(&gate);
    list_rules();
  }

  std::string write() {
    json_.begin_object();
    json_.key("$schema").text("https://json.schemastore.org/sarif-2.1.0.json");
    json_.key("version").text("2.1.0");
    json_.key("runs").begin_array().begin_object();
    json_.key("tool").begin_object().key("driver").begin_object();
    json_.key("name").text(tool_.name);
    json_.key("version").text(tool_.version);
    if (!tool_.uri.empty()) json_.key("informationUri").text(tool_.uri);
    json_.key("rules").begin_array();
    for (const auto& rule : rules_) write_rule(rule);
    json_.end_array().end_object().end_object();
    write_results();
    write_invocation();
    json_.end_object().end_array().end_object();
    return std::move(out_);
  }

 private:
  struct Rule {
    std::string id;
    std::string title;
    std::string help;
    std::string markdown;
    Severity severity = Severity::warning;
  };

  void add_rule(Rule rule) {
    if (index_.emplace(rule.id, rules_.size()).second) rules_.push_back(std::move(rule));
  }

  void list_rules() {
    for (const auto& rule : results_.rules)
      add_rule({.id = std::string(rule.id),
                .title = std::string(rule.title),
                .help = fmt::format("{}\n\nFix: {}", rule.why, rule.fix),
                .markdown = fmt::format("{}\n\n**Fix:** {}", rule.why, rule.fix),
                .severity = rule.severity});
    for (const auto& gate : results_.gates) {
      const std::string help = fmt::format("The policy limits {} to {}.", gate.name,
                                           gate_number(gate, gate.limit, base::Units::si));
      add_rule({.id = "GATE/" + gate.name,
                .title = "Gate " + gate.name,
                .help = help,
                .markdown = markdown_text(help, kMessageColumns),
                .severity = Severity::error});
    }
    for (const auto& finding : results_.findings)
      if (!index_.contains(finding.rule))
        add_rule({.id = finding.rule,
                  .title = finding.rule,
                  .help = finding.rule,
                  .markdown = markdown_text(finding.rule, kMessageColumns),
                  .severity = finding.severity});
  }

  void text_object(std::string_view key, std::string_view text) {
    json_.key(key).begin_object().key("text").text(text).end_object();
  }

  void write_rule(const Rule& rule) {
    json_.begin_object();
    json_.key("id").text(rule.id);
    text_object("shortDescription", rule.title);
    text_object("fullDescription", rule.help);
    json_.key("help").begin_object();
    json_.key("text").text(rule.help);
    json_.key("markdown").text(rule.markdown);
    json_.end_object();
    json_.key("defaultConfiguration").begin_object().key("level").text(level_of(rule.severity)).end_object();
    json_.key("properties").begin_object();
    json_.key("problem.severity").text(problem_of(rule.severity));
    json_.key("tags").begin_array().text("cloud-run").end_array();
    json_.end_object().end_object();
  }

  void write_results() {
    const auto fingerprints = all_fingerprints();
    json_.key("results").begin_array();
    std::size_t room = kMaxSarifResults;
    for (const auto* gate : failed_) {
      if (room == 0) break;
      write_gate(*gate);
      --room;
    }
    for (const std::size_t index : worst_first(results_.findings)) {
      if (room == 0) break;
      write_finding(results_.findings[index], fingerprints[index]);
      --room;
    }
    json_.end_array();
  }

  // Equal for the same finding of another run: it leaves out numbers of layers, lines and bytes, which move.
  std::vector<std::string> all_fingerprints() const {
    std::unordered_map<std::uint64_t, std::size_t> seen;
    std::vector<std::string> out;
    out.reserve(results_.findings.size());
    for (const auto& finding : results_.findings) {
      const std::uint64_t hash = hash_of({finding.rule, finding.path, finding.instruction});
      out.push_back(fmt::format("{:016x}:{}", hash, ++seen[hash]));
    }
    return out;
  }

  void begin_result(std::string_view rule, std::string_view level, std::string_view message) {
    json_.begin_object();
    json_.key("ruleId").text(rule);
    json_.key("ruleIndex").number(std::uint64_t{index_.at(std::string(rule))});
    json_.key("level").text(level);
    text_object("message", message);
  }

  void end_result(std::string_view fingerprint, const std::string& accepted) {
    json_.key("partialFingerprints").begin_object();
    json_.key("primaryLocationLineHash").text(fingerprint);  // the one that code scanning goes by
    json_.end_object();
    json_.key("suppressions").begin_array();
    if (!accepted.empty()) {
      json_.begin_object();
      json_.key("kind").text("external");
      json_.key("status").text("accepted");
      json_.key("justification").text(cut_line(accepted, kMessageColumns));
      json_.end_object();
    }
    json_.end_array().end_object();
  }

  void write_gate(const GateResult& gate) {
    const std::string rule = "GATE/" + gate.name;
    begin_result(rule, "error", message_text(gate_text(gate, base::Units::si)));
    json_.key("locations").begin_array().begin_object();
    write_place(subject_uri(), 0, 0);
    json_.end_object().end_array();
    end_result(fmt::format("{:016x}:1", hash_of({rule})), {});
  }

  void write_finding(const Finding& finding, const std::string& fingerprint) {
    std::string message = finding.message;
    if (!finding.fix.empty()) message += fmt::format(". Fix: {}", finding.fix);
    begin_result(finding.rule, level_of(finding.severity), message_text(message));
    json_.key("locations").begin_array().begin_object();
    write_place(uri_of(finding), finding.line, finding.column);
    write_logical_places(finding);
    json_.end_object().end_array();
    if (finding.bytes)
      json_.key("properties").begin_object().key("bytes").number(*finding.bytes).end_object();
    end_result(fingerprint, finding.ignored);
  }

  // Code scanning wants a file and a line of every result: where none is known, the first.
  void write_place(std::string_view uri, std::uint64_t line, std::uint64_t column) {
    json_.key("physicalLocation").begin_object();
    json_.key("artifactLocation").begin_object().key("uri").text(uri).end_object();
    json_.key("region").begin_object();
    json_.key("startLine").number(std::max<std::uint64_t>(line, 1));
    if (line > 0 && column > 0) json_.key("startColumn").number(column);
    json_.end_object().end_object();
  }

  void write_logical_places(const Finding& finding) {
    if (!finding.layer && finding.instruction.empty()) return;
    json_.key("logicalLocations").begin_array();
    if (finding.layer)
      json_.begin_object()
          .key("name")
          .text(fmt::format("layer {}", *finding.layer))
          .key("kind")
          .text("layer")
          .end_object();
    if (!finding.instruction.empty())
      json_.begin_object()
          .key("name")
          .text(cut_line(finding.instruction, kInstructionColumns))
          .key("kind")
          .text("instruction")
          .end_object();
    json_.end_array();
  }

  std::string file_uri(std::string_view path) const {
    if (path.starts_with('/')) return "file://" + uri_path(path);
    while (path.starts_with("./")) path.remove_prefix(2);
    return uri_path(path.empty() ? "." : path);
  }
  std::string subject_uri() const {
    return subject_.is_image ? uri_path(subject_.name) : file_uri(subject_.name);
  }
  std::string uri_of(const Finding& finding) const {
    if (subject_.is_executable) return subject_uri();
    if (!subject_.is_image) return finding.path.empty() ? subject_uri() : file_uri(finding.path);
    const std::string path = model::PathTable::clean(finding.path);
    return path.empty() ? subject_uri() : uri_path(path);
  }

  void write_invocation() {
    const std::size_t total = failed_.size() + results_.findings.size();
    json_.key("invocations").begin_array().begin_object();
    json_.key("executionSuccessful").boolean(true);
    if (total > kMaxSarifResults) {
      json_.key("toolExecutionNotifications").begin_array().begin_object();
      json_.key("level").text("warning");
      text_object("message", fmt::format("{} left out: code scanning takes {} a run",
                                         counted(total - kMaxSarifResults, "result is", "results are"),
                                         kMaxSarifResults));
      json_.end_object().end_array();
    }
    json_.end_object().end_array();
  }

  const Results& results_;
  const ToolInfo& tool_;
  const Subject& subject_;
  std::vector<const GateResult*> failed_;
  std::vector<Rule> rules_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::string out_;
  JsonWriter json_;
};

}  // namespace

std::string findings_sarif(const Results& results, const ToolInfo& tool, const Subject& subject) {
  return SarifLog(results, tool, subject).write();
}

}  // namespace crtune::report
