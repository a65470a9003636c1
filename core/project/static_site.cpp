#include "core/project/static_site.hpp"

#include "core/base/path.hpp"
#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;
using base::join_path;

namespace {

// What lies beside a page and is not part of it.
bool is_part_of_site(std::string_view name) {
  static constexpr auto kOthers = std::to_array<std::string_view>(
      {"node_modules", "Dockerfile", "service.yaml", "Makefile", "package.json", "package-lock.json",
       "LICENSE", "firebase.json", "netlify.toml", "vercel.json", "nginx.conf", "cloudbuild.yaml", "test",
       "tests"});
  return !name.starts_with(".") && !name.ends_with(".md") && !name.ends_with(".map") &&
         std::find(kOthers.begin(), kOthers.end(), name) == kOthers.end() && !is_secret_name(name);
}

}  // namespace

base::Status detect_static_site(base::Files& files, const std::string& root, const DetectOptions& options,
                                model::Project& project) {
  std::vector<std::string> places = {".", "public", "dist", "build", "site", "www", "html", "_site", "docs"};
  if (options.main) places = {join_path(".", *options.main)};
  const auto found = std::find_if(places.begin(), places.end(), [&](const std::string& folder) {
    return !folder.starts_with("..") &&
           files.kind(root + "/" + join_path(folder, "index.html")) == FileKind::regular;
  });
  if (found == places.end())
    return base::fail(base::ErrorCode::usage, fmt::format("there is no index.html in '{}'", places.front()));
  auto& site = project.site.emplace();
  site.folder = *found;
  project.kind = model::ServiceKind::static_site;
  project.main = *found;
  project.module = root.substr(root.rfind('/') + 1);
  project.evidence.push_back(
      {fmt::format("main: {}, the folder of index.html", *found), join_path(*found, "index.html"), 1});
  CRT_ASSIGN(const auto entries, files.list(*found == "." ? root : root + "/" + *found));
  for (const auto& entry : entries) {
    if (!is_part_of_site(entry.name)) continue;
    if (entry.kind == FileKind::directory) site.folders.push_back(entry.name);
    if (entry.kind == FileKind::regular) site.files.push_back(entry.name);
  }
  return {};
}

}  // namespace crtune::project
