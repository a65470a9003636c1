#include "core/base/path.hpp"
#include "core/generate/dockerfiles.hpp"
#include "core/generate/quoting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::generate {

using base::join_path;

namespace {

using Writer = base::Result<GeneratedFile> (*)(const model::Project&, const GenerateOptions&);
struct Language {
  std::string_view name;
  Writer write;
};
constexpr auto kLanguages = std::to_array<Language>({{"go", go_dockerfile},
                                                     {"c", cpp_dockerfile},
                                                     {"c++", cpp_dockerfile},
                                                     {"rust", rust_dockerfile},
                                                     {"node", node_dockerfile},
                                                     {"python", python_dockerfile},
                                                     {"java", java_dockerfile},
                                                     {"dotnet", dotnet_dockerfile},
                                                     {"static", static_dockerfile}});

}  // namespace

std::string source_url(const std::string& module) {
  static constexpr std::array<std::string_view, 3> kHosts = {"github.com/", "gitlab.com/", "bitbucket.org/"};
  for (const auto host : kHosts) {
    if (!module.starts_with(host)) continue;
    const std::size_t owner = module.find('/', host.size());
    if (owner == std::string::npos) return {};
    return "https://" + module.substr(0, module.find('/', owner + 1));
  }
  return {};
}

std::string joined_json(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + json_string(text);
  return out;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._/@-+").find(c) != std::string_view::npos;
  });
}

void set_image_environment(const Listening& where, TemplateValues& values) {
  TemplateValues::Items items;
  if (where.image_variable) {
    TemplateValues item;
    item.set("comment", "What the program listens on where nobody sets it; service.yaml wins over this.");
    item.set("name", where.image_variable->first).set("value", where.image_variable->second);
    items.push_back(std::move(item));
  }
  values.set_items("environment", std::move(items));
}

base::Result<BuildContext> build_context(const model::Project& project, const GenerateOptions& options) {
  std::vector<std::string> folders;
  for (const auto& module : project.local_modules) folders.push_back(module.folder);
  if (project.workspace) {
    folders.push_back(project.workspace->folder);
    for (const auto& member : project.workspace->members) folders.push_back(member.folder);
  }
  std::size_t up = 0;
  for (const auto& folder : folders) {
    std::size_t levels = 0;
    for (std::string_view rest = folder; rest.starts_with(".."); ++levels)
      rest.remove_prefix(rest.size() > 2 ? 3 : 2);
    up = std::max(up, levels);
  }
  if (project.node)
    for (std::string_view above = project.node->workspace_root; above.starts_with(".."); ++up)
      above.remove_prefix(above.size() > 2 ? 3 : 2);
  BuildContext context;
  std::string rest = options.directory;
  for (std::size_t i = 0; i < up; ++i) {
    const std::size_t slash = rest.rfind('/');
    if (slash == std::string::npos || slash == 0)
      return base::fail(base::ErrorCode::usage, "a folder that the build needs lies too far above this one");
    context.folder = join_path(context.folder, "..");
    context.module_folder = join_path(rest.substr(slash + 1), context.module_folder);
    rest.resize(slash);
  }
  return context;
}

std::string build_command(const BuildContext& context, const std::string& service) {
  if (context.folder == ".") return fmt::format("docker build -t {} .", service);
  return fmt::format("docker build -t {} -f Dockerfile {}", service, context.folder);
}

base::Result<GeneratedFile> dockerfile(const model::Project& project, const GenerateOptions& options) {
  for (const auto& language : kLanguages)
    if (language.name == project.language) return language.write(project, options);
  return base::fail(base::ErrorCode::internal,
                    fmt::format("no Dockerfile is known for {}", project.language));
}

}  // namespace crtune::generate
