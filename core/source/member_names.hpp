// The names of an archive's members and what they stand for: links between members are followed inside the
// archive.
#pragma once

#include "core/base/result.hpp"
#include "core/platform/tar_reader.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace crtune::source {

class MemberNames {
 public:
  // A member's name as documents write it: without a leading "./". Empty for the root.
  // Errors: invalid for absolute names and names that climb with "..".
  static base::Result<std::string> normalise(std::string_view name);

  // Remembers that member `number` is called as `entry` says, or is a link to another.
  // Errors: invalid for a name that stands twice with contents.
  base::Status add(const platform::TarEntry& entry, std::uint32_t number, const std::string& file);

  // The member behind `name`, links followed; nothing where there is none. Errors: invalid after 32 hops.
  base::Result<const std::uint32_t*> find(const std::string& name, const std::string& file) const;

 private:
  struct Member {
    bool is_link = false;
    std::string target;  // of a link, normalised
    std::uint32_t number = 0;
  };
  std::unordered_map<std::string, Member> members_;
};

}  // namespace crtune::source
