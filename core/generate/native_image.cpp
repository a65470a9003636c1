#include "core/generate/native_image.hpp"

#include "core/base/path.hpp"
#include "core/generate/quoting.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::generate {

using base::join_path;

namespace {

struct Base {
  std::string name;
  std::string comment;
};

Base final_base(const NativeImage& image, BaseImage base) {
  const std::string release = image.debian_13 ? "13" : "12";
  switch (base) {
    case BaseImage::scratch:
      return {"scratch", fmt::format("An empty image: the program{} and the files below are all there is.",
                                     image.linking.dynamic ? ", its libraries" : "")};
    case BaseImage::debian_slim:
      return {fmt::format("debian:{}-slim", image.debian_13 ? "trixie" : "bookworm"),
              "Debian with a shell, for a look inside; larger, and more to keep patched."};
    case BaseImage::distroless: break;
  }
  if (image.linking.dynamic)
    return {
        fmt::format("gcr.io/distroless/cc-debian{}:nonroot", release),
        "The C and C++ libraries, certificates, a user and /tmp; no shell and no package manager to attack."};
  return {"gcr.io/distroless/static-debian12:nonroot",
          "Certificates, time zones, a user and /tmp; no shell and no package manager to attack."};
}

base::Result<std::vector<std::string>> runtime_copies(const model::Project& project,
                                                      const BuildContext& context) {
  std::vector<std::string> lines;
  for (const auto& file : project.runtime_files) {
    const std::string source = join_path(context.module_folder, file.path);
    const std::string target = join_path("/app", file.opened);
    const auto line = copy_arguments(file.folder ? std::vector<std::string>{source + "/", target + "/"}
                                                 : std::vector<std::string>{source, target});
    if (!line)
      return base::fail(
          base::ErrorCode::usage,
          fmt::format("the program opens {}, a name that a Dockerfile cannot carry", file.path));
    lines.push_back(*line);
  }
  return lines;
}

void add_run_variables(const NativeImage& image, const Listening& where, TemplateValues& values) {
  TemplateValues::Items items;
  const auto add = [&items](const std::string& comment, const std::pair<std::string, std::string>& variable) {
    TemplateValues item;
    item.set("comment", comment).set("name", variable.first).set("value", variable.second);
    items.push_back(std::move(item));
  };
  for (const auto& variable : image.run_variables)
    add("Without this it listens on this host only.", variable);
  if (where.image_variable)
    add("What the program listens on where nobody sets it; service.yaml wins over this.",
        *where.image_variable);
  values.set_items("environment", std::move(items));
}

}  // namespace

base::Status set_final_image(const model::Project& project, const GenerateOptions& options,
                             const NativeImage& image, TemplateValues& values) {
  CRT_ASSIGN(const BuildContext context, build_context(project, options));
  CRT_ASSIGN(const auto copies, runtime_copies(project, context));
  const Base last = final_base(image, options.base);
  const Listening where = listening(project, options);
  const bool scratch = options.base == BaseImage::scratch;
  values.set("service", options.service).set("binary", options.service).set("final_image", last.name);
  values.set_optional("final_comment", last.comment).set("base_name", last.name);
  values.set_optional("source", is_plain(project.module) ? source_url(project.module) : "");
  values.set_flag("libraries", image.linking.dynamic).set_flag("loader", image.linking.dynamic && scratch);
  values.set_flag("rootfs", scratch).set_flag("certificates", options.base != BaseImage::distroless);
  values.set("workdir", "/app").set_texts("runtime_files", copies).set("port", std::to_string(where.port));
  values.set_optional("arguments", joined_json(where.arguments));
  add_run_variables(image, where, values);
  return {};
}

}  // namespace crtune::generate
