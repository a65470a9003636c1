// What `init` tells: as text for people, as JSON for machines.
#pragma once

#include "core/base/files.hpp"
#include "core/generate/drift.hpp"
#include "core/generate/explain.hpp"
#include "core/generate/options.hpp"
#include "core/model/project.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::cli {

enum class FileAction : std::uint8_t { create, unchanged, overwrite, conflict };

struct PlannedFile {
  generate::GeneratedFile file;
  FileAction action = FileAction::create;
  std::optional<std::string> existing;  // nothing where the file does not exist
};

struct InitReport {
  model::Project project;
  std::string service;
  std::string region;
  std::string image;      // as the user named it; empty otherwise
  std::string directory;  // as the user named it
  std::vector<PlannedFile> files;
  std::string build_command;
  std::vector<generate::Explanation> explanations;  // with --explain
  std::vector<generate::Drift> drift;               // with --check
  bool dry_run = false;
  bool shows_diff = false;
  bool conflict = false;
};

std::string init_json(const InitReport& report);
std::string init_text(const InitReport& report);

// One member `services` with the documents of all, each with the folder that it is about.
std::string init_all_json(const std::vector<std::pair<std::string, const InitReport*>>& services);

// The drift, a statement a line, each with what led to it.
std::string init_check_text(const InitReport& report);

}  // namespace crtune::cli
