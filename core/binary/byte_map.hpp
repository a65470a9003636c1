// Every byte of a file, each with one owner.
#pragma once

#include "core/model/binary.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crtune::binary {

using OwnerId = std::uint32_t;

// First large parts are laid over the file with `cover`; what is covered twice goes to who came first. After
// `seal` finer owners may `take` bytes out of them; what is taken once stays taken. So the sum is the file's
// size whatever the input says.
class ByteMap {
 public:
  explicit ByteMap(std::uint64_t file_size) : size_(file_size) {}

  // The number of an owner; the same for the same kind and name.
  OwnerId owner(model::OwnerKind kind, std::string_view name);
  std::string& module_of(OwnerId owner) { return owners_[owner].module; }

  void cover(std::uint64_t begin, std::uint64_t end, OwnerId owner, bool is_text = false);
  // Gives what is not covered to `padding`, to `uncovered` where it is over 64 KiB, and what follows the last
  // cover to `tail`.
  void seal();
  // Gives the bytes of the range that were not yet taken to `owner`; as code they are text wherever they lie.
  void take(std::uint64_t begin, std::uint64_t end, OwnerId owner, bool is_code = false);

  // Adds to what `owner` has of functions named after it.
  void add_code(OwnerId owner, std::uint64_t bytes) { owners_[owner].code += bytes; }

  // The owners with bytes, most first, by name where they are equal.
  std::vector<model::ByteOwner> finish();

 private:
  struct Part {
    std::uint64_t begin;
    std::uint64_t end;
    std::uint64_t rest;
    OwnerId owner;
    bool is_text;
  };

  std::uint64_t mark(std::uint64_t begin, std::uint64_t end);
  void add_part(std::uint64_t begin, std::uint64_t end, OwnerId owner, bool is_text);
  void sweep();

  std::uint64_t size_;
  std::vector<Part> covers_;  // until `seal`
  std::vector<Part> parts_;   // in order, without gaps or overlaps
  std::size_t last_part_ = 0;
  std::vector<std::uint64_t> taken_;  // a bit for each byte
  std::vector<model::ByteOwner> owners_;
  std::unordered_map<std::string, OwnerId> by_name_;
};

// The offsets at which items of a table start. An item reaches to the next start; it belongs to who asks
// first.
class ItemStarts {
 public:
  explicit ItemStarts(std::uint64_t size) : size_(size), bits_(static_cast<std::size_t>(size / 64 + 1)) {}

  void mark(std::uint64_t offset) {
    if (offset < size_) bits_[offset / 64] |= 1ULL << (offset % 64);
  }
  // The end of the item at `offset`, or `offset` itself where it was asked for before or never marked.
  std::uint64_t claim(std::uint64_t offset);

 private:
  std::uint64_t size_;
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint64_t> claimed_;
};

}  // namespace crtune::binary
