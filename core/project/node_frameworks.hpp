// Frameworks that start and build a Node.js project their own way. Sources: their documentation.
#pragma once

#include "core/project/node_manifest.hpp"
#include "core/project/node_start.hpp"

#include <string>

namespace crtune::project {

// The name of the framework that package.json asks for: next, nest, fastify, koa, hono, express, …; empty for
// none.
std::string node_framework(const NodeManifest& manifest);

// Fills in a project whose framework decides what runs: Next.js, Nuxt, SvelteKit, Remix, Nest, Functions
// Framework. False where the framework leaves that to the project.
bool detect_node_framework(const ScriptTree& tree, const NodeManifest& manifest, const NodeCommand& command,
                           model::Project& project);

// Fills in a project that a build turns into files for a browser, with no server of its own. False where it
// is none.
bool detect_single_page(const ScriptTree& tree, const NodeManifest& manifest, const NodeCommand& command,
                        model::Project& project);

}  // namespace crtune::project
