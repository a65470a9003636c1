#include "core/base/path.hpp"
#include "core/generate/dockerfiles.hpp"
#include "core/generate/native_image.hpp"
#include "core/generate/quoting.hpp"

#include <fmt/format.h>

namespace crtune::generate {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string assignments(const std::vector<std::pair<std::string, std::string>>& variables) {
  std::string out;
  for (const auto& [name, value] : variables)
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", name, value);
  return out;
}

}  // namespace

base::Result<GeneratedFile> rust_dockerfile(const model::Project& project, const GenerateOptions& options) {
  if (!project.rust) return base::fail(base::ErrorCode::internal, "nothing is known of the crates");
  const model::RustProject& rust = *project.rust;
  for (const auto* name : {&rust.package, &rust.binary})
    if (name->empty() || name->front() == '-' || !is_plain(*name))
      return base::fail(base::ErrorCode::usage,
                        fmt::format("the name {} cannot be written into a Dockerfile", json_string(*name)));
  CRT_ASSIGN(const BuildContext context, build_context(project, options));
  if (!is_plain(context.module_folder))
    return base::fail(base::ErrorCode::usage,
                      fmt::format("the folder {} cannot be named in a Dockerfile", context.module_folder));
  TemplateValues values;
  const bool above = context.folder != ".";
  values.set_flag("context_above", above)
      .set("context", context.folder)
      .set("context_argument", context.folder);
  values.set("image_comment", rust.image_reason);
  values.set("build_image", fmt::format("rust:{}-bookworm", rust.image_version));
  values.set_optional("packages", joined(rust.packages));
  values.set_optional("profile", assignments(rust.profile));
  values.set_optional("build_variables", assignments(rust.build_variables));
  values.set_optional("dynamic",
                      rust.linking.dynamic ? fmt::format("Dynamic, because {}.", rust.linking.reason) : "");
  values.set_flag("static", !rust.linking.dynamic);
  values.set_optional("module_folder", above ? base::join_path("/src", context.module_folder) : "");
  values.set("locked", rust.has_lock ? " --locked" : "")
      .set("package", rust.package)
      .set("program", rust.binary);
  CRT_TRY(set_final_image(project, options, {rust.linking, false, rust.run_variables}, values));
  CRT_ASSIGN(std::string text, render_embedded("docker/rust/Dockerfile", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

}  // namespace crtune::generate
