#include "tests/fuzz/elf_checks.hpp"

#include "core/binary/inspect.hpp"
#include "tests/fuzz/input.hpp"

#include <set>
#include <utility>

namespace crtune::fuzz {

namespace {

bool same_owners(const model::Binary& a, const model::Binary& b) {
  if (a.owners.size() != b.owners.size()) return false;
  for (std::size_t i = 0; i < a.owners.size(); ++i) {
    const auto& left = a.owners[i];
    const auto& right = b.owners[i];
    if (left.kind != right.kind || left.name != right.name || left.module != right.module ||
        left.bytes != right.bytes || left.text != right.text)
      return false;
  }
  return true;
}

bool same_facts(const model::Binary& a, const model::Binary& b) {
  return a.type == b.type && a.machine == b.machine && a.linkage == b.linkage &&
         a.interpreter == b.interpreter && a.needed == b.needed && a.rpath == b.rpath &&
         a.runpath == b.runpath && a.soname == b.soname && a.stripped == b.stripped &&
         a.strippable_bytes == b.strippable_bytes && a.build_id == b.build_id &&
         a.packed_by_upx == b.packed_by_upx;
}

void check_owners(const model::Binary& binary, std::uint64_t size) {
  std::uint64_t sum = 0;
  std::uint64_t modules = 0;
  std::uint64_t before = UINT64_MAX;
  std::set<std::pair<model::OwnerKind, std::string_view>> names;
  for (const auto& owner : binary.owners) {
    require(owner.bytes > 0 && owner.bytes <= before, "owners stand by size");
    require(owner.text <= owner.bytes, "an owner's code is a part of its bytes");
    require(names.emplace(owner.kind, owner.name).second, "no owner stands twice");
    before = owner.bytes;
    sum += owner.bytes;
  }
  require(sum == size, "the owners' bytes add up to the file's size");
  require(binary.strippable_bytes <= size, "no more can be stripped than is there");
  if (!binary.go) return;
  for (const auto& module : binary.go->modules) modules += module.bytes;
  require(modules <= size, "the modules' bytes are the file's");
  require(binary.go->embedded_bytes <= size, "embedded files are the file's");
}

}  // namespace

std::optional<model::Binary> inspect_checked(std::string_view file) {
  base::BytesInMemory bytes(bytes_of(file));
  auto once = binary::inspect(bytes);
  const auto twice = binary::inspect(bytes);
  const auto facts = binary::inspect(bytes, {.divide = false});
  require(once.has_value() == twice.has_value(), "a file is refused always or never");
  require(once.has_value() == facts.has_value(), "with the division or without it");
  if (!once) return std::nullopt;
  check_owners(*once, file.size());
  require(same_owners(*once, *twice) && once->notes == twice->notes, "two inspections tell the same");
  require(same_facts(*once, *twice) && same_facts(*once, *facts), "the division changes no fact");
  return std::move(*once);
}

}  // namespace crtune::fuzz
