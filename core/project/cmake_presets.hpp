// The configure preset of CMakePresets.json that makes a release on Linux.
#pragma once

#include "core/base/documents.hpp"
#include "core/base/files.hpp"

#include <map>
#include <optional>
#include <string>

namespace crtune::project {

struct CMakePreset {
  std::string name;
  std::map<std::string, std::string> variables;  // of the cache, its parents' too
  std::int64_t version = 0;                      // of the file
};

// Nothing where no preset builds in release mode, or where the file cannot be read; hidden presets and those
// for other systems are left out. Source: cmake-presets(7).
std::optional<CMakePreset> release_preset(base::Files& files, const base::Documents& documents,
                                          const std::string& root);

}  // namespace crtune::project
