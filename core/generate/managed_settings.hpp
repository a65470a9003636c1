// What the runtimes of Node.js, Python, Java and .NET want to be told, and what serves files.
#pragma once

#include "core/generate/runtime_settings.hpp"

namespace crtune::generate {

RuntimeSettings node_settings(const model::Project& project, double cpu, std::uint32_t memory_mebibytes);
RuntimeSettings python_settings(const model::Project& project, double cpu, std::uint32_t memory_mebibytes);
RuntimeSettings java_settings(const model::Project& project, double cpu, std::uint32_t memory_mebibytes);
RuntimeSettings dotnet_settings(const model::Project& project, double cpu, std::uint32_t memory_mebibytes);
RuntimeSettings static_site_settings();

}  // namespace crtune::generate
