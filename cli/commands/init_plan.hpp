// What `init` would do in one folder, and doing it.
#pragma once

#include "cli/commands/init_report.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <string>

namespace crtune::cli {

struct InitOptions {
  std::string directory = ".";
  std::string main;
  std::string service;
  std::string region;
  std::string image;
  std::uint32_t port = 0;
  std::optional<generate::BaseImage> base;   // nothing: distroless
  std::optional<generate::Profile> profile;  // nothing: bursty
  bool force = false;
  bool dry_run = false;
  bool all = false;
  bool explain = false;
  bool check = false;
  std::string format = "text";
};

// A service's name from the project's main package or module.
std::string derived_service_name(const model::Project& project);

// Looks into `directory` (absolute) and plans its files. Nothing is written.
base::Result<InitReport> prepare_init(const InitOptions& options, base::Files& files,
                                      const std::string& directory);

base::Status write_planned(const InitReport& report, base::Files& files, const std::string& directory);

// The names of the files that differ from what exists.
std::string conflicting_files(const InitReport& report);

// `options` with what the files in `directory` were written with, where the user says nothing else.
InitOptions as_written_before(InitOptions options, base::Files& files, const std::string& directory);

}  // namespace crtune::cli
