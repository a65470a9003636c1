// Owners of a binary's bytes as a page is given them: [kind, module, name, numbers…] with modules by number.
#pragma once

#include "core/model/binary.hpp"
#include "core/report/json_writer.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::report {

inline constexpr std::size_t kMaxPageOwners = 4'000;  // of one binary
inline constexpr std::size_t kMaxPageBinaries = 1'000;

class PageOwners {
 public:
  // The number of a module, given in the order of their first use.
  std::size_t module(const std::string& path);
  // An empty module is none.
  void add(model::OwnerKind kind, const std::string& module, std::string_view name,
           std::span<const std::optional<std::uint64_t>> numbers);
  void clear();

  std::vector<std::string> modules() const;  // by number
  // The member "owners".
  void write(JsonWriter& json) const;

 private:
  std::map<std::string, std::size_t> modules_;
  std::vector<std::string> rows_;
};

}  // namespace crtune::report
