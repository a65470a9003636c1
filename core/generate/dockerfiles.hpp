// One writer of Dockerfiles for each language, and what they share.
#pragma once

#include "core/generate/generate.hpp"
#include "core/generate/listening.hpp"
#include "core/generate/template.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::generate {

// Errors of each: usage where a name of the project cannot be carried by the file's syntax.
base::Result<GeneratedFile> go_dockerfile(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> cpp_dockerfile(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> rust_dockerfile(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> node_dockerfile(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> python_dockerfile(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> java_dockerfile(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> dotnet_dockerfile(const model::Project& project, const GenerateOptions& options);
base::Result<GeneratedFile> static_dockerfile(const model::Project& project, const GenerateOptions& options);

// The repository's address where a module's path tells it: https://github.com/owner/name, else empty.
std::string source_url(const std::string& module);

// ["a", "b"] without its brackets, for the exec form.
std::string joined_json(const std::vector<std::string>& texts);

// Whether `text` can stand in a Dockerfile as it is: letters, digits and ._/@-+ only.
bool is_plain(std::string_view text);

// Sets "environment": the variable that tells the program its port where nobody sets one, if it needs that.
void set_image_environment(const Listening& where, TemplateValues& values);

}  // namespace crtune::generate
