#include "core/diff/report_snapshot.hpp"

#include "core/base/digest.hpp"
#include "core/diff/report_reader.hpp"

#include <array>

namespace crtune::diff {

using base::Result;
using base::Status;
using model::Finding;
using model::Setting;
using model::Snapshot;
using model::SnapshotLayer;

namespace {

// A digest, or nothing. What is none would make layers equal that are not.
Result<std::string> read_digest(const ReportValue& value) {
  CRT_ASSIGN(std::string text, value.text_or_empty());
  if (!text.empty() && !base::Digest::parse(text)) return value.wrong("a digest");
  return text;
}

Result<SnapshotLayer> read_layer(const ReportValue& value) {
  SnapshotLayer layer;
  CRT_TRY(value.must_be_object());
  CRT_ASSIGN(layer.diff_id, read_digest(value.member("diff_id")));
  CRT_ASSIGN(layer.digest, read_digest(value.member("digest")));
  CRT_ASSIGN(layer.compression, value.member("compression").text());
  if (layer.compression != "none" && layer.compression != "gzip" && layer.compression != "zstd")
    return value.member("compression").wrong("none, gzip or zstd");
  CRT_ASSIGN(layer.stored_bytes, value.member("stored_bytes").number());
  CRT_ASSIGN(layer.tar_bytes, value.member("tar_bytes").number());
  CRT_ASSIGN(layer.content_bytes, value.member("size").number());
  CRT_ASSIGN(layer.entries, value.member("entries").number());
  CRT_ASSIGN(layer.instruction, value.member("created_by").text_or_empty());
  CRT_ASSIGN(layer.base, value.member("base").boolean());
  return layer;
}

Status read_layers(const ReportValue& report, Snapshot& out) {
  const ReportValue list = report.member("layers");
  CRT_ASSIGN(const std::size_t count, list.array_size());
  std::uint64_t bytes = 0;
  std::uint64_t entries = 0;
  for (std::size_t i = 0; i < count; ++i) {
    CRT_ASSIGN(SnapshotLayer layer, read_layer(list.item(i)));
    bytes += layer.content_bytes;
    entries += layer.entries;
    out.layers.push_back(std::move(layer));
  }
  if (out.is_executable) return {};
  if (bytes != out.uncompressed || entries != out.entries)
    return list.wrong("what the report's size says: the layers add up differently");
  return {};
}

Status read_settings(const ReportValue& report, Snapshot& out) {
  const ReportValue list = report.member("settings");
  out.has_settings = !list.is_null();
  if (!out.has_settings) return {};
  CRT_ASSIGN(const std::size_t count, list.array_size());
  for (std::size_t i = 0; i < count; ++i) {
    const ReportValue value = list.item(i);
    CRT_ASSIGN(const std::string word, value.member("kind").text());
    Setting setting;
    bool is_known = false;
    for (std::size_t kind = 0; kind < model::kSettingKinds; ++kind) {
      if (word != setting_word(static_cast<model::SettingKind>(kind))) continue;
      setting.kind = static_cast<model::SettingKind>(kind);
      is_known = true;
    }
    if (!is_known) return value.member("kind").wrong("a kind of setting");
    CRT_ASSIGN(setting.name, value.member("name").text_or_empty());
    setting.hidden = value.member("value").is_null();
    CRT_ASSIGN(setting.value, value.member("value").text_or_empty());
    out.settings.push_back(std::move(setting));
  }
  return {};
}

Result<Finding> read_finding(const ReportValue& value) {
  Finding finding;
  CRT_ASSIGN(finding.rule, value.member("rule").text());
  CRT_ASSIGN(const std::string severity, value.member("severity").text());
  bool is_known = false;
  for (const auto each : {model::Severity::info, model::Severity::warning, model::Severity::error}) {
    if (severity != severity_word(each)) continue;
    finding.severity = each;
    is_known = true;
  }
  if (!is_known) return value.member("severity").wrong("info, warning or error");
  CRT_ASSIGN(finding.message, value.member("message").text());
  CRT_ASSIGN(finding.fix, value.member("fix").text_or_empty());
  CRT_ASSIGN(finding.path, value.member("path").text_or_empty());
  CRT_ASSIGN(finding.instruction, value.member("instruction").text_or_empty());
  CRT_ASSIGN(finding.ignored, value.member("ignored").text_or_empty());
  CRT_ASSIGN(finding.line, value.member("line").number_or_zero());
  CRT_ASSIGN(finding.column, value.member("column").number_or_zero());
  if (!value.member("layer").is_null()) {
    CRT_ASSIGN(const std::uint64_t layer, value.member("layer").number(UINT32_MAX));
    finding.layer = static_cast<std::uint32_t>(layer);
  }
  if (!value.member("bytes").is_null()) {
    CRT_ASSIGN(const std::uint64_t bytes, value.member("bytes").number());
    finding.bytes = bytes;
  }
  return finding;
}

Status read_findings(const ReportValue& report, Snapshot& out) {
  const ReportValue list = report.member("findings");
  out.has_findings = !list.is_null();
  if (!out.has_findings) return {};
  CRT_ASSIGN(const std::size_t count, list.array_size());
  for (std::size_t i = 0; i < count; ++i) {
    CRT_ASSIGN(Finding finding, read_finding(list.item(i)));
    out.findings.push_back(std::move(finding));
  }
  return {};
}

Status read_head(const ReportValue& report, const std::string& file, Snapshot& out) {
  const ReportValue image = report.member("image");
  out.is_executable = image.is_null();
  out.name = file;
  if (!out.is_executable) {
    CRT_TRY(image.must_be_object());
    CRT_ASSIGN(const auto names, image.member("names").texts());
    CRT_ASSIGN(out.name, image.member("source").text());
    if (!names.empty()) out.name = names.front();
    CRT_ASSIGN(out.digest, read_digest(image.member("digest")));
  }
  const ReportValue size = report.member("size");
  CRT_TRY(size.must_be_object());
  CRT_ASSIGN(out.uncompressed, size.member("uncompressed").number());
  CRT_ASSIGN(out.entries, size.member("entries").number());
  if (!size.member("compressed").is_null()) {
    CRT_ASSIGN(const std::uint64_t compressed, size.member("compressed").number());
    out.compressed = compressed;
  }
  const ReportValue waste = report.member("reclaimable").member("bytes");
  CRT_ASSIGN(out.reclaimable, waste.number());
  if (out.reclaimable > out.uncompressed) return waste.wrong("within the report's size");
  if (!report.member("read").is_null()) {
    CRT_ASSIGN(out.deep, report.member("read").member("deep").boolean());
  }
  return {};
}

}  // namespace

bool may_be_report(std::string_view head) {
  const auto first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && head[first] == '{';
}

Result<Snapshot> read_report(const base::Json& json, const std::string& file) {
  const ReportValue report(json, {}, file);
  CRT_TRY(report.must_be_object());
  const std::string* schema = json["schema"].string();
  if (schema == nullptr || *schema != kReportSchema) return report.member("schema").wrong(kReportSchema);
  Snapshot out;
  out.is_report = true;
  CRT_TRY(read_head(report, file, out));
  CRT_TRY(read_layers(report, out));
  CRT_TRY(read_settings(report, out));
  CRT_TRY(read_findings(report, out));
  CRT_TRY(read_report_binaries(report, out));
  CRT_TRY(read_report_files(report, out));
  return out;
}

}  // namespace crtune::diff
