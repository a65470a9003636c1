#include "core/check/known_bases.hpp"

#include <algorithm>
#include <array>

namespace crtune::check {
namespace {

bool is_distroless(const dockerfile::ImageName& image) {
  return image.registry.ends_with("gcr.io") && image.repository.starts_with("distroless/");
}
bool is_chainguard(const dockerfile::ImageName& image) {
  return image.registry == "cgr.dev";
}

struct ToolchainRow {
  std::string_view repository;
  std::string_view what;
};
// Official images and what they are for; "slim" and "jre" tags of some are made to be shipped.
constexpr std::array kToolchains = {
    ToolchainRow{"golang", "the Go toolchain"},
    ToolchainRow{"rust", "the Rust toolchain"},
    ToolchainRow{"gcc", "the GNU compilers"},
    ToolchainRow{"maven", "Maven and a JDK"},
    ToolchainRow{"gradle", "Gradle and a JDK"},
    ToolchainRow{"dotnet/sdk", "the .NET SDK"},
    ToolchainRow{"buildpack-deps", "compilers and headers"},
    ToolchainRow{"swift", "the Swift toolchain"},
    ToolchainRow{"haskell", "the Haskell toolchain"},
};
constexpr std::array kFullImages = {
    ToolchainRow{"node", "compilers and headers that node:…-slim has not"},
    ToolchainRow{"python", "compilers and headers that python:…-slim has not"},
    ToolchainRow{"ruby", "compilers and headers that ruby:…-slim has not"},
    ToolchainRow{"openjdk", "a JDK, where a JRE is enough"},
    ToolchainRow{"eclipse-temurin", "a JDK, where a JRE is enough"},
    ToolchainRow{"amazoncorretto", "a JDK, where a JRE is enough"},
    ToolchainRow{"debian", "what debian:…-slim has not"},
};

}  // namespace

bool is_static_base(const dockerfile::ImageName& image) {
  const auto name = image.short_name();
  return image.repository == "scratch" || (is_distroless(image) && name.starts_with("static")) ||
         (is_chainguard(image) && name == "static");
}

bool has_no_shell(const dockerfile::ImageName& image) {
  if (image.tag.find("debug") != std::string::npos || image.tag.find("dev") != std::string::npos)
    return false;
  return image.repository == "scratch" || is_distroless(image) ||
         (is_chainguard(image) && image.short_name() == "static");
}

bool is_nonroot_base(const dockerfile::ImageName& image) {
  return image.tag.find("nonroot") != std::string::npos || is_chainguard(image) ||
         image.repository.find("unprivileged") != std::string::npos;
}

std::string_view toolchain_of(const dockerfile::ImageName& image) {
  const auto same = [&](std::string_view repository) {
    return image.repository == repository || image.repository.ends_with("/" + std::string(repository));
  };
  for (const auto& row : kToolchains)
    if (same(row.repository)) return row.what;
  const std::string& tag = image.tag;
  const bool small = tag.find("slim") != std::string::npos || tag.find("alpine") != std::string::npos ||
                     tag.find("jre") != std::string::npos || tag.find("headless") != std::string::npos;
  if (small || (image.registry != "docker.io") || image.repository.find('/') != std::string::npos) return {};
  for (const auto& row : kFullImages)
    if (image.repository == row.repository) return row.what;
  return {};
}

bool is_alpine(const dockerfile::ImageName& image) {
  return image.short_name() == "alpine" || image.tag.find("alpine") != std::string::npos;
}

bool lacks_certificates(const dockerfile::ImageName& image) {
  if (image.repository == "scratch") return true;
  const bool slim =
      (image.repository == "debian" || image.repository == "ubuntu") && image.registry == "docker.io";
  return slim || image.short_name() == "busybox";
}

bool lacks_time_zones(const dockerfile::ImageName& image) {
  return lacks_certificates(image) || image.short_name() == "alpine";
}

}  // namespace crtune::check
