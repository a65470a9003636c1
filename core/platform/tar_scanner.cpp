#include "core/platform/tar_scanner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/escape.hpp"

namespace crtune::platform {

using base::ErrorCode;
using base::Status;

namespace {

std::uint64_t padded(std::uint64_t size) { return (size + kTarBlock - 1) / kTarBlock * kTarBlock; }

}  // namespace

tl::unexpected<base::Error> TarScanner::fail(ErrorCode code, std::string message, std::uint64_t offset) const {
  return base::fail(code, std::move(message), {.file = file_, .offset = base_offset_ + offset});
}

Status TarScanner::feed(std::span<const std::byte> bytes) {
  const char* data = reinterpret_cast<const char*>(bytes.data());  // NOLINT: bytes are looked at as text
  std::size_t left = bytes.size();
  while (left > 0 && state_ != State::ended) {
    std::size_t count = 0;
    if (state_ == State::header) {
      count = std::min(left, kTarBlock - block_fill_);
      std::memcpy(block_.data() + block_fill_, data, count);
      block_fill_ += count;
    } else {
      count = static_cast<std::size_t>(std::min<std::uint64_t>(left, remaining_));
      if (state_ == State::special_body)
        body_.append(data, static_cast<std::size_t>(std::min<std::uint64_t>(count, body_size_ - std::min<std::uint64_t>(body_size_, body_.size()))));
      remaining_ -= count;
    }
    data += count;
    left -= count;
    position_ += count;
    if (state_ == State::header && block_fill_ == kTarBlock) {
      CRT_TRY(header_complete());
    } else if (state_ == State::special_body && remaining_ == 0) {
      CRT_TRY(special_complete());
    } else if (state_ == State::content && remaining_ == 0) {
      state_ = State::header;
    }
  }
  if (left > 0 && !saw_trailing_data_)
    saw_trailing_data_ = *data != 0 || std::memcmp(data, data + 1, left - 1) != 0;
  position_ += left;
  return {};
}

Status TarScanner::skipped(std::uint64_t count) {
  if (state_ == State::ended || count == 0) {
    position_ += count;
    return {};
  }
  if (state_ != State::content || count > remaining_)
    return fail(ErrorCode::invalid, "tar readers disagree on where the next header stands", position_);
  position_ += count;
  remaining_ -= count;
  if (remaining_ == 0) state_ = State::header;
  return {};
}

Status TarScanner::finish() {
  if (state_ == State::ended || (state_ == State::header && block_fill_ == 0 && specials_ == 0)) return {};
  return fail(ErrorCode::damaged, "the tar archive ends too early", position_);
}

Status TarScanner::header_complete() {
  block_fill_ = 0;
  const std::uint64_t offset = position_ - kTarBlock;
  if (is_zero_block(block_)) {
    if (specials_ > 0) return fail(ErrorCode::invalid, "an extended tar header without its entry", offset);
    if (++zero_blocks_ == 2) state_ = State::ended;
    return {};
  }
  if (zero_blocks_ > 0) return fail(ErrorCode::invalid, "a lone block of zeros among the tar headers", offset - kTarBlock);
  auto header = parse_tar_header(block_);
  if (!header) return fail(header.error().code, std::move(header.error().message), offset);
  if (std::strchr("xgLK", header->type) != nullptr) return start_special(header->type, header->size);
  return add_entry(*header);
}

Status TarScanner::start_special(char type, std::uint64_t size) {
  const std::uint64_t offset = position_ - kTarBlock;
  if (size > limits_.special_body)
    return fail(ErrorCode::limit, fmt::format("an extended tar header of {} bytes, the limit is {}", size, limits_.special_body), offset);
  if (++specials_ > limits_.specials_per_entry)
    return fail(ErrorCode::limit, fmt::format("over {} extended tar headers before one entry", limits_.specials_per_entry), offset);
  if (type == 'g' && specials_ > 1) return fail(ErrorCode::invalid, "a global pax header between an entry and its own", offset);
  state_ = State::special_body;
  body_.clear();
  body_type_ = type;
  body_size_ = size;
  remaining_ = padded(size);
  return remaining_ == 0 ? special_complete() : Status{};
}

Status TarScanner::special_complete() {
  state_ = State::header;
  const std::uint64_t offset = position_ - padded(body_size_);
  if (body_type_ == 'L') extensions_.gnu_name = body_.substr(0, body_.find('\0'));
  if (body_type_ == 'K') extensions_.gnu_linkname = body_.substr(0, body_.find('\0'));
  if (body_type_ != 'x' && body_type_ != 'g') return {};
  const bool global = body_type_ == 'g';
  if (!global) {
    // A second pax header of one entry replaces the first, as in Go.
    extensions_.path.clear();
    extensions_.linkpath.clear();
    extensions_.has_size = false;
  }
  auto parsed = parse_pax_records(body_, global ? PaxScope::global : PaxScope::entry, extensions_);
  if (!parsed) return fail(parsed.error().code, std::move(parsed.error().message), offset);
  if (global) {
    saw_global_header_ = true;
    specials_ = 0;
  }
  return {};
}

Status TarScanner::check_name(std::string_view name) const {
  const std::uint64_t offset = position_ - kTarBlock;
  if (name.empty()) return fail(ErrorCode::invalid, "a tar entry without a name", offset);
  if (name.size() > limits_.name)
    return fail(ErrorCode::limit, fmt::format("a name of {} bytes, the limit is {}", name.size(), limits_.name), offset);
  std::size_t depth = 0;
  while (!name.empty()) {
    const auto slash = name.find('/');
    const auto component = name.substr(0, slash);
    if (component.size() > limits_.component)
      return fail(ErrorCode::limit, fmt::format("a file name of {} bytes, the limit is {}", component.size(), limits_.component), offset);
    if (!component.empty() && ++depth > limits_.depth)
      return fail(ErrorCode::limit, fmt::format("a path deeper than {} folders", limits_.depth), offset);
    name.remove_prefix(slash == std::string_view::npos ? name.size() : slash + 1);
  }
  return {};
}

Status TarScanner::add_entry(const TarHeader& header) {
  const std::uint64_t offset = position_ - kTarBlock;
  if (++entry_count_ > limits_.entries)
    return fail(ErrorCode::limit, fmt::format("over {} entries in one archive", limits_.entries), offset);
  ScannedEntry entry;
  if (!extensions_.gnu_name.empty()) entry.name = std::move(extensions_.gnu_name);
  else if (!extensions_.path.empty()) entry.name = std::move(extensions_.path);
  else if (!header.prefix.empty()) entry.name.append(header.prefix).append("/").append(header.name);
  else entry.name = header.name;
  if (!extensions_.gnu_linkname.empty()) entry.linkname = std::move(extensions_.gnu_linkname);
  else if (!extensions_.linkpath.empty()) entry.linkname = std::move(extensions_.linkpath);
  else entry.linkname = header.linkname;
  CRT_TRY(check_name(entry.name));
  if (entry.linkname.size() > limits_.name)
    return fail(ErrorCode::limit, fmt::format("a link target of {} bytes, the limit is {}", entry.linkname.size(), limits_.name), offset);
  entry.type = header.type;
  const bool holds_data = !(header.type >= '1' && header.type <= '6');
  entry.size = extensions_.has_size && holds_data ? extensions_.size : header.size;
  if (entry.size > static_cast<std::uint64_t>(INT64_MAX) - kTarBlock)
    return fail(ErrorCode::invalid, "a tar header whose size is not a usable number", offset);
  entry.header_offset = offset;
  extensions_ = {};
  specials_ = 0;
  remaining_ = padded(entry.size);
  state_ = remaining_ == 0 ? State::header : State::content;
  entries_.push_back(std::move(entry));
  return {};
}

ScannedEntry TarScanner::take_entry() {
  ScannedEntry entry = std::move(entries_.front());
  entries_.pop_front();
  return entry;
}

}  // namespace crtune::platform
