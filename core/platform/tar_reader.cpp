#include "core/platform/tar_reader.hpp"

#include "core/platform/tar_extended.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace crtune::platform {

using base::EntryKind;
using base::ErrorCode;
using base::Result;
using base::Status;
using Bytes = std::span<const std::byte>;

namespace {

// Enough for a header and its pax header; read-ahead grows while little is skipped, because copying so much
// costs less than another system call.
constexpr std::size_t kHeaderRead = 4U << 10U;
constexpr std::size_t kDenseRead = 64U << 10U;
constexpr std::uint64_t kLittle = 16U << 10U;

std::uint64_t padding_after(std::uint64_t size) {
  return (kTarBlock - size % kTarBlock) % kTarBlock;
}

bool is_all_zero(Bytes bytes) {
  return bytes.empty() ||
         (bytes[0] == std::byte{0} && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

EntryKind kind_of(char type) {
  switch (type) {
    case '1': return EntryKind::hardlink;
    case '2': return EntryKind::symlink;
    case '3': return EntryKind::char_device;
    case '4': return EntryKind::block_device;
    case '5': return EntryKind::directory;
    case '6': return EntryKind::fifo;
    default: return EntryKind::file;
  }
}

bool is_special(char type) {
  return type == 'x' || type == 'g' || type == 'L' || type == 'K';
}

}  // namespace

TarReader::TarReader(ByteSource& source, std::string file, std::uint64_t base_offset, const TarLimits& limits)
    : source_(source),
      file_(std::move(file)),
      base_offset_(base_offset),
      limits_(limits),
      read_ahead_(kHeaderRead) {}

tl::unexpected<base::Error> TarReader::fail(ErrorCode code, std::string message, std::uint64_t offset) const {
  return base::fail(code, std::move(message), {.file = file_, .offset = base_offset_ + offset});
}

tl::unexpected<base::Error> TarReader::fail_at(base::Error error, std::uint64_t offset) const {
  return fail(error.code, std::move(error.message), offset);
}

Result<Bytes> TarReader::take(std::uint64_t most, std::size_t read_ahead) {
  if (piece_.empty()) {
    CRT_ASSIGN(piece_, source_.next(read_ahead));
    read_ahead_ = std::min(read_ahead_ * 2, kDenseRead);
  }
  const Bytes taken = piece_.first(static_cast<std::size_t>(std::min<std::uint64_t>(most, piece_.size())));
  piece_ = piece_.subspan(taken.size());
  position_ += taken.size();
  return taken;
}

// False at the end of the source.
Result<bool> TarReader::read_block() {
  std::size_t filled = 0;
  while (filled < kTarBlock) {
    CRT_ASSIGN(const Bytes bytes, take(kTarBlock - filled, read_ahead_));
    if (bytes.empty()) break;
    std::memcpy(block_.data() + filled, bytes.data(), bytes.size());
    filled += bytes.size();
  }
  if (filled > 0 && filled < kTarBlock)
    return fail(ErrorCode::damaged, "the tar archive ends within a header", position_);
  return filled == kTarBlock;
}

Status TarReader::pass_over_content() {
  const std::uint64_t left = content_left_ + padding_left_;
  content_left_ = padding_left_ = 0;
  const std::uint64_t at_hand = std::min<std::uint64_t>(left, piece_.size());
  piece_ = piece_.subspan(static_cast<std::size_t>(at_hand));
  position_ += at_hand;
  if (at_hand == left) return {};
  CRT_ASSIGN(const std::uint64_t passed, source_.skip(left - at_hand));
  position_ += passed;
  if (passed > kLittle) read_ahead_ = kHeaderRead;
  for (std::uint64_t rest = left - at_hand - passed; rest > 0;) {
    CRT_ASSIGN(const Bytes bytes, take(rest, kLargeRead));
    if (bytes.empty()) return fail(ErrorCode::damaged, "the tar archive ends within an entry", position_);
    rest -= bytes.size();
  }
  return {};
}

// Block is all zeros: the end, if a second one follows or nothing at all.
Result<bool> TarReader::read_zero_blocks() {
  const std::uint64_t offset = position_ - kTarBlock;
  if (specials_ > 0) return fail(ErrorCode::invalid, "an extended tar header without its entry", offset);
  CRT_ASSIGN(const bool more, read_block());
  if (more && !is_zero_block(block_))
    return fail(ErrorCode::invalid, "a lone block of zeros among the tar headers", offset);
  end_.has_end_blocks = more;
  return true;
}

Status TarReader::read_body(std::uint64_t size) {
  body_.clear();
  const std::uint64_t padded = size + padding_after(size);
  while (body_.size() < padded) {
    CRT_ASSIGN(const Bytes bytes, take(padded - body_.size(), read_ahead_));
    if (bytes.empty())
      return fail(ErrorCode::damaged, "the tar archive ends within an extended header", position_);
    body_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());  // NOLINT: a body is text
  }
  return {};
}

Status TarReader::read_special(const TarHeader& header) {
  const std::uint64_t offset = position_ - kTarBlock;
  const char type = header.type;
  const std::uint64_t size = header.size;
  if (size > limits_.special_body)
    return fail(
        ErrorCode::limit,
        fmt::format("an extended tar header of {} bytes, the limit is {}", size, limits_.special_body),
        offset);
  if (++specials_ > limits_.specials_per_entry)
    return fail(ErrorCode::limit,
                fmt::format("over {} extended tar headers before one entry", limits_.specials_per_entry),
                offset);
  if (type == 'g' && specials_ > 1)
    return fail(ErrorCode::invalid, "a global pax header between an entry and its own", offset);
  if (type != 'g') special_headers_.append(block_.data(), kTarBlock);
  CRT_TRY(read_body(size));
  if (type != 'g') special_headers_ += body_;
  body_.resize(static_cast<std::size_t>(size));
  if (type == 'L') extensions_.gnu_name = body_.substr(0, body_.find('\0'));
  if (type == 'K') extensions_.gnu_linkname = body_.substr(0, body_.find('\0'));
  if (type != 'x' && type != 'g') return {};
  if (type == 'g') {
    end_.has_global_header = true;
    specials_ = 0;
  }
  const PaxScope scope = type == 'g' ? PaxScope::global : PaxScope::entry;
  // A second pax header of one entry replaces the first, as in Go.
  if (scope == PaxScope::entry) {
    extensions_.path.clear();
    extensions_.linkpath.clear();
    extensions_.has_size = false;
  }
  if (auto parsed = parse_pax_records(body_, scope, extensions_); !parsed)
    return fail_at(std::move(parsed).error(), offset + kTarBlock);
  return {};
}

Status TarReader::check_name(std::string_view name, std::uint64_t offset) const {
  if (name.empty()) return fail(ErrorCode::invalid, "a tar entry without a name", offset);
  if (name.size() > limits_.name)
    return fail(ErrorCode::limit,
                fmt::format("a name of {} bytes, the limit is {}", name.size(), limits_.name), offset);
  std::size_t depth = 0;
  while (!name.empty()) {
    const auto slash = name.find('/');
    const auto component = name.substr(0, slash);
    if (component.size() > limits_.component)
      return fail(
          ErrorCode::limit,
          fmt::format("a file name of {} bytes, the limit is {}", component.size(), limits_.component),
          offset);
    if (!component.empty() && ++depth > limits_.depth)
      return fail(ErrorCode::limit, fmt::format("a path deeper than {} folders", limits_.depth), offset);
    name.remove_prefix(slash == std::string_view::npos ? name.size() : slash + 1);
  }
  return {};
}

Status TarReader::fill_entry(const TarHeader& header) {
  const std::uint64_t offset = position_ - kTarBlock;
  if (++entries_ > limits_.entries)
    return fail(ErrorCode::limit, fmt::format("over {} entries in one archive", limits_.entries), offset);
  entry_.name.clear();
  if (!extensions_.gnu_name.empty()) {
    entry_.name = extensions_.gnu_name;
  } else if (!extensions_.path.empty()) {
    entry_.name = extensions_.path;
  } else {
    if (!header.prefix.empty()) entry_.name.append(header.prefix).append("/");
    entry_.name += header.name;
  }
  CRT_TRY(check_name(entry_.name, offset));
  entry_.linkname = !extensions_.gnu_linkname.empty() ? extensions_.gnu_linkname
                    : !extensions_.linkpath.empty()   ? extensions_.linkpath
                                                      : std::string(header.linkname);
  if (entry_.linkname.size() > limits_.name)
    return fail(
        ErrorCode::limit,
        fmt::format("a link target of {} bytes, the limit is {}", entry_.linkname.size(), limits_.name),
        offset);
  entry_.kind = kind_of(header.type);
  const bool holds_data = entry_.kind == EntryKind::file;
  entry_.size = extensions_.has_size && holds_data ? extensions_.size : header.size;
  if (entry_.size > static_cast<std::uint64_t>(INT64_MAX) - 2 * kTarBlock)
    return fail(ErrorCode::invalid, "a tar header whose size is not a usable number", offset);
  if (holds_data && entry_.name.back() == '/') {
    if (entry_.size > 0) return fail(ErrorCode::invalid, "a folder that holds data", offset);
    entry_.kind = EntryKind::directory;
  }
  entry_.header_offset = offset;
  entry_.data_offset = position_;
  entry_.mode = header.mode;
  entry_.uid = header.uid;
  entry_.gid = header.gid;
  entry_.mtime_seconds = header.mtime;
  entry_.mtime_nanoseconds = 0;
  entry_.device =
      entry_.kind == EntryKind::char_device || entry_.kind == EntryKind::block_device ? header.device : 0;
  entry_.xattr_hash = 0;
  content_left_ = entry_.size;
  padding_left_ = padding_after(entry_.size);
  if (specials_ == 0) return {};
  special_headers_.append(block_.data(), kTarBlock);
  if (auto read = read_extended_headers(special_headers_, entry_); !read)
    return fail_at(std::move(read).error(), offset);
  special_headers_.clear();
  extensions_ = {};
  specials_ = 0;
  return {};
}

Result<const TarEntry*> TarReader::next() {
  if (ended_) return nullptr;
  CRT_TRY(pass_over_content());
  while (true) {
    CRT_ASSIGN(const bool more, read_block());
    if (!more) {
      if (specials_ > 0)
        return fail(ErrorCode::damaged, "the tar archive ends after an extended header", position_);
      end_.has_end_blocks = false;
      ended_ = true;
      return nullptr;
    }
    if (is_zero_block(block_)) {
      CRT_ASSIGN(ended_, read_zero_blocks());
      return nullptr;
    }
    auto header = parse_tar_header(block_);
    if (!header) return fail_at(std::move(header).error(), position_ - kTarBlock);
    if (is_special(header->type)) {
      CRT_TRY(read_special(*header));
      continue;
    }
    CRT_TRY(fill_entry(*header));
    return &entry_;
  }
}

Result<Bytes> TarReader::content(std::size_t read_ahead) {
  if (content_left_ == 0) return Bytes();
  CRT_ASSIGN(const Bytes bytes, take(content_left_, read_ahead));
  if (bytes.empty()) return fail(ErrorCode::damaged, "the tar archive ends within an entry", position_);
  content_left_ -= bytes.size();
  return bytes;
}

Result<TarReader::End> TarReader::finish() {
  while (true) {
    CRT_ASSIGN(const Bytes bytes, take(kLargeRead, kLargeRead));
    if (bytes.empty()) break;
    end_.has_trailing_data = end_.has_trailing_data || !is_all_zero(bytes);
  }
  end_.bytes = position_;
  return end_;
}

}  // namespace crtune::platform
