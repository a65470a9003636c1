// Images of a container daemon, over its local socket.
// Source: Docker Engine API v1.41, "Export an image" (GET /images/{name}/get); Podman's compatible API.
#pragma once

#include "core/source/member_store.hpp"

#include <functional>
#include <memory>
#include <string>

namespace crtune::source {

struct DaemonRequest {
  std::string name;            // as the daemon knows the image
  std::string docker_host;     // unix:///path; empty: the usual sockets of Docker and Podman
  std::string runtime_folder;  // XDG_RUNTIME_DIR, where the rootless ones lie; may be empty
};

using StreamReader = std::function<base::Result<std::unique_ptr<MemberStore>>(platform::ByteSource&)>;

// Asks the daemon for the image and hands its archive to `read` as it arrives.
// Errors: network (no daemon, or it refused), unsupported (a DOCKER_HOST that is not a local socket), those
// of `read`.
base::Result<std::unique_ptr<MemberStore>> with_daemon_image(const DaemonRequest& request,
                                                             const StreamReader& read);

}  // namespace crtune::source
