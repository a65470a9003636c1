// A fast 128-bit hash of contents (XXH3), to tell equal files from different ones. Its seed is new in every
// run: a hash says something only beside others of the same run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

namespace crtune::platform {

class ContentHasher {
 public:
  ContentHasher();
  ContentHasher(const ContentHasher&) = delete;
  ContentHasher& operator=(const ContentHasher&) = delete;
  ~ContentHasher();

  void restart();
  void add(std::span<const std::byte> bytes);
  // The low and the high half of the hash of everything added since restart().
  std::pair<std::uint64_t, std::uint64_t> result() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace crtune::platform
