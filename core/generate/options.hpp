// What a user may choose about generated files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace crtune::generate {

enum class BaseImage : std::uint8_t { scratch, distroless, debian_slim };
enum class Profile : std::uint8_t { bursty, steady, strict_latency };

struct GenerateOptions {
  BaseImage base = BaseImage::distroless;
  Profile profile = Profile::bursty;
  std::string service;                // a valid service name
  std::string region;                 // empty: none is written
  std::string image;                  // empty: an example to replace
  std::optional<std::uint32_t> port;  // overrides what was found
  std::string directory;              // the project's folder, absolute: local modules may stand beside it
};

struct GeneratedFile {
  std::string path;  // from the project's folder
  std::string content;
};

}  // namespace crtune::generate
