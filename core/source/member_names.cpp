#include "core/source/member_names.hpp"

#include "core/base/escape.hpp"
#include "core/model/path_table.hpp"

#include <fmt/format.h>

namespace crtune::source {

using base::EntryKind;
using base::ErrorCode;

namespace {

// A symbolic link's target is relative to its folder; a hard link's to the archive's root.
std::string target_of(const platform::TarEntry& entry) {
  if (entry.kind == EntryKind::hardlink) return model::PathTable::clean(entry.linkname);
  const auto slash = entry.name.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : entry.name.substr(0, slash);
  return model::PathTable::clean(folder + "/" + entry.linkname);
}

}  // namespace

base::Result<std::string> MemberNames::normalise(std::string_view name) {
  bool climbs = false;
  for (std::string_view rest = name; !rest.empty();) {
    const auto slash = rest.find('/');
    climbs = climbs || rest.substr(0, slash) == "..";
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  }
  if (climbs || name.starts_with('/') || name.find('\0') != std::string_view::npos)
    return base::fail(ErrorCode::invalid,
                      fmt::format("'{}' names something outside the image", base::one_line(name, 80)));
  return model::PathTable::clean(name);
}

base::Status MemberNames::add(const platform::TarEntry& entry, std::uint32_t number,
                              const std::string& file) {
  if (entry.kind == EntryKind::directory) return {};
  Member member;
  member.number = number;
  member.is_link = entry.kind == EntryKind::symlink || entry.kind == EntryKind::hardlink;
  if (member.is_link) member.target = target_of(entry);
  const auto [at, is_new] = members_.try_emplace(model::PathTable::clean(entry.name), std::move(member));
  if (!is_new)
    return base::fail(ErrorCode::invalid,
                      fmt::format("two members are called '{}'", base::one_line(entry.name, 80)),
                      {.file = file, .offset = entry.data_offset - platform::kTarBlock});
  return {};
}

base::Result<const std::uint32_t*> MemberNames::find(const std::string& name, const std::string& file) const {
  constexpr int kMaxHops = 32;
  std::string wanted = name;
  for (int hop = 0; hop < kMaxHops; ++hop) {
    const auto at = members_.find(wanted);
    if (at == members_.end()) return nullptr;
    if (!at->second.is_link) return &at->second.number;
    wanted = at->second.target;
  }
  return base::fail(
      ErrorCode::invalid,
      fmt::format("the link '{}' leads through over {} others", base::one_line(name, 80), kMaxHops),
      {.file = file});
}

}  // namespace crtune::source
