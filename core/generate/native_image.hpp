// The final image of a C, C++ or Rust program, as far as the templates of these languages share it.
#pragma once

#include "core/generate/dockerfiles.hpp"
#include "core/generate/template.hpp"

#include <string>
#include <vector>

namespace crtune::generate {

// What decides the final image.
struct NativeImage {
  model::Linking linking;
  bool debian_13 = false;  // the program was built on Debian 13, whose C library it needs where it is dynamic
  std::vector<std::pair<std::string, std::string>> run_variables;
};

// Sets the names that follow the build stage in the templates: service, final_image, final_comment,
// base_name, source, libraries, loader, rootfs, certificates, workdir, runtime_files, binary, environment,
// port, arguments. Errors: usage where a name of the project cannot be carried by a Dockerfile.
base::Status set_final_image(const model::Project& project, const GenerateOptions& options,
                             const NativeImage& image, TemplateValues& values);

}  // namespace crtune::generate
