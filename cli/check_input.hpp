// What `check` looks at: the Dockerfiles below some paths, and for each what stands around it.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/check/build_context.hpp"
#include "core/check/service_facts.hpp"
#include "core/dockerfile/document.hpp"
#include "core/model/project.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crtune::cli {

// Source: docs/limits.md.
inline constexpr std::size_t kMaxWalkedEntries = 100'000;
inline constexpr std::size_t kMaxWalkedDepth = 24;
inline constexpr std::size_t kMaxCheckedFiles = 500;

// The Dockerfiles named by `paths` or standing below those that are folders, sorted, each once. Links are not
// followed; what cannot be listed is told to the reporter. Errors: not_found, limit.
base::Result<std::vector<std::string>> find_dockerfiles(const std::vector<std::string>& paths,
                                                        Context& context);

// One Dockerfile with its surroundings.
struct CheckInput {
  std::string path;
  dockerfile::Document document;
  std::shared_ptr<const check::BuildContext> build;
  std::shared_ptr<const model::Project> project;  // null where there is none that is understood
  std::string project_folder;                     // from the build context
  std::optional<check::ServiceFacts> service;
};

// Reads Dockerfiles; contexts and projects that several share are read once.
class CheckInputs {
 public:
  // `build_context` is the folder that the user named; empty: it is guessed for each.
  CheckInputs(Context& context, std::string build_context)
      : context_(context), named_context_(std::move(build_context)) {}

  // Errors: not_found, unreadable, limit.
  base::Result<CheckInput> read(const std::string& path);

 private:
  std::shared_ptr<const check::BuildContext> build_context(const std::string& folder,
                                                           const std::string& ignore);
  std::shared_ptr<const model::Project> project(const std::string& folder,
                                                const dockerfile::Document& document);
  void read_service(CheckInput& input, const std::string& folder);

  Context& context_;
  std::string named_context_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const check::BuildContext>> contexts_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const model::Project>> projects_;
};

}  // namespace crtune::cli
