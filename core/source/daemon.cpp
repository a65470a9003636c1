#include "core/source/daemon.hpp"

#include "core/base/escape.hpp"
#include "core/platform/files.hpp"
#include "core/platform/http_stream.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <vector>

namespace crtune::source {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::string_view kUnix = "unix://";

// DOCKER_HOST's socket, else every usual one that exists: Docker's, the rootless ones, Podman's.
Result<std::vector<std::string>> find_sockets(const DaemonRequest& request) {
  const std::string& docker_host = request.docker_host;
  if (docker_host.starts_with(kUnix)) return std::vector{docker_host.substr(kUnix.size())};
  if (!docker_host.empty())
    return base::fail(
        ErrorCode::unsupported,
        fmt::format("DOCKER_HOST is '{}', which is not a local socket", base::one_line(docker_host, 80)), {},
        "save the image there and pipe it: docker save NAME | cloudrun-tune analyze -");
  std::vector<std::string> usual = {"/var/run/docker.sock"};
  if (request.runtime_folder.starts_with('/'))
    for (const std::string_view name : {"/docker.sock", "/podman/podman.sock"})
      usual.push_back(request.runtime_folder + std::string(name));
  usual.emplace_back("/run/podman/podman.sock");
  std::vector<std::string> found;
  platform::RealFiles files;
  for (const auto& path : usual)
    if (const auto kind = files.kind(path); kind == base::FileKind::other || kind == base::FileKind::symlink)
      found.push_back(path);
  if (!found.empty()) return found;
  return base::fail(
      ErrorCode::network, fmt::format("no container daemon was found at {}", fmt::join(usual, ", ")), {},
      "start it, set DOCKER_HOST=unix:///path, or analyze a saved image: docker save -o image.tar NAME");
}

Result<std::unique_ptr<MemberStore>> read_answer(platform::HttpStream& stream, long status,
                                                 const std::string& label, const StreamReader& read) {
  if (status == 200) return read(stream);
  CRT_ASSIGN(const std::string body, stream.error_body());
  if (status == 404)
    return base::fail(ErrorCode::not_found, "the daemon has no such image", {.file = label},
                      "docker images lists what it has");
  return base::fail(ErrorCode::network,
                    fmt::format("the daemon answered {}: {}", status, base::one_line(body, 200)),
                    {.file = label});
}

}  // namespace

Result<std::unique_ptr<MemberStore>> with_daemon_image(const DaemonRequest& request,
                                                       const StreamReader& read) {
  if (request.name.empty())
    return base::fail(ErrorCode::usage, "docker-daemon: wants an image's name", {},
                      "for example docker-daemon:app:latest");
  CRT_ASSIGN(const auto sockets, find_sockets(request));
  const std::string path = fmt::format("/images/{}/get", platform::HttpStream::escape(request.name));
  std::optional<base::Error> refusal;
  // A socket may be left over, or another user's: the next one may answer.
  for (const auto& socket : sockets) {
    platform::HttpStream stream(socket, path);
    const auto status = stream.open();
    if (status) return read_answer(stream, *status, "docker-daemon:" + request.name, read);
    if (!refusal) refusal = status.error();
  }
  return base::fail(*refusal);
}

}  // namespace crtune::source
