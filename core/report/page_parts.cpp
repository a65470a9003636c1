#include "core/report/page_parts.hpp"

#include "core/base/embedded_template.hpp"
#include "core/base/escape.hpp"
#include "core/report/findings.hpp"
#include "core/report/gates_json.hpp"
#include "core/report/script_data.hpp"

#include <algorithm>

namespace crtune::report {

namespace {

constexpr std::size_t kSmallRoom = 60'000;

}  // namespace

std::string page_with_data(std::string_view name, std::string_view data) {
  constexpr std::string_view kPlace = "@DATA@";
  std::string_view page;
  for (const auto& entry : base::embedded_templates())
    if (entry.name == name) page = entry.text;
  const auto at = page.find(kPlace);
  if (at == std::string_view::npos) return std::string(page);
  std::string out;
  out.reserve(page.size() + data.size());
  return out.append(page.substr(0, at)).append(data).append(page.substr(at + kPlace.size()));
}

std::string shown(std::string_view text, std::size_t most) {
  // A character takes at most four bytes of UTF-8, so nothing of what is kept is cut here.
  return base::one_line(text.substr(0, std::min(text.size(), 4 * most + 4)), most);
}

BoundedRows::BoundedRows(JsonWriter& json, std::string_view key, std::size_t room)
    : json_(json), key_(key), room_(room) {
  json_.key(key_).begin_array();
}

bool BoundedRows::add_if_it_fits(std::string_view row) {
  const std::size_t size = embeddable_json(row).size() + 2;
  if (left_out_ > 0 || row.empty() || size > room_) return false;
  room_ -= size;
  json_.written(row);
  return true;
}

bool BoundedRows::add(std::string_view row, std::uint64_t bytes) {
  if (add_if_it_fits(row)) return true;
  ++left_out_;
  left_out_bytes_ += bytes;
  return false;
}

void BoundedRows::end() {
  json_.end_array();
  json_.key(key_ + "_left_out").number(left_out_);
  json_.key(key_ + "_left_out_bytes").number(left_out_bytes_);
}

void write_page_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  BoundedRows rows(json, key, kSmallRoom);
  for (const auto& text : texts) {
    std::string row;
    JsonWriter(row, kRowDepth).text(shown(text));
    rows.add(row);
  }
  rows.end();
}

void write_page_gates(JsonWriter& json, const std::vector<model::GateResult>& gates) {
  BoundedRows rows(json, "gates", kSmallRoom);
  for (const bool passed : {false, true}) {
    for (const auto& gate : gates) {
      if (gate.passed != passed) continue;
      std::string row;
      JsonWriter out(row, kRowDepth);
      out.begin_object();
      out.key("name").text(shown(gate.name, 100));
      out.key("subject").text(shown(gate.subject, 300));
      out.key("bytes").boolean(gate.is_bytes);
      write_gate_verdict(out, gate);
      out.end_object();
      rows.add(row);
    }
  }
  rows.end();
}

void PageFindings::write(std::string_view key, std::span<const model::Finding> findings, std::size_t room) {
  BoundedRows rows(json_, key, room);
  for (const std::size_t index : worst_first(findings)) {
    const auto& finding = findings[index];
    std::string row;
    JsonWriter out(row, kRowDepth);
    out.begin_object();
    out.key("rule").text(shown(finding.rule, 60));
    out.key("severity").text(severity_word(finding.severity));
    out.key("message").text(shown(finding.message));
    out.key("fix").text(shown(finding.fix, 8'000));
    if (finding.layer) out.key("layer").number(std::uint64_t{*finding.layer});
    out.key("instruction").text(shown(finding.instruction));
    out.key("path").text(shown(finding.path));
    out.key("line").number(finding.line);
    out.key("column").number(finding.column);
    out.key("bytes").number_or_null(finding.bytes);
    out.key("accepted").text(shown(finding.ignored, 500));
    out.end_object();
    if (rows.add(row)) used_.insert(finding.rule);
  }
  rows.end();
}

void PageFindings::write_rules(std::span<const model::RuleText> rules, std::size_t room) {
  BoundedRows texts(json_, "rules", room);
  for (const auto& rule : rules) {
    if (used_.count(std::string(rule.id)) == 0) continue;
    std::string row;
    JsonWriter out(row, kRowDepth);
    out.begin_object();
    out.key("id").text(rule.id);
    out.key("title").text(shown(rule.title));
    out.key("why").text(shown(rule.why, 4'000));
    out.key("fix").text(shown(rule.fix, 4'000));
    out.end_object();
    texts.add(row);
  }
  texts.end();
}

}  // namespace crtune::report
