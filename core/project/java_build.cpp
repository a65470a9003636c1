#include "core/project/java_build.hpp"

#include "core/project/node_manifest.hpp"
#include "core/project/xml_document.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::project {

using base::FileKind;
using model::JavaTool;

namespace {

// 1.8 is 8.
std::string java_version(std::string_view text) {
  std::string version = lowest_version(text);
  if (version.starts_with("1.")) version.erase(0, 2);
  return version;
}

void set_version(const std::string& text, const std::string& source, const std::string& file,
                 std::uint64_t line, model::Project& project) {
  const std::string version = java_version(text);
  if (version.empty() || !project.version.empty()) return;
  project.version = version;
  project.version_source = source;
  project.evidence.push_back({fmt::format("version: Java {}", version), file, line});
}

// ${java.version} is looked up among the properties.
std::string resolved(const XmlElement& pom, std::string text) {
  for (int hops = 0; hops < 8 && text.starts_with("${") && text.ends_with("}"); ++hops) {
    const auto* properties = pom.find("properties");
    const auto* found = properties == nullptr ? nullptr : properties->find(text.substr(2, text.size() - 3));
    if (found == nullptr) return {};
    text = found->text;
  }
  return text;
}

void read_version(const XmlElement& pom, model::Project& project) {
  const auto* properties = pom.find("properties");
  for (const char* name :
       {"maven.compiler.release", "java.version", "maven.compiler.target", "maven.compiler.source"}) {
    const auto* found = properties == nullptr ? nullptr : properties->find(name);
    if (found != nullptr)
      set_version(resolved(pom, found->text), std::string("pom.xml ") + name, "pom.xml", found->line,
                  project);
  }
  const auto* plugins = pom.at("build/plugins");
  if (plugins == nullptr) return;
  for (const auto& plugin : plugins->children)
    if (plugin.text_of("artifactId") == "maven-compiler-plugin")
      for (const char* name : {"configuration/release", "configuration/target", "configuration/source"})
        if (const auto* found = plugin.at(name))
          set_version(resolved(pom, found->text), "pom.xml maven-compiler-plugin", "pom.xml", found->line,
                      project);
}

// A mainClass anywhere in a plugin's configuration.
const XmlElement* main_class(const XmlElement& element, int depth) {
  if (element.name == "mainClass" && !element.text.empty()) return &element;
  if (depth > 12) return nullptr;
  for (const auto& child : element.children)
    if (const auto* found = main_class(child, depth + 1)) return found;
  return nullptr;
}

base::Status read_pom(const ScriptTree& tree, model::Project& project, JavaBuild& build) {
  auto& java = *project.java;
  const std::string text = tree.text_of("pom.xml", 2U << 20U);
  CRT_ASSIGN(const XmlElement pom, parse_xml(text, "pom.xml"));
  project.module = pom.text_of("artifactId");
  read_version(pom, project);
  if (const auto* list = pom.find("dependencies"))
    for (const auto& dependency : list->children) {
      const std::string scope = dependency.text_of("scope");
      if (scope == "test" || scope == "provided") continue;
      build.dependencies.push_back(dependency.text_of("groupId") + ":" + dependency.text_of("artifactId"));
    }
  if (const auto* modules = pom.find("modules"))
    for (const auto& module : modules->children) build.modules.push_back(module.text);
  if (pom.text_of("parent/artifactId") == "spring-boot-starter-parent")
    java.boot_version = pom.text_of("parent/version");
  const auto* plugins = pom.at("build/plugins");
  bool plain = plugins == nullptr;
  if (plugins != nullptr) {
    plain = std::all_of(plugins->children.begin(), plugins->children.end(), [](const XmlElement& plugin) {
      const std::string name = plugin.text_of("artifactId");
      return name == "maven-compiler-plugin" || name == "maven-jar-plugin" ||
             name == "maven-surefire-plugin" || name == "maven-shade-plugin" ||
             name == "maven-assembly-plugin" || name == "exec-maven-plugin";
    });
    if (const auto* found = main_class(*plugins, 0))
      java.main_class = resolved(pom, found->text).empty() ? found->text : resolved(pom, found->text);
  }
  if (java.main_class.empty())
    for (const char* name : {"properties/mainClass", "properties/start-class", "properties/exec.mainClass",
                             "properties/main.class"})
      if (java.main_class.empty()) java.main_class = pom.text_of(name);
  // Without dependencies and plugins that make source, javac does all that Maven would.
  const bool has_parent = pom.find("parent") != nullptr;
  java.tool = plain && build.dependencies.empty() && !has_parent && build.modules.empty() ? JavaTool::javac
                                                                                          : JavaTool::maven;
  java.has_wrapper = tree.kind("mvnw") == FileKind::regular;
  java.manifests = {"pom.xml"};
  return {};
}

// build.gradle is a program; only what nearly all of them write the same way is read.
void read_gradle(const ScriptTree& tree, const std::string& file, model::Project& project, JavaBuild& build) {
  auto& java = *project.java;
  const std::string text = tree.text_of(file);
  const auto tokens = script_tokens(text, ScriptSyntax::java);
  bool plain = true;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const auto& token = tokens[i];
    const std::size_t value = tokens[i + 1].is("(") ? i + 2 : i + 1;
    const bool text_follows = value < tokens.size() && tokens[value].is_string();
    if (token.is("of") && i > 1 && tokens[i - 2].is("JavaLanguageVersion"))
      set_version(std::string(tokens[value].text), file + " toolchain", file, token.line, project);
    if ((token.is("sourceCompatibility") || token.is("targetCompatibility") || token.is("release")) &&
        i + 2 < tokens.size()) {
      std::string rest;
      for (std::size_t at = i + 1; at < tokens.size() && tokens[at].line == token.line; ++at)
        rest += std::string(tokens[at].text) + " ";
      std::replace(rest.begin(), rest.end(), '_', '.');
      set_version(rest.substr(std::min(rest.find_first_of("0123456789"), rest.size())),
                  file + " " + std::string(token.text), file, token.line, project);
    }
    if (token.is("id") && text_follows) {
      const auto plugin = tokens[value].text;
      if (plugin == "org.springframework.boot") {
        const std::size_t version = value + (tokens[i + 1].is("(") ? 3U : 2U);
        if (version < tokens.size() && tokens[version].is_string()) java.boot_version = tokens[version].text;
        java.spring_boot = true;
      }
      java.application_plugin = java.application_plugin || plugin == "application";
      plain = plain && (plugin == "java" || plugin == "application" || plugin == "java-library");
    }
    if (token.is("application") && tokens[i + 1].is("{")) java.application_plugin = true;
    if (token.is("mainClass") || token.is("mainClassName"))
      for (std::size_t at = i + 1; at < std::min(i + 5, tokens.size()); ++at)
        if (tokens[at].is_string()) java.main_class = tokens[at].text;
    if ((token.is("implementation") || token.is("api") || token.is("runtimeOnly") || token.is("compile")) &&
        (text_follows || tokens[value].is_identifier()) && (i == 0 || !tokens[i - 1].is(".")))
      build.dependencies.emplace_back(tokens[value].text);
  }
  java.tool = plain && build.dependencies.empty() ? JavaTool::javac : JavaTool::gradle;
  java.has_wrapper = tree.kind("gradlew") == FileKind::regular;
  for (const char* name :
       {"settings.gradle", "settings.gradle.kts", "gradle.properties", "gradle/libs.versions.toml"})
    if (tree.kind(name) == FileKind::regular) java.manifests.emplace_back(name);
  java.manifests.push_back(file);
  for (const char* name : {"settings.gradle", "settings.gradle.kts"}) {
    const std::string settings = tree.text_of(name);
    const auto words = script_tokens(settings, ScriptSyntax::java);
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
      if (words[i].is("name") && words[i + 1].is("=") && words[i + 2].is_string())
        project.module = words[i + 2].text;
      if (words[i].is("include"))
        for (std::size_t at = i + 1; at < words.size() && !(words[at].first_on_line && !words[at].indented);
             ++at)
          if (words[at].is_string()) build.modules.emplace_back(words[at].text);
    }
  }
}

}  // namespace

base::Result<JavaBuild> read_java_build(const ScriptTree& tree, model::Project& project) {
  JavaBuild build;
  if (tree.kind("pom.xml") == FileKind::regular) {
    CRT_TRY(read_pom(tree, project, build));
  } else {
    for (const char* name : {"build.gradle", "build.gradle.kts"})
      if (tree.kind(name) == FileKind::regular) {
        read_gradle(tree, name, project, build);
        break;
      }
  }
  for (const char* name : {".java-version", ".sdkmanrc"}) {
    const std::string text = tree.text_of(name, 4096);
    const std::size_t at = text.find("java=");
    set_version(text.substr(at == std::string::npos ? 0 : at), name, name,
                line_of(text, at == std::string::npos ? "" : "java="), project);
  }
  return build;
}

}  // namespace crtune::project
