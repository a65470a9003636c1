#include "core/platform/byte_source.hpp"

#include <openssl/evp.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace crtune::platform {

using base::Result;
using Bytes = std::span<const std::byte>;

Result<std::uint64_t> ByteSource::skip(std::uint64_t) {
  return 0;
}

Result<Bytes> FileRegionSource::next(std::size_t wanted) {
  const auto count =
      static_cast<std::size_t>(std::min<std::uint64_t>({wanted, kLargeRead, end_ - position_}));
  if (buffer_.size() < count) buffer_.resize(count);
  CRT_ASSIGN(const std::size_t filled, file_.read_at(position_, std::span(buffer_).first(count)));
  position_ += filled;
  return std::span(buffer_).first(filled);
}

Result<std::uint64_t> FileRegionSource::skip(std::uint64_t count) {
  const std::uint64_t end = std::min(end_, file_.size());
  const std::uint64_t passed = std::min(count, end > position_ ? end - position_ : 0);
  position_ += passed;
  return passed;
}

Result<Bytes> DescriptorSource::next(std::size_t) {
  buffer_.resize(kLargeRead);
  while (true) {
    const ssize_t count = ::read(descriptor_, buffer_.data(), buffer_.size());
    if (count >= 0) return std::span(buffer_).first(static_cast<std::size_t>(count));
    if (errno != EINTR) return system_failure(name_, "read", errno);
  }
}

Result<Bytes> PeekedSource::peek(std::size_t count) {
  while (head_.size() < count) {
    CRT_ASSIGN(const Bytes piece, rest_.next(count - head_.size()));
    if (piece.empty()) break;
    head_.insert(head_.end(), piece.begin(), piece.end());
  }
  return std::span(head_).first(std::min(count, head_.size()));
}

Result<Bytes> PeekedSource::next(std::size_t wanted) {
  if (!head_is_given_) {
    head_is_given_ = true;
    if (!head_.empty()) return Bytes(head_);
  }
  return rest_.next(wanted);
}

namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeContext>;

DigestContext new_sha256() {
  DigestContext context(EVP_MD_CTX_new());
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  return context;
}

base::Digest finish_sha256(EVP_MD_CTX* context) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> raw = {};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context, raw.data(), &size);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "sha256:";
  for (unsigned int i = 0; i < size; ++i) {
    text += kDigits[raw[i] >> 4U];
    text += kDigits[raw[i] & 15U];
  }
  return base::Digest::parse(text).value();
}

}  // namespace

struct HashingSource::State {
  DigestContext context = new_sha256();
};

HashingSource::HashingSource(ByteSource& inner) : inner_(inner), state_(std::make_unique<State>()) {}
HashingSource::~HashingSource() = default;

Result<Bytes> HashingSource::next(std::size_t wanted) {
  CRT_ASSIGN(const Bytes piece, inner_.next(wanted));
  EVP_DigestUpdate(state_->context.get(), piece.data(), piece.size());
  count_ += piece.size();
  return piece;
}

base::Digest HashingSource::finish() {
  return finish_sha256(state_->context.get());
}

base::Digest sha256(Bytes bytes) {
  const auto context = new_sha256();
  EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
  return finish_sha256(context.get());
}

}  // namespace crtune::platform
