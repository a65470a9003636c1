#include "core/source/streamed_members.hpp"

#include "core/base/escape.hpp"
#include "core/platform/tar_reader.hpp"
#include "core/source/layer_scan.hpp"
#include "core/source/member_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace crtune::source {

using base::EntryKind;
using base::ErrorCode;
using base::Result;
using Bytes = std::span<const std::byte>;

namespace {

// All documents of one archive together.
constexpr std::uint64_t kMaxDocuments = 64U << 20U;

// The content of the archive's current member.
class MemberSource final : public platform::ByteSource {
 public:
  explicit MemberSource(platform::TarReader& archive) : archive_(archive) {}
  Result<Bytes> next(std::size_t) override { return archive_.content(); }

 private:
  platform::TarReader& archive_;
};

bool may_be_document(Bytes head) {
  for (const std::byte byte : head) {
    const char letter = static_cast<char>(byte);
    if (letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r') continue;
    return letter == '{' || letter == '[' || letter == 'n';
  }
  return true;
}

bool may_be_layer(Bytes head) {
  if (platform::sniff_compression(head) != platform::Compression::none || head.empty()) return true;
  if (head.size() < platform::kTarBlock) return false;
  std::array<char, platform::kTarBlock> block = {};
  std::transform(head.begin(), head.begin() + platform::kTarBlock, block.begin(),
                 [](std::byte byte) { return static_cast<char>(byte); });
  return platform::is_zero_block(block) || platform::parse_tar_header(block).has_value();
}

// Whether the member's name is the digest of its bytes, so that computing it is of use.
bool is_named_by_digest(std::string_view name) {
  const auto base = name.substr(name.rfind('/') + 1);
  return name.starts_with("blobs/") && base.size() >= 64;
}

class StreamedMembers final : public MemberStore {
 public:
  explicit StreamedMembers(std::string label) : label_(std::move(label)) {}

  base::Status read(platform::ByteSource& stream, const ScanOptions& options) {
    platform::TarReader archive(stream, label_, 0, options.tar);
    while (true) {
      CRT_ASSIGN(const platform::TarEntry* entry, archive.next());
      if (entry == nullptr) break;
      const auto number = static_cast<std::uint32_t>(members_.size());
      CRT_TRY(names_.add(*entry, number, label_));
      Member& member = members_.emplace_back();
      member.size = entry->size;
      if (entry->kind == EntryKind::file) CRT_TRY(read_member(archive, *entry, options, member));
    }
    return archive.finish().map([](const auto&) {});
  }

  const std::string& label() const override { return label_; }
  bool has(const std::string& name) const override {
    const auto found = names_.find(name, label_);
    return found && *found != nullptr;
  }
  std::optional<std::uint64_t> stored_size(const std::string& name) const override {
    const auto number = names_.find(name, label_);
    return number && *number != nullptr ? std::optional(members_[**number].size) : std::nullopt;
  }

  Result<std::string> document(const std::string& name) override {
    CRT_ASSIGN(const Member* member, find(name));
    if (member->size > kMaxDocument)
      return base::fail(ErrorCode::limit,
                        fmt::format("'{}' has {} bytes, the limit is {}", base::one_line(name, 80),
                                    member->size, kMaxDocument),
                        {.file = label_});
    return member->text;
  }

  Result<LayerScan> scan_layer(const std::string& name, const ScanOptions&) override {
    CRT_ASSIGN(Member * member, find(name));
    if (member->problem) return base::fail(*member->problem);
    if (!member->scan)
      return base::fail(ErrorCode::invalid,
                        fmt::format("the layer '{}' is not a tar archive", base::one_line(name, 80)),
                        {.file = label_});
    // A layer may stand several times in an image, so the scan is copied, not taken.
    return *member->scan;
  }

  Region raw_region(const std::string&) override { return {}; }
  bool reads_again() const override { return false; }

 private:
  struct Member {
    std::uint64_t size = 0;
    std::string text;
    std::optional<LayerScan> scan;
    std::optional<base::Error> problem;
  };

  base::Status read_member(platform::TarReader& archive, const platform::TarEntry& entry,
                           const ScanOptions& options, Member& member) {
    const std::string name = entry.name;
    MemberSource content(archive);
    platform::PeekedSource peeked(content);
    CRT_ASSIGN(const Bytes head, peeked.peek(platform::kTarBlock));
    if (may_be_layer(head)) {
      ScanOptions own = options;
      own.compute_stored_digest = is_named_by_digest(name) || options.compute_diff_id;
      own.progress = {};
      auto scan = scan_layer_stream(
          peeked, {.file = fmt::format("{}:{}", label_, name), .stored_size = entry.size}, own);
      if (scan) {
        member.scan = std::move(*scan);
      } else {
        member.problem = std::move(scan).error();
      }
    }
    if (entry.size > kMaxDocument || !may_be_document(head)) return {};
    if (!head.empty() && may_be_layer(head)) return {};
    return keep_document(peeked, member);
  }

  base::Status keep_document(platform::ByteSource& content, Member& member) {
    while (true) {
      CRT_ASSIGN(const Bytes piece, content.next(platform::kLargeRead));
      if (piece.empty()) return {};
      document_bytes_ += piece.size();
      if (document_bytes_ > kMaxDocuments)
        return base::fail(ErrorCode::limit,
                          fmt::format("the documents of the archive take over {} bytes", kMaxDocuments),
                          {.file = label_});
      member.text.append(reinterpret_cast<const char*>(piece.data()), piece.size());  // NOLINT: text
    }
  }

  Result<Member*> find(const std::string& name) {
    CRT_ASSIGN(const std::uint32_t* number, names_.find(name, label_));
    if (number == nullptr)
      return base::fail(
          ErrorCode::invalid,
          fmt::format("the image names '{}', which is not in the archive", base::one_line(name, 100)),
          {.file = label_}, "the archive is incomplete; save the image again");
    return &members_[*number];
  }

  std::string label_;
  MemberNames names_;
  std::vector<Member> members_;
  std::uint64_t document_bytes_ = 0;
};

}  // namespace

Result<std::unique_ptr<MemberStore>> read_stream(platform::ByteSource& stream, std::string label,
                                                 const ScanOptions& options) {
  auto members = std::make_unique<StreamedMembers>(std::move(label));
  CRT_TRY(members->read(stream, options));
  return members;
}

}  // namespace crtune::source
