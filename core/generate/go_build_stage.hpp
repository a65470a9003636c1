// The parts of a Go program's Dockerfile that not every program has: C code, link flags, private modules,
// front ends.
#pragma once

#include "core/generate/generate.hpp"
#include "core/generate/template.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::generate {

struct FinalImage {
  std::string_view name;
  std::string_view comment;
  bool is_empty = false;                   // scratch
  bool has_certificates = false;           // and time zones, as all distroless images do
  std::vector<std::string> packages = {};  // of Debian, to install: one text with all names, or none
};

// The image that the program runs in. Errors: usage where an empty image is wanted for a program that needs
// shared libraries.
base::Result<FinalImage> go_final_image(const model::Project& project, BaseImage wanted);

// Sets the template's values for all that. Errors: usage for names that a Dockerfile cannot carry.
base::Status set_build_settings(const model::Project& project, const BuildContext& context,
                                TemplateValues& values);

}  // namespace crtune::generate
