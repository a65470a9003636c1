// Finds out what a source tree is, by reading it.
#pragma once

#include "core/base/documents.hpp"
#include "core/base/files.hpp"
#include "core/model/project.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crtune::project {

struct DetectOptions {
  std::optional<std::string> main;  // the main package, target or program that the user chose
  // Reads manifests that are JSON, TOML or YAML; only Go does without.
  const base::Documents* documents = nullptr;
  // A package of a workspace that is looked at for its root: what it holds itself is not looked for again.
  bool is_member = false;
};

// Everything that can be known of the project in the folder `root`. What keeps it from a container stands in
// Project::refusal. Where `root` holds no service itself but folders below it do, these are the choices.
// Errors: not_found where there is no such folder, usage for a wrong --main, limit for a tree beyond all
// bounds, unreadable.
base::Result<model::Project> detect(base::Files& files, const std::string& root,
                                    const DetectOptions& options);

// The folders in and below `root` that hold a service each, from `root` and in byte order: "." alone where
// `root` is one. Folders of examples, tests and dependencies are left out, as is all below a service. Errors:
// as detect().
base::Result<std::vector<std::string>> find_services(base::Files& files, const std::string& root,
                                                     const base::Documents* documents);

}  // namespace crtune::project
