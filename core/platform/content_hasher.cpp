#include "core/platform/content_hasher.hpp"

#include <xxhash.h>
#if defined(__x86_64__)
// The packaged library is built for the oldest processors; this header picks the widest vectors at run time.
#include <xxh_x86dispatch.h>
#endif

#include <random>

namespace crtune::platform {

struct ContentHasher::State {
  struct Free {
    void operator()(XXH3_state_t* handle) const { XXH3_freeState(handle); }
  };
  std::unique_ptr<XXH3_state_t, Free> state{XXH3_createState()};
};

namespace {

// Hashes are compared within one run only, so a seed of its own keeps anybody from preparing two files that
// collide.
XXH64_hash_t run_seed() {
  static const XXH64_hash_t seed = [] {
    std::random_device device;
    return (static_cast<XXH64_hash_t>(device()) << 32U) | device();
  }();
  return seed;
}

}  // namespace

ContentHasher::ContentHasher() : state_(std::make_unique<State>()) {
  restart();
}
ContentHasher::~ContentHasher() = default;

void ContentHasher::restart() {
  XXH3_128bits_reset_withSeed(state_->state.get(), run_seed());
}

void ContentHasher::add(std::span<const std::byte> bytes) {
  XXH3_128bits_update(state_->state.get(), bytes.data(), bytes.size());
}

std::pair<std::uint64_t, std::uint64_t> ContentHasher::result() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_->state.get());
  return {hash.low64, hash.high64};
}

}  // namespace crtune::platform
