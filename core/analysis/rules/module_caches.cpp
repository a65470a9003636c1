#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

namespace {

constexpr ClutterRow kRows[] = {
    {Clutter::go_modules, "Go's module cache is", {"go clean -modcache", "**/pkg/mod"}},
    {Clutter::cargo_registry, "Cargo's registry is", {"rm -rf {root}", "**/.cargo"}},
    {Clutter::maven_repository, "the local repository of Maven or Ivy is", {"rm -rf {root}", "**/.m2"}},
    {Clutter::gradle_caches, "Gradle's caches are", {"rm -rf {root}", "**/.gradle"}},
    {Clutter::nuget_packages, "NuGet's packages are", {"dotnet nuget locals all --clear", "**/.nuget"}},
};

}  // namespace

void check_module_caches(const Subject& subject, Findings& findings) {
  report_clutter(subject, findings, kRows);
}

}  // namespace crtune::analysis::rules
