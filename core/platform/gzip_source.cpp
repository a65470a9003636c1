#include "core/platform/gzip_source.hpp"

#include <fmt/format.h>
#include <isa-l/igzip_lib.h>

#include <limits>

namespace crtune::platform {
namespace {

using base::ErrorCode;
using base::Result;
using Bytes = std::span<const std::byte>;

std::string_view reason(int code) {
  switch (code) {
    case ISAL_INCORRECT_CHECKSUM: return "its checksum or length is wrong";
    case ISAL_INVALID_WRAPPER: return "its header is wrong";
    case ISAL_UNSUPPORTED_METHOD: return "its method is not deflate";
    default: return "its deflate data is wrong";
  }
}

class GzipSource final : public ByteSource {
 public:
  GzipSource(ByteSource& inner, UnpackMeter meter)
      : inner_(inner), meter_(std::move(meter)), buffer_(kLargeRead) {
    start_member();
  }

  Result<Bytes> next(std::size_t) override {
    while (!finished_) {
      if (state_.avail_in == 0 && !input_ended_) CRT_TRY(refill());
      if (between_members_) {
        if (state_.avail_in == 0) {
          finished_ = true;
          break;
        }
        start_member();
      }
      CRT_ASSIGN(const Bytes piece, inflate());
      if (!piece.empty()) return piece;
    }
    return Bytes();
  }

 private:
  void start_member() {
    auto* in = state_.next_in;
    const auto count = state_.avail_in;
    isal_inflate_init(&state_);
    state_.crc_flag = ISAL_GZIP;
    state_.next_in = in;
    state_.avail_in = count;
    between_members_ = false;
    member_is_empty_ = true;
  }

  base::Status refill() {
    CRT_ASSIGN(const Bytes piece, inner_.next(kLargeRead));
    input_ended_ = piece.empty();
    // ISA-L does not write to its input; its interface only lacks the const.
    state_.next_in =
        const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(piece.data()));  // NOLINT
    state_.avail_in = static_cast<std::uint32_t>(piece.size());
    return {};
  }

  Result<Bytes> inflate() {
    state_.next_out = reinterpret_cast<std::uint8_t*>(buffer_.data());
    state_.avail_out = static_cast<std::uint32_t>(buffer_.size());
    const auto before = state_.avail_in;
    const int code = isal_inflate(&state_);
    if (code < 0)
      return meter_.fail(ErrorCode::damaged, fmt::format("the gzip stream is damaged: {}", reason(code)));
    const std::size_t out = buffer_.size() - state_.avail_out;
    CRT_TRY(meter_.add(before - state_.avail_in, out));
    if (out > 0) member_is_empty_ = false;
    if (state_.block_state == ISAL_BLOCK_FINISH) {
      between_members_ = true;
      if (member_is_empty_ && ++empty_members_ > kMaxEmptyMembers)
        return meter_.fail(ErrorCode::limit, fmt::format("over {} empty gzip members", kMaxEmptyMembers));
    } else if (out == 0 && input_ended_) {
      return meter_.fail(ErrorCode::damaged, "the gzip stream ends too early");
    }
    return Bytes(buffer_).first(out);
  }

  ByteSource& inner_;
  UnpackMeter meter_;
  std::vector<std::byte> buffer_;
  inflate_state state_ = {};
  std::uint32_t empty_members_ = 0;
  bool input_ended_ = false;
  bool between_members_ = false;
  bool member_is_empty_ = true;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> make_gzip_source(ByteSource& inner, UnpackMeter meter) {
  return std::make_unique<GzipSource>(inner, std::move(meter));
}

}  // namespace crtune::platform
