// What was found out about a Java project.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::model {

// javac: nothing but the JDK is needed, because the project has no dependencies.
enum class JavaTool : std::uint8_t { javac, maven, gradle };

struct JavaProject {
  JavaTool tool = JavaTool::javac;
  bool has_wrapper = false;  // mvnw or gradlew
  bool spring_boot = false;
  std::string boot_version;  // 3.3.1, empty where it is not said
  bool quarkus = false;
  bool application_plugin = false;  // Gradle's, which gathers what runs
  std::string main_class;
  std::string source_folder;           // of javac: src/main/java, src or "."
  std::string resource_folder;         // likewise; empty where there is none
  std::vector<std::string> manifests;  // what resolving dependencies reads
  std::vector<std::string> copied;     // files and folders that the program opens while it runs
  std::vector<std::string> copied_folders;
};

}  // namespace crtune::model
