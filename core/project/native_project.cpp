#include "core/project/native_project.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;

base::Status detect_cpp(base::Files& files, const std::string& root, const DetectOptions& options,
                        model::Project& project) {
  if (files.kind(root + "/CMakeLists.txt") == FileKind::regular)
    return detect_cmake(files, root, options, project);
  if (files.kind(root + "/meson.build") == FileKind::regular)
    return detect_meson(files, root, options, project);
  project.refusal = "this is built by make or configure, which do not say what they build";
  project.hint =
      "init reads CMakeLists.txt and meson.build; for make, what is missing is the program's name, its "
      "libraries "
      "and how to link it statically: write the Dockerfile by hand, `cloudrun-tune check` looks it over";
  return {};
}

}  // namespace crtune::project
