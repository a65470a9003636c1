#include "core/base/path.hpp"
#include "core/generate/dockerfiles.hpp"
#include "core/generate/listening.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/static_image.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

namespace crtune::generate {

base::Result<GeneratedFile> static_dockerfile(const model::Project& project, const GenerateOptions& options) {
  const auto& site = *project.site;
  std::vector<std::string> lines;
  const auto add = [&lines](const std::vector<std::string>& paths) -> base::Status {
    auto line = copy_arguments(paths);
    if (!line)
      return base::fail(base::ErrorCode::usage,
                        fmt::format("the path {} cannot be named in a Dockerfile", paths.front()));
    lines.push_back(*std::move(line));
    return {};
  };
  if (site.folder != ".") {
    CRT_TRY(add({site.folder + "/", "/site/"}));
  } else {
    for (const auto& folder : site.folders) CRT_TRY(add({folder + "/", "/site/" + folder + "/"}));
    std::vector<std::string> files = site.files;
    files.emplace_back("/site/");
    CRT_TRY(add(files));
  }
  const Listening where = listening(project, options);
  TemplateValues values;
  values.set("final_image", std::string(kStaticImage)).set("final_comment", std::string(kStaticComment));
  values.set("service", options.service).set("port", std::to_string(where.port)).set_texts("copies", lines);
  values.set_texts("configuration", static_server_lines(where.port, false));
  CRT_ASSIGN(std::string text, render_embedded("docker/static/Dockerfile", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

}  // namespace crtune::generate
