#include "core/source/passing_contents.hpp"

#include <algorithm>

namespace crtune::source {

using base::Status;
using model::FileTraits;
using model::Interest;

namespace {

// What an inspector wants to see before it says whether a file matters.
constexpr std::uint64_t kHead = 512;
// Small files stand close together: one read serves several, and costs little more than one for each.
constexpr std::size_t kReadAhead = 64U << 10U;
// A large buffer is not kept for the small files that follow.
constexpr std::size_t kKeptBuffer = 8U << 20U;

}  // namespace

Interest PassingContents::judge(const FileTraits& file, Bytes head, LayerScan& scan) const {
  const Interest interest = inspector_->interest(file, head);
  if (interest != Interest::binary || !can_read_again_) return interest;
  scan.unread_binaries.push_back(static_cast<std::uint32_t>(scan.entries.size() - 1));
  return Interest::none;
}

void PassingContents::inspect(const FileTraits& file, Interest interest, Bytes content,
                              LayerScan& scan) const {
  base::BytesInMemory bytes(content);
  model::FileFacts facts = inspector_->inspect(file, interest, bytes);
  if (!facts.empty())
    scan.facts.push_back({static_cast<std::uint32_t>(scan.entries.size() - 1), std::move(facts)});
}

Status PassingContents::hash_and_inspect(platform::TarReader& reader, const FileTraits& file, bool hash,
                                         LayerScan& scan) {
  const std::size_t read_ahead = can_read_again_ ? kReadAhead : platform::kLargeRead;
  bool is_judged = false;
  Interest interest = Interest::none;
  kept_.clear();
  while (true) {
    CRT_ASSIGN(const Bytes piece, reader.content(read_ahead));
    if (piece.empty()) break;
    if (hash) hasher_.add(piece);
    if (!is_judged) {
      Bytes head = piece;
      if (!kept_.empty() || piece.size() < std::min(kHead, file.size)) {
        kept_.insert(kept_.end(), piece.begin(), piece.end());
        head = kept_;
      }
      if (head.size() < std::min(kHead, file.size)) continue;
      is_judged = true;
      interest = judge(file, head, scan);
      if (interest == Interest::head || (interest != Interest::none && head.size() == file.size)) {
        inspect(file, interest, head, scan);
        interest = Interest::none;
      }
      if (interest == Interest::none && !hash) return {};
      if (interest == Interest::none) continue;
      // Growing by doubling would need room for three of the largest executables; what is not filled costs
      // nothing.
      kept_.reserve(file.size);
      if (kept_.empty()) kept_.assign(piece.begin(), piece.end());
    } else if (interest != Interest::none) {
      kept_.insert(kept_.end(), piece.begin(), piece.end());
    }
  }
  if (interest != Interest::none) inspect(file, interest, kept_, scan);
  // Assigning {} would only empty it.
  if (kept_.capacity() > kKeptBuffer) kept_ = std::vector<std::byte>();
  return {};
}

Status PassingContents::read(platform::TarReader& reader, bool hash, LayerScan& scan) {
  model::LayerEntry& entry = scan.entries.back();
  const auto& name = scan.entry_names.back();
  const FileTraits file = {.path = std::string_view(scan.names).substr(name.offset, name.size),
                           .size = entry.size,
                           .mode = entry.mode};
  const bool matters = inspector_ != nullptr && inspector_->may_matter(file);
  if (!hash && !matters) return {};
  if (hash) hasher_.restart();
  if (matters) {
    CRT_TRY(hash_and_inspect(reader, file, hash, scan));
  } else {
    while (true) {
      CRT_ASSIGN(const Bytes piece, reader.content());
      if (piece.empty()) break;
      hasher_.add(piece);
    }
  }
  if (!hash) return {};
  const auto [low, high] = hasher_.result();
  entry.hash = {.low = low, .high = high};
  entry.has_hash = true;
  return {};
}

}  // namespace crtune::source
