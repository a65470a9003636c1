#include "core/generate/dockerfiles.hpp"
#include "core/generate/native_image.hpp"
#include "core/generate/quoting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::generate {
namespace {

using Build = model::NativeProject::Build;

// Names of targets, options and presets that no shell reads as anything else.
base::Status check_word(const std::string& text, std::string_view what) {
  if (!text.empty() && text.front() != '-' && is_plain(text)) return {};
  return base::fail(base::ErrorCode::usage,
                    fmt::format("the {} {} cannot be named in a Dockerfile", what, json_string(text)));
}

std::vector<std::string> build_packages(const model::NativeProject& native) {
  std::vector<std::string> out = {native.cxx ? "g++" : "gcc", "libc6-dev", "ccache", "ninja-build"};
  if (native.build == Build::cmake) out.emplace_back("cmake");
  if (native.build == Build::meson) out.insert(out.end(), {"meson", "pkg-config"});
  if (native.downloads || !native.package_manager.empty()) out.insert(out.end(), {"ca-certificates", "git"});
  if (native.package_manager == "vcpkg")
    out.insert(out.end(),
               {"curl", "zip", "unzip", "tar", "pkg-config", "make", "perl", "python3", "linux-libc-dev"});
  if (native.package_manager == "conan")
    out.insert(out.end(), {"python3-venv", "make", "perl", "pkg-config", "autoconf", "automake", "libtool"});
  // Calls over TLS need them at run time, where no distroless image brings them.
  out.emplace_back("ca-certificates");
  out.insert(out.end(), native.packages.begin(), native.packages.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string how_linked(const model::NativeProject& native) {
  return native.linking.dynamic
             ? fmt::format(
                   "Dynamic, because {}. Each function is a section, so that unused ones are dropped.",
                   native.linking.reason)
             : "A static-pie needs no library and loads at a random address. Each function is a section, so "
               "that "
               "unused ones are dropped.";
}

void set_definitions(const model::NativeProject& native, TemplateValues& values) {
  std::vector<std::string> lines;
  for (const auto& definition : native.definitions)
    if (std::all_of(definition.begin(), definition.end(),
                    [](char c) { return is_plain(std::string_view(&c, 1)) || c == '='; }))
      lines.push_back("-D" + definition);
  values.set_texts("definitions", lines);
}

}  // namespace

base::Result<GeneratedFile> cpp_dockerfile(const model::Project& project, const GenerateOptions& options) {
  if (!project.native_build) return base::fail(base::ErrorCode::internal, "nothing is known of the build");
  const model::NativeProject& native = *project.native_build;
  CRT_TRY(check_word(native.target, "target"));
  CRT_TRY(check_word(native.file_name, "program"));
  if (!native.preset.empty()) CRT_TRY(check_word(native.preset, "preset"));
  TemplateValues values;
  const bool newer = !native.newer_system.empty();
  values.set("image_comment", newer ? fmt::format("Debian 13: {}.", native.newer_system)
                                    : "Debian's own GCC: its libraries can be linked into a static-pie.");
  values.set("build_image", newer ? "debian:trixie-slim" : "debian:bookworm-slim");
  values.set("packages", joined(build_packages(native)));
  values.set_flag("vcpkg", native.package_manager == "vcpkg")
      .set_flag("conan", native.package_manager == "conan");
  const bool cmake = native.build == Build::cmake;
  values.set_flag("cmake", cmake).set_flag("meson", !cmake);
  values.set_optional("preset", native.preset);
  set_definitions(native, values);
  values.set_flag("cxx", native.cxx).set("how_linked", how_linked(native));
  values.set("static_pie", native.linking.dynamic ? "" : "-static-pie ");
  values.set_flag("prefer_static", !cmake && !native.linking.dynamic);
  values.set("target", native.target).set("file_name", native.file_name);
  CRT_TRY(set_final_image(project, options, {native.linking, newer, {}}, values));
  CRT_ASSIGN(std::string text, render_embedded("docker/cpp/Dockerfile", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

}  // namespace crtune::generate
