#include "core/secret/scan.hpp"

#include "core/secret/anchors.hpp"
#include "core/secret/credential_files.hpp"
#include "core/secret/hits.hpp"
#include "core/secret/names.hpp"
#include "core/secret/prefilter.hpp"

#include <algorithm>
#include <array>

namespace crtune::secret {
namespace {

constexpr std::size_t kBuckets = 8;
constexpr std::size_t kMostAnchors = 64;

// The first anchor of each bucket, and one past the last.
std::array<std::uint8_t, kBuckets + 1> make_bucket_starts() {
  std::array<std::uint8_t, kBuckets + 1> starts = {};
  for (const Anchor& anchor : anchors())
    for (std::size_t bucket = anchor.bucket + 1U; bucket <= kBuckets; ++bucket) ++starts[bucket];
  return starts;
}

// Compares candidates with the anchors and has those judged that match.
class CandidateJudge {
 public:
  explicit CandidateJudge(Hits& hits) : hits_(hits), text_(hits.text()) {}

  void judge_all() {
    Candidates candidates;
    for (std::size_t from = 0; from < text_.size();) {
      candidates.count = 0;
      from = find_candidates(text_, from, candidates);
      for (std::size_t i = 0; i < candidates.count; ++i)
        judge_buckets(candidates.positions[i], candidates.buckets[i]);
    }
  }

 private:
  void judge_buckets(std::size_t position, unsigned buckets) {
    static const auto starts = make_bucket_starts();
    for (; buckets != 0; buckets &= buckets - 1) {
      const auto bucket = static_cast<std::size_t>(__builtin_ctz(buckets));
      for (std::size_t i = starts[bucket]; i < starts[bucket + 1]; ++i) judge_anchor(i, position);
    }
  }

  void judge_anchor(std::size_t index, std::size_t position) {
    const Anchor& anchor = anchors()[index];
    if (position < anchor.offset) return;
    const std::size_t begin = position - anchor.offset;
    if (!text_.substr(begin).starts_with(anchor.text) || begin < judged_until_[index]) return;
    if (hits_.is_binary() && !anchor.in_binaries) return;
    judged_until_[index] = anchor.judge(hits_, begin, begin + anchor.text.size());
  }

  Hits& hits_;
  std::string_view text_;
  std::array<std::size_t, kMostAnchors> judged_until_ = {};
};

}  // namespace

std::vector<model::SecretHit> scan_file(std::string_view path, std::string_view text,
                                        const ScanOptions& options) {
  constexpr std::size_t kMostOfBinary = 1024 * 1024;
  if (options.binary) text = text.substr(0, kMostOfBinary);
  Hits hits(path, text, options);
  CandidateJudge(hits).judge_all();
  judge_credential_file(hits);
  return hits.take();
}

std::vector<model::SecretHit> scan_variable(std::string_view name, std::string_view value,
                                            const ScanOptions& options) {
  Hits hits({}, value, options);
  CandidateJudge(hits).judge_all();
  judge_words(hits);
  judge_named_value(hits, name, 0, value.size());
  return hits.take();
}

std::vector<model::SecretHit> scan_words(std::string_view text, const ScanOptions& options) {
  Hits hits({}, text, options);
  CandidateJudge(hits).judge_all();
  judge_words(hits);
  return hits.take();
}

bool is_text(std::span<const std::byte> head) {
  constexpr std::size_t kLooked = 1024;
  constexpr std::size_t kOneIn = 32;
  // So many at a time that a byte holds the counts: compilers turn this into vectors.
  constexpr std::size_t kAtATime = 128;
  head = head.first(std::min(head.size(), kLooked));
  std::size_t controls = 0;
  for (std::size_t begin = 0; begin < head.size(); begin += kAtATime) {
    const auto piece = head.subspan(begin, std::min(kAtATime, head.size() - begin));
    std::uint8_t zeros = 0;
    std::uint8_t unusual = 0;
    for (const std::byte byte : piece) {
      const auto c = std::to_integer<std::uint8_t>(byte);
      const auto from_tab = static_cast<std::uint8_t>(c - '\t');
      const bool is_layout = from_tab <= '\r' - '\t' || c == 0x1B;
      const bool is_unusual = (c < 0x20 && !is_layout) || c == 0x7F;
      zeros = static_cast<std::uint8_t>(zeros + static_cast<std::uint8_t>(c == 0));
      unusual = static_cast<std::uint8_t>(unusual + static_cast<std::uint8_t>(is_unusual));
    }
    if (zeros > 0) return false;
    controls += unusual;
  }
  return !head.empty() && controls <= head.size() / kOneIn;
}

}  // namespace crtune::secret
