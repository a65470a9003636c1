#include "core/base/path.hpp"
#include "core/generate/dockerfiles.hpp"
#include "core/generate/go_image.hpp"
#include "core/generate/listening.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/releases.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::generate {

using model::JavaTool;

namespace {

// The release with long support that runs what `version` asks for.
std::string long_support(const std::string& version) {
  if (version.empty()) return std::string(preferred_release("java").version);
  for (const std::string_view release : {"11", "17", "21", "25"})
    if (!version_less(release, version) && release != "11") return std::string(release);
  return "25";
}

std::string image_comment(const std::string& version, const std::string& release) {
  if (version == release || version.empty()) return release_comment("java", "Java", version);
  return fmt::format("The project asks for Java {}; {} is the next release with long support that runs it.",
                     version, release);
}

struct Build {
  std::string image;
  std::string cache;
  std::string resolve;
  std::string package;
  std::string extract;
  std::vector<std::string> copies;
  std::vector<std::string> words;  // behind "java"
};

constexpr std::string_view kJar =
    "$(find {} -maxdepth 1 -name '*.jar' ! -name '*-plain.jar' ! -name '*-sources.jar' ! -name "
    "'*-javadoc.jar' | head -n 1)";

// Spring Boot's layers, the ones that change least first. Source: its reference guide, "Container Images".
void add_spring_boot(const model::JavaProject& java, const std::string& folder, Build& build) {
  const std::string& version = java.boot_version;
  const bool tools = version.empty() || !version_less(version, "3.3");
  const bool launch = version.empty() || !version_less(version, "3.2");
  const std::string jar = fmt::format(kJar, folder);
  build.extract =
      tools
          ? fmt::format("java -Djarmode=tools -jar {} extract --layers --launcher --destination /layers", jar)
          : fmt::format(
                "cp {} /app.jar && mkdir /layers && cd /layers && java -Djarmode=layertools -jar /app.jar "
                "extract",
                jar);
  for (const char* layer : {"dependencies", "spring-boot-loader", "snapshot-dependencies", "application"})
    build.copies.push_back(fmt::format("--from=build /layers/{}/ ./", layer));
  build.words = {launch ? "org.springframework.boot.loader.launch.JarLauncher"
                        : "org.springframework.boot.loader.JarLauncher"};
}

Build maven_build(const model::JavaProject& java, const std::string& release) {
  Build build;
  const std::string mvn = java.has_wrapper ? "./mvnw -B" : "mvn -B";
  build.image = java.has_wrapper ? fmt::format("eclipse-temurin:{}-jdk", release)
                                 : fmt::format("maven:3-eclipse-temurin-{}", release);
  build.cache = "/root/.m2";
  build.resolve = mvn + " dependency:go-offline";
  build.package = mvn + " -DskipTests package";
  if (java.spring_boot) {
    add_spring_boot(java, "target", build);
  } else if (java.quarkus) {
    build.copies = {"--from=build /src/target/quarkus-app/lib/ ./lib/",
                    "--from=build /src/target/quarkus-app/ ./"};
    build.words = {"-jar", "quarkus-run.jar"};
  } else {
    build.package +=
        " dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/lib && mkdir -p "
        "target/lib";
    build.copies = {"--from=build /src/target/lib/ ./lib/", "--from=build /src/target/classes/ ./classes/"};
    build.words = {"-cp", "/app/classes:/app/lib/*", java.main_class};
  }
  return build;
}

Build gradle_build(const model::JavaProject& java, const std::string& release) {
  Build build;
  const std::string gradle = std::string(java.has_wrapper ? "./gradlew" : "gradle") + " --no-daemon";
  build.image = java.has_wrapper ? fmt::format("eclipse-temurin:{}-jdk", release)
                                 : fmt::format("gradle:8-jdk{}", release);
  build.cache = java.has_wrapper ? "/root/.gradle" : "/home/gradle/.gradle";
  build.resolve = gradle + " dependencies";
  if (java.spring_boot) {
    build.package = gradle + " bootJar";
    add_spring_boot(java, "build/libs", build);
  } else {
    build.package = gradle + " installDist && mv build/install/* /dist";
    build.copies = {"--from=build /dist/lib/ ./lib/"};
    build.words = {"-cp", "/app/lib/*", java.main_class};
  }
  return build;
}

base::Status add_copies(const model::JavaProject& java, std::vector<std::string>& lines) {
  for (const auto& path : java.copied) {
    const bool folder =
        std::find(java.copied_folders.begin(), java.copied_folders.end(), path) != java.copied_folders.end();
    const auto line = folder ? copy_arguments({path + "/", "./" + path + "/"}) : copy_arguments({path, "./"});
    if (!line)
      return base::fail(base::ErrorCode::usage,
                        fmt::format("the path {} cannot be named in a Dockerfile", path));
    lines.push_back(*line);
  }
  return {};
}

void set_javac(const model::JavaProject& java, const std::string& version, TemplateValues& values) {
  TemplateValues::Items items;
  if (java.tool == JavaTool::javac) {
    auto& item = items.emplace_back();
    const bool root = java.source_folder == ".";
    item.set("sources", root ? ". ./" : java.source_folder + "/ " + java.source_folder + "/");
    item.set("release", version).set("folder", java.source_folder);
    item.set_optional("resources", java.resource_folder.empty() ? "" : java.resource_folder + "/ /app/");
  }
  values.set_items("javac", std::move(items));
}

base::Status set_tool(const model::JavaProject& java, const Build& build, TemplateValues& values) {
  TemplateValues::Items resolve;
  TemplateValues::Items package;
  if (java.tool != JavaTool::javac) {
    std::vector<std::string> lines;
    if (java.has_wrapper) lines.emplace_back(java.tool == JavaTool::maven ? "mvnw ./" : "gradlew ./");
    if (java.has_wrapper)
      lines.emplace_back(java.tool == JavaTool::maven ? ".mvn/ .mvn/" : "gradle/ gradle/");
    for (const auto& file : java.manifests)
      if (file.find('/') == std::string::npos) lines.push_back(file + " ./");
    resolve.emplace_back()
        .set("cache", build.cache)
        .set("command", build.resolve)
        .set_texts("manifests", lines);
    package.emplace_back().set("cache", build.cache).set("command", build.package);
  }
  values.set_items("resolve", std::move(resolve)).set_items("package", std::move(package));
  values.set_optional("extract", build.extract);
  return {};
}

}  // namespace

