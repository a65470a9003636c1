#include "core/source/daemon.hpp"

#include "core/base/escape.hpp"
#include "core/platform/files.hpp"
#include "core/platform/http_stream.hpp"

#include <fmt/format.h>

#include <vector>

namespace crtune::source {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::string_view kUnix = "unix://";

// The first socket that exists. A rootless Podman's lies in XDG_RUNTIME_DIR, which DOCKER_HOST can name.
Result<std::string> find_socket(const std::string& docker_host) {
  if (docker_host.starts_with(kUnix)) return docker_host.substr(kUnix.size());
  if (!docker_host.empty())
    return base::fail(
        ErrorCode::unsupported,
        fmt::format("DOCKER_HOST is '{}', which is not a local socket", base::one_line(docker_host, 80)), {},
        "save the image there and pipe it: docker save NAME | cloudrun-tune analyze -");
  platform::RealFiles files;
  for (const std::string path : {"/var/run/docker.sock", "/run/podman/podman.sock"})
    if (files.kind(path) == base::FileKind::other) return path;
  return base::fail(
      ErrorCode::network, "no container daemon was found at /var/run/docker.sock or /run/podman/podman.sock",
      {}, "start it, set DOCKER_HOST=unix:///path, or analyze a saved image: docker save -o image.tar NAME");
}

}  // namespace

Result<std::unique_ptr<MemberStore>> with_daemon_image(const DaemonRequest& request,
                                                       const StreamReader& read) {
  if (request.name.empty())
    return base::fail(ErrorCode::usage, "docker-daemon: wants an image's name", {},
                      "for example docker-daemon:app:latest");
  CRT_ASSIGN(const std::string socket, find_socket(request.docker_host));
  const std::string label = "docker-daemon:" + request.name;
  platform::HttpStream stream(socket,
                              fmt::format("/images/{}/get", platform::HttpStream::escape(request.name)));
  CRT_ASSIGN(const long status, stream.open());
  if (status != 200) {
    CRT_ASSIGN(const std::string body, stream.error_body());
    if (status == 404)
      return base::fail(ErrorCode::not_found, "the daemon has no such image", {.file = label},
                        "docker images lists what it has");
    return base::fail(ErrorCode::network,
                      fmt::format("the daemon answered {}: {}", status, base::one_line(body, 200)),
                      {.file = label});
  }
  return read(stream);
}

}  // namespace crtune::source
