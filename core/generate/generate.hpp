// The files that put a Go service on Cloud Run.
#pragma once

#include "core/base/files.hpp"
#include "core/generate/options.hpp"
#include "core/model/project.hpp"

#include <string>
#include <vector>

namespace crtune::generate {

// The build context: the project's folder, or one above it where local modules stand beside it.
struct BuildContext {
  std::string folder = ".";         // from the project's folder: "." or "..", "../.."
  std::string module_folder = ".";  // of the project, from the context
};

// Errors: usage where a local module lies outside every folder above the project.
base::Result<BuildContext> build_context(const model::Project& project, const GenerateOptions& options);

// The command that builds the image, to be run in the project's folder.
std::string build_command(const BuildContext& context, const std::string& service);

// The three files. Errors: usage where a name of the project cannot be carried by the file's syntax.
base::Result<GeneratedFile> dockerfile(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> docker_ignore(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> service_yaml(const model::Project& project, const GenerateOptions& options);

// A service's name from any text: lower-case letters, digits and dashes, a letter first, 49 at most.
std::string service_name(std::string_view text);
// Whether `name` is one: ^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$
bool is_service_name(std::string_view name);

}  // namespace crtune::generate
