#include "core/platform/zstd_source.hpp"

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace crtune::platform {
namespace {

using base::ErrorCode;
using base::Result;
using Bytes = std::span<const std::byte>;

constexpr int kMaxWindowLog = 27;

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class ZstdSource final : public ByteSource {
 public:
  ZstdSource(ByteSource& inner, UnpackMeter meter)
      : inner_(inner), meter_(std::move(meter)), context_(ZSTD_createDCtx()), buffer_(kLargeRead) {
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  }

  Result<Bytes> next(std::size_t) override {
    while (true) {
      if (input_.pos == input_.size && !input_ended_) {
        CRT_ASSIGN(const Bytes piece, inner_.next(kLargeRead));
        input_ended_ = piece.empty();
        input_ = {piece.data(), piece.size(), 0};
      }
      if (input_ended_ && between_frames_) return Bytes();
      ZSTD_outBuffer output = {buffer_.data(), buffer_.size(), 0};
      const std::size_t before = input_.pos;
      const std::size_t left = ZSTD_decompressStream(context_.get(), &output, &input_);
      if (ZSTD_isError(left) != 0U) return refuse(ZSTD_getErrorCode(left));
      CRT_TRY(meter_.add(input_.pos - before, output.pos));
      if (output.pos > 0) frame_is_empty_ = false;
      between_frames_ = left == 0;
      if (between_frames_) {
        if (frame_is_empty_ && ++empty_frames_ > kMaxEmptyMembers)
          return meter_.fail(ErrorCode::limit, fmt::format("over {} empty zstd frames", kMaxEmptyMembers));
        frame_is_empty_ = true;
      }
      if (output.pos > 0) return Bytes(buffer_).first(output.pos);
      if (input_ended_ && !between_frames_)
        return meter_.fail(ErrorCode::damaged, "the zstd stream ends too early");
    }
  }

 private:
  tl::unexpected<base::Error> refuse(ZSTD_ErrorCode code) const {
    if (code == ZSTD_error_frameParameter_windowTooLarge)
      return meter_.fail(ErrorCode::limit, "the zstd stream wants a window over 128 MiB");
    if (code == ZSTD_error_dictionary_wrong)
      return meter_.fail(ErrorCode::unsupported, "the zstd stream needs a dictionary");
    return meter_.fail(ErrorCode::damaged,
                       fmt::format("the zstd stream is damaged: {}", ZSTD_getErrorString(code)));
  }

  ByteSource& inner_;
  UnpackMeter meter_;
  std::unique_ptr<ZSTD_DCtx, FreeContext> context_;
  std::vector<std::byte> buffer_;
  ZSTD_inBuffer input_ = {nullptr, 0, 0};
  std::uint32_t empty_frames_ = 0;
  bool input_ended_ = false;
  bool between_frames_ = true;
  bool frame_is_empty_ = true;
};

}  // namespace

std::unique_ptr<ByteSource> make_zstd_source(ByteSource& inner, UnpackMeter meter) {
  return std::make_unique<ZstdSource>(inner, std::move(meter));
}

}  // namespace crtune::platform
