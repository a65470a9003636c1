#include "core/binary/go_embedded.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace crtune::binary {

namespace {

constexpr std::uint64_t kMaxPath = 4096;
constexpr std::uint64_t kHashSize = 16;

struct Content {
  std::uint64_t begin;
  std::uint64_t end;
};

bool is_path(std::string_view text) {
  return !text.empty() && text.front() != '/' &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

class EmbeddedLists {
 public:
  EmbeddedLists(const EmbeddedSearch& search, GoOwners& owners, ByteMap& map)
      : search_(search),
        owners_(owners),
        map_(map),
        word_(search.file.word_size()),
        budget_(search.whole.size() / (4ULL * word_ + kHashSize)) {}

  void search_range(std::uint64_t begin, std::uint64_t end) {
    const auto address = search_.file.address_of(begin);
    if (!address) return;
    const auto shift = *address - begin;
    end = std::min(end, begin + left_);
    left_ -= end - begin;
    for (auto at = (begin + word_ - 1) / word_ * word_; at + 3ULL * word_ <= end; at += word_)
      if (search_.pointers.raw(at) == shift + at + 3ULL * word_) try_list(shift + at);
  }

  // `address` is a word that holds the address three words on.
  void try_list(std::uint64_t address) {
    const auto offset = search_.file.offset_of(address, 3ULL * word_);
    if (!offset) return;
    const auto count = search_.pointers.raw(*offset + word_);
    const auto record = 4ULL * word_ + kHashSize;
    if (count == 0 || count > budget_ || count != search_.pointers.raw(*offset + 2ULL * word_)) return;
    if (!search_.file.offset_of(address, 3ULL * word_ + count * record)) return;
    budget_ -= count;
    std::vector<Content> contents;
    for (std::uint64_t i = 0; i < count; ++i)
      if (!read_record(address + 3ULL * word_ + i * record, contents)) return;
    give(*offset, contents);
  }

  std::uint64_t bytes() {
    std::sort(all_.begin(), all_.end(), [](const Content& a, const Content& b) { return a.begin < b.begin; });
    std::uint64_t sum = 0;
    std::uint64_t at = 0;
    for (const auto& content : all_) {
      const auto begin = std::max(at, content.begin);
      if (content.end > begin) sum += content.end - begin;
      at = std::max(at, content.end);
    }
    return sum;
  }

 private:
  // A string's place in the file; nothing where it is none.
  std::optional<Content> string_at(std::uint64_t address) const {
    const auto size = search_.pointers.at(address + word_);
    const auto begin = search_.file.offset_of(search_.pointers.at(address), size);
    if (!begin) return std::nullopt;
    return Content{*begin, *begin + size};
  }

  bool read_record(std::uint64_t address, std::vector<Content>& contents) const {
    const auto path = string_at(address);
    if (!path || path->end - path->begin > kMaxPath) return false;
    const auto text = search_.whole.part(path->begin, path->end - path->begin).text();
    if (!is_path(text)) return false;
    if (search_.pointers.at(address + 3ULL * word_) == 0) return true;  // a folder or an empty file
    const auto content = string_at(address + 2ULL * word_);
    if (!content || text.ends_with('/')) return false;
    contents.push_back(*content);
    return true;
  }

  void give(std::uint64_t offset, const std::vector<Content>& contents) {
    const auto& data = search_.symbols.data;
    const auto found =
        std::lower_bound(data.begin(), data.end(), offset,
                         [](const DataSymbol& symbol, std::uint64_t at) { return symbol.offset < at; });
    const auto owner = found != data.end() && found->offset == offset
                           ? owners_.owner(owners_.package(found->package))
                           : map_.owner(model::OwnerKind::remainder, "embedded files");
    for (const auto& content : contents) map_.take(content.begin, content.end, owner);
    all_.insert(all_.end(), contents.begin(), contents.end());
  }

  const EmbeddedSearch& search_;
  GoOwners& owners_;
  ByteMap& map_;
  unsigned word_;
  std::uint64_t budget_;  // records that are looked at: lists do not lie in one another
  std::uint64_t left_ = 2 * search_.whole.size();  // to be searched: sections may lie over one another
  std::vector<Content> all_;
};

}  // namespace

std::uint64_t divide_embedded(const EmbeddedSearch& search, GoOwners& owners, ByteMap& map) {
  EmbeddedLists lists(search, owners, map);
  const auto three_words = 3ULL * search.file.word_size();
  if (!search.pointers.relocations().empty()) {
    for (const auto& relocation : search.pointers.relocations())
      if (relocation.value == relocation.address + three_words) lists.try_list(relocation.address);
    return lists.bytes();
  }
  bool by_section = false;
  for (const std::string_view name : {".rodata", ".data.rel.ro"}) {
    const auto* section = search.file.section(name);
    if (section == nullptr) continue;
    by_section = true;
    lists.search_range(section->offset, section->end());
  }
  if (by_section) return lists.bytes();
  for (const auto& segment : search.file.loads)
    if ((segment.flags & elf::kCanExecute) == 0) lists.search_range(segment.offset, segment.end());
  return lists.bytes();
}

}  // namespace crtune::binary
