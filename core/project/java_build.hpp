// pom.xml and build.gradle: the version of Java, dependencies, the main class.
// Sources: the reference guides of Maven, Gradle and Spring Boot.
#pragma once

#include "core/model/project.hpp"
#include "core/project/script_tree.hpp"

#include <string>
#include <vector>

namespace crtune::project {

struct JavaBuild {
  std::vector<std::string> dependencies;  // group:artifact of what is there at run time
  std::vector<std::string> modules;       // folders of a build of several modules
};

// Fills the project's java, module, version and version_source from what stands in its folder. Errors:
// invalid, limit.
base::Result<JavaBuild> read_java_build(const ScriptTree& tree, model::Project& project);

}  // namespace crtune::project
