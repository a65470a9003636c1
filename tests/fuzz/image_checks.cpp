#include "tests/fuzz/image_checks.hpp"

#include "core/analysis/analyze.hpp"
#include "core/analysis/rules/rule.hpp"
#include "core/inspect/content_inspector.hpp"
#include "core/platform/json.hpp"
#include "core/report/analysis_html.hpp"
#include "core/report/analysis_json.hpp"
#include "core/report/analysis_markdown.hpp"
#include "core/report/analysis_text.hpp"
#include "tests/fuzz/input.hpp"

#include <numeric>

namespace crtune::fuzz {

namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kChecksum = 148;
constexpr std::size_t kMagic = 257;
constexpr std::uint64_t kKey = 1;

const inspect::ContentInspector& inspector() {
  static const inspect::ContentInspector kInspector(
      {.depth = inspect::Depth::everything, .fingerprint_key = kKey, .start_files = {}});
  return kInspector;
}

void check_sums(const model::Image& image, const model::Analysis& analysis) {
  std::uint64_t live = 0;
  std::uint64_t reclaimable = 0;
  for (std::size_t i = 0; i < image.layers.size(); ++i) {
    const auto& layer = image.layers[i];
    const auto& summary = analysis.layers[i];
    require(summary.live + summary.reclaimable == layer.content_bytes, "a layer's contents add up");
    require(layer.content_bytes <= layer.tar_bytes, "a layer's contents fit its tar stream");
    require(summary.framing == layer.tar_bytes - layer.content_bytes, "framing is what is no content");
    live += summary.live;
    reclaimable += summary.reclaimable;
  }
  require(live == analysis.bytes_by_fate[0], "live bytes add up over the layers");
  require(reclaimable == analysis.reclaimable(), "reclaimable bytes add up over the layers");
  require(live + reclaimable == analysis.uncompressed, "fates add up to the image");
  std::uint64_t groups = 0;
  for (const auto& group : analysis.groups) groups += group.bytes;
  require(groups == reclaimable, "groups of waste add up");
  std::uint64_t rows = 0;
  for (const auto& row : analysis.waste) {
    require(row.group < analysis.groups.size(), "a row's group is there");
    rows += row.bytes;
  }
  require(rows == reclaimable, "rows of waste add up");
  for (const auto& row : analysis.binaries) {
    const auto& owners = row.binary.owners;
    const auto sum = std::accumulate(owners.begin(), owners.end(), std::uint64_t{0},
                                     [](std::uint64_t total, const auto& one) { return total + one.bytes; });
    require(owners.empty() || sum == row.size, "a binary's owners add up");
  }
}

bool is_shown_safely(std::string_view text) {
  for (const char letter : text)
    if ((static_cast<unsigned char>(letter) < 0x20 && letter != '\n') || letter == '\x7f') return false;
  return true;
}

}  // namespace

void repair_checksums(std::string& bytes) {
  for (std::size_t at = 0; at + kBlock <= bytes.size(); at += kBlock) {
    if (bytes.compare(at + kMagic, 5, "ustar") != 0) continue;
    bytes.replace(at + kChecksum, 8, 8, ' ');
    unsigned sum = 0;
    for (std::size_t i = 0; i < kBlock; ++i) sum += static_cast<unsigned char>(bytes[at + i]);
    for (std::size_t i = 6; i-- > 0; sum /= 8) bytes[at + kChecksum + i] = static_cast<char>('0' + sum % 8);
    bytes[at + kChecksum + 6] = '\0';
  }
}

source::Inspection inspection() {
  return {.everything = &inspector(), .plan = [](const model::ImageConfig&, std::size_t layers) {
            return std::vector<const model::FileInspector*>(layers, &inspector());
          }};
}

std::string analysis_of(source::OpenedImage& opened) {
  model::Policy policy;
  policy.ignores.push_back({.glob = "/tmp/**", .reason = "kept"});
  const auto analysis = analysis::analyze(opened.image, *opened.contents, policy,
                                          {.with_files = true,
                                           .inspector = &inspector(),
                                           .deep = true,
                                           .fingerprint_key = kKey,
                                           .today = "2026-01-01"});
  if (!analysis) return {};
  check_sums(opened.image, *analysis);
  std::string json = report::analysis_json(opened.image, *analysis, policy, true);
  const auto read = platform::parse_json(json, "report");
  require(read || read.error().code == base::ErrorCode::limit, "the JSON report is JSON");
  require(is_shown_safely(report::analysis_text(opened.image, *analysis, {})),
          "no control characters in text");
  require(report::analysis_markdown(opened.image, *analysis, {}).size() <= report::kMaxMarkdownBytes,
          "the comment is as short as it must be");
  static const auto kRules = analysis::rules::rule_texts();
  report::analysis_html(opened.image, *analysis, policy, {.rules = kRules});
  return json;
}

}  // namespace crtune::fuzz