base::Result<GeneratedFile> java_dockerfile(const model::Project& project, const GenerateOptions& options) {
  const auto& java = *project.java;
  if (options.base == BaseImage::scratch)
    return base::fail(base::ErrorCode::usage, "the JVM needs a C library: --base static does not fit", {},
                      "--base distroless or debian-slim");
  if (!is_plain(java.main_class) || !is_plain(java.source_folder))
    return base::fail(base::ErrorCode::usage,
                      fmt::format("the class {} cannot be named in a Dockerfile", java.main_class));
  const std::string release = long_support(project.version);
  Build build;
  if (java.tool == JavaTool::maven) build = maven_build(java, release);
  if (java.tool == JavaTool::gradle) build = gradle_build(java, release);
  if (java.tool == JavaTool::javac) {
    build.image = fmt::format("eclipse-temurin:{}-jdk", release);
    build.copies = {"--from=build /app/ ./classes/"};
    build.words = {"-cp", "/app/classes", java.main_class};
  }
  CRT_TRY(add_copies(java, build.copies));
  const bool slim = options.base == BaseImage::debian_slim;
  const Listening where = listening(project, options);
  TemplateValues values;
  values.set("image_comment", image_comment(project.version, release)).set("build_image", build.image);
  set_javac(java, project.version.empty() ? release : project.version, values);
  CRT_TRY(set_tool(java, build, values));
  const bool exact = java.tool == JavaTool::javac;
  values.set("modules_reason", exact ? "jdeps names them; jdk.crypto.ec is for TLS."
                                     : "All of Java SE, because libraries load classes by name.");
  values.set(
      "modules",
      exact ? fmt::format(
                  "$(jdeps --ignore-missing-deps --multi-release {} --print-module-deps /app),jdk.crypto.ec",
                  release)
            : "java.se,jdk.crypto.ec,jdk.unsupported,jdk.zipfs,jdk.management,jdk.naming.dns,jdk.charsets,"
              "jdk.httpserver");
  values.set("compression", version_less(release, "21") ? "2" : "zip-6").set("service", options.service);
  values.set("final_image", slim ? "debian:bookworm-slim" : "gcr.io/distroless/java-base-debian13:nonroot");
  values.set("final_comment",
             slim ? "Debian with a shell, for a look inside; larger, and more to keep patched."
                  : "What a JVM loads, certificates and time zones; no shell, and no Java but ours.");
  std::vector<std::string> words = {"java"};
  words.insert(words.end(), build.words.begin(), build.words.end());
  values.set_texts("copies", build.copies).set("entrypoint", joined_json(words));
  values.set("port", std::to_string(where.port)).set_optional("arguments", joined_json(where.arguments));
  set_image_environment(where, values);
  CRT_ASSIGN(std::string text, render_embedded("docker/java/Dockerfile", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

}  // namespace crtune::generate
