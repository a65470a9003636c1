#include "core/secret/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

namespace crtune::secret {
namespace {

struct SipState {
  std::uint64_t v0, v1, v2, v3;

  void rounds(int count) {
    for (int i = 0; i < count; ++i) {
      v0 += v1;
      v2 += v3;
      v1 = std::rotl(v1, 13) ^ v0;
      v3 = std::rotl(v3, 16) ^ v2;
      v0 = std::rotl(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = std::rotl(v1, 17) ^ v2;
      v3 = std::rotl(v3, 21) ^ v0;
      v2 = std::rotl(v2, 32);
    }
  }
  void absorb(std::uint64_t word) {
    v3 ^= word;
    rounds(2);
    v0 ^= word;
  }
};

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return word;
}

// The fingerprints under key 0 of values that are public on purpose. PEM keys count by their base64 alone.
constexpr std::array<std::uint64_t, 6> kSamples = {
    0x465FE83802575225U,  // Go's crypto/x509/platform_root_key.pem, in every Go distribution
    0x49EDD6AE999EE40EU,  // the storage emulator Azurite's account key
    0xE0D6A6A58824E031U,  // gsutil's API key
    0xB888CB4F9C3E6FA2U,  // the Google Cloud CLI's keys for reports of crashes
    0x4A8DB9E442B04E3FU,
    0x548B522AA945E26CU,  // Debian's Chromium
};

}  // namespace

std::uint64_t fingerprint(std::string_view value, std::uint64_t key) {
  constexpr std::uint64_t kSecondHalf = 0x9E3779B97F4A7C15U;
  SipState state = {key ^ 0x736F6D6570736575U, kSecondHalf ^ 0x646F72616E646F6DU, key ^ 0x6C7967656E657261U,
                    kSecondHalf ^ 0x7465646279746573U};
  const std::uint64_t length = static_cast<std::uint64_t>(value.size()) << 56;
  for (; value.size() >= 8; value.remove_prefix(8)) state.absorb(little_endian(value.substr(0, 8)));
  state.absorb(length | little_endian(value));
  state.v2 ^= 0xFF;
  state.rounds(4);
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

bool is_known_sample(std::string_view value) {
  return std::find(kSamples.begin(), kSamples.end(), fingerprint(value, 0)) != kSamples.end();
}

}  // namespace crtune::secret
