// How far files that init wrote once have drifted from what it would write today.
#pragma once

#include "core/model/project.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::generate {

// One statement that differs. An empty `was` is one that is missing, an empty `now` one that is needed no
// more; both are empty where the whole file is missing.
struct Drift {
  std::string file;
  std::uint64_t line = 0;  // of the existing file; 0 where the statement is missing
  std::string was;
  std::string now;
  std::vector<model::Evidence> evidence;  // what led to `now`
};

// Statements of `wanted` and `existing` that differ. Comments and empty lines do not count: people edit them.
// `existing` is nullptr where there is no such file.
std::vector<Drift> find_drift(const std::string& file, const std::string* existing, std::string_view wanted,
                              const model::Project& project);

// Options of init that its files do not show: "# Written by cloudrun-tune init --port 9090.", kept in the
// Dockerfile.
struct Remembered {
  std::string main;
  std::string profile;
  std::optional<std::uint32_t> port;
};
// Adds them to the line that says who wrote `dockerfile`. What a comment cannot hold is left out.
void remember(const Remembered& options, std::string& dockerfile);
Remembered remembered(std::string_view dockerfile);

}  // namespace crtune::generate
