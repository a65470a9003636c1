#include "core/generate/dockerfiles.hpp"
#include "core/generate/go_image.hpp"
#include "core/generate/listening.hpp"
#include "core/generate/releases.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

namespace crtune::generate {

base::Result<GeneratedFile> dotnet_dockerfile(const model::Project& project, const GenerateOptions& options) {
  const auto& dotnet = *project.dotnet;
  if (options.base == BaseImage::scratch)
    return base::fail(base::ErrorCode::usage, ".NET needs a C library: --base static does not fit", {},
                      "--base distroless or debian-slim");
  if (!is_plain(dotnet.project_file) || !is_plain(dotnet.assembly))
    return base::fail(base::ErrorCode::usage,
                      fmt::format("the name {} cannot be carried by a Dockerfile", dotnet.project_file));
  const std::string version =
      project.version.empty() ? std::string(preferred_release("dotnet").version) : project.version;
  const Listening where = listening(project, options);
  // Chiseled images have no shell and no package manager; there are none before .NET 8.
  const bool chiseled = options.base == BaseImage::distroless && !version_less(version, "8.0");
  const std::string tag = chiseled ? version + "-noble-chiseled" : version;
  TemplateValues values;
  values.set("image_comment", release_comment("dotnet", ".NET", project.version));
  values.set("build_image", fmt::format("mcr.microsoft.com/dotnet/sdk:{}", version));
  values.set("version", version)
      .set("project", dotnet.project_file)
      .set_flag("trims", dotnet.trims)
      .set("assembly", dotnet.assembly);
  values.set("final_image",
             fmt::format("mcr.microsoft.com/dotnet/{}:{}", dotnet.trims ? "runtime-deps" : "aspnet", tag));
  values.set("final_comment", chiseled
                                  ? "Only what the runtime loads: no shell and no package manager to attack."
                                  : "The runtime's own image, with a shell.");
  values.set("service", options.service).set("port", std::to_string(where.port));
  values.set_optional("arguments", joined_json(where.arguments));
  set_image_environment(where, values);
  CRT_ASSIGN(std::string text, render_embedded("docker/dotnet/Dockerfile", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

}  // namespace crtune::generate
