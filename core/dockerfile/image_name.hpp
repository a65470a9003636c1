// The name of an image: registry/repository:tag@digest.
#pragma once

#include <string>
#include <string_view>

namespace crtune::dockerfile {

struct ImageName {
  std::string registry;    // docker.io where none is written
  std::string repository;  // without "library/"
  std::string tag;         // empty where none is written
  std::string digest;      // sha256:…; empty where none is written

  // The last part of the repository.
  std::string_view short_name() const {
    return std::string_view(repository).substr(repository.rfind('/') + 1);
  }
};

ImageName read_image_name(std::string_view text);

}  // namespace crtune::dockerfile
