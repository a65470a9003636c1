// From what a user calls an image to the image.
#pragma once

#include "core/source/assemble.hpp"
#include "core/source/content.hpp"

#include <memory>
#include <string>

namespace crtune::source {

struct OpenOptions {
  Selection selection;
  Verify verify = Verify::as_read;
  Inspection inspection;
  int standard_input = 0;      // the descriptor behind "-"
  std::string docker_host;     // DOCKER_HOST; empty: the usual sockets
  std::string runtime_folder;  // XDG_RUNTIME_DIR, for the sockets of rootless daemons
};

// An image and the store that its contents can be read from again.
struct OpenedImage {
  std::unique_ptr<MemberStore> members;
  model::Image image;
  std::unique_ptr<model::ContentReader> contents;
};

// `reference` is a path (docker archive, OCI archive, OCI layout folder, each file also gzip- or
// zstd-wrapped), "-" for standard input, or one of these with the prefixes docker-archive:, oci:,
// oci-archive:; docker-daemon:NAME asks a daemon. Content decides, not the prefix or the file's name. Errors:
// not_found, invalid, damaged, limit, unsupported, usage (a choice is open), network (the daemon).
base::Result<OpenedImage> open_image(const std::string& reference, const OpenOptions& options,
                                     base::Reporter& reporter);

// Only the configuration of an image, e.g. for its diff IDs. Errors: those of open_image.
base::Result<model::ImageConfig> open_configuration(const std::string& reference, const OpenOptions& options,
                                                    base::Reporter& reporter);

}  // namespace crtune::source
