// Who the container runs as, as a runtime finds it out.
// Source: opencontainers/image-spec config.md, "User"; moby's lookups in /etc/passwd and /etc/group.
#pragma once

#include "core/analysis/rules/rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crtune::analysis::rules {

struct Identity {
  std::string user;                  // as the configuration has it; empty for root
  std::string group;                 // likewise; empty where none is named
  std::optional<std::uint32_t> uid;  // nothing where the name stands in no /etc/passwd, or that is not known
  std::optional<std::uint32_t> gid;
  std::vector<std::uint32_t> more_groups;
  bool user_is_missing = false;   // named, and /etc/passwd does not have it
  bool group_is_missing = false;  // named, and /etc/group does not have it
};

Identity identity_of(const Subject& subject);

// Whether this identity may do what `bit` of rwx (4, 2, 1) says with an entry. Access lists are not looked
// at.
bool is_allowed(const Identity& identity, const model::LayerEntry& entry, unsigned bit);

}  // namespace crtune::analysis::rules
