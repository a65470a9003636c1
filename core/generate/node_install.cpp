#include "core/generate/node_install.hpp"

#include "core/generate/dockerfiles.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::generate {

using model::NodePackageManager;

namespace {

// Sources: the command references of npm, pnpm, Yarn and Bun.
struct Commands {
  std::string_view cache;
  std::string_view all;         // dependencies for the build too
  std::string_view production;  // only what runs
  std::string_view unlocked;    // where there is no lock file
  std::string_view prune;
  std::string_view run;
};
Commands commands_of(NodePackageManager manager) {
  switch (manager) {
    case NodePackageManager::pnpm:
      return {"/root/.local/share/pnpm/store",
              "pnpm install --frozen-lockfile",
              "pnpm install --frozen-lockfile --prod",
              "pnpm install",
              "CI=true pnpm prune --prod",
              "pnpm run"};
    case NodePackageManager::yarn:
      return {"/usr/local/share/.cache/yarn",
              "yarn install --frozen-lockfile",
              "yarn install --frozen-lockfile --production",
              "yarn install",
              "yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline",
              "yarn run"};
    case NodePackageManager::yarn_berry:
      return {"/root/.yarn/berry/cache",
              "yarn install --immutable",
              "yarn workspaces focus --all --production",
              "yarn install",
              "yarn workspaces focus --all --production",
              "yarn run"};
    case NodePackageManager::bun:
      return {"/root/.bun/install/cache",
              "bun install --frozen-lockfile",
              "bun install --frozen-lockfile --production",
              "bun install",
              "rm -rf node_modules && bun install --frozen-lockfile --production",
              "bun run"};
    case NodePackageManager::npm: break;
  }
  return {"/root/.npm",
          "npm ci --no-audit --no-fund",
          "npm ci --omit=dev --no-audit --no-fund",
          "npm install --no-audit --no-fund",
          "npm prune --omit=dev --no-audit --no-fund",
          "npm run"};
}

void set_up(const model::NodeProject& node, NodeInstall& out) {
  const bool plain = is_plain(node.manager_version) && !node.manager_version.empty();
  switch (node.manager) {
    case NodePackageManager::pnpm:
      out.setup_comment =
          plain ? "The version that package.json names." : "package.json names no version in packageManager.";
      out.setup = fmt::format("RUN npm install --global pnpm@{}", plain ? node.manager_version : "10");
      break;
    case NodePackageManager::bun:
      out.setup_comment = "Bun installs and builds.";
      out.setup = fmt::format("RUN npm install --global bun@{}", plain ? node.manager_version : "1");
      break;
    case NodePackageManager::yarn_berry:
      out.setup_comment = "Packages as files that node finds by itself, without a loader of Yarn's.";
      out.setup = "ENV YARN_NODE_LINKER=node-modules YARN_ENABLE_GLOBAL_CACHE=true";
      break;
    case NodePackageManager::npm:
    case NodePackageManager::yarn: break;
  }
}

std::string build_of(const model::NodeProject& node, const Commands& commands) {
  std::string script = fmt::format("{} {}", commands.run, node.build_script);
  if (node.workspace_root == ".") return script;
  switch (node.manager) {
    case NodePackageManager::pnpm:  // the packages that it needs are built before it
      return fmt::format("pnpm --filter \"{}...\" run {}", node.package_name, node.build_script);
    case NodePackageManager::npm:
      return fmt::format("npm run {} --workspaces --if-present", node.build_script);
    case NodePackageManager::yarn_berry:
      return fmt::format("yarn workspaces foreach --all --topological-dev run {}", node.build_script);
    default: return fmt::format("cd {} && {}", node.workspace_folder, script);
  }
}

}  // namespace

NodeInstall node_install(const model::NodeProject& node) {
  const Commands commands = commands_of(node.manager);
  NodeInstall out;
  set_up(node, out);
  out.cache = commands.cache;
  const bool builds = !node.build_script.empty();
  // Scripts that run on install may call tools for development: those are there, and go afterwards.
  const bool whole = builds || node.keeps_tools || node.installs_with_source || node.generates_prisma;
  out.install = node.lock_file.empty() ? commands.unlocked : whole ? commands.all : commands.production;
  if (node.lock_file.empty() && !whole && node.manager == NodePackageManager::npm)
    out.install += " --omit=dev";
  if (node.manager == NodePackageManager::yarn_berry) out.install = "corepack enable && " + out.install;
  if (node.generates_prisma) out.steps.emplace_back("node_modules/.bin/prisma generate");
  if (builds) out.steps.push_back(build_of(node, commands));
  const bool runs_packages = node.has_dependencies && !node.next_standalone && node.static_folder.empty();
  const bool in_workspace = node.workspace_root != ".";
  if (runs_packages && in_workspace && node.manager == NodePackageManager::pnpm) {
    out.prune = fmt::format("pnpm --filter \"{}\" deploy --prod --legacy /deploy", node.package_name);
    out.deploys = true;
  } else if (runs_packages && whole && !node.keeps_tools && (node.has_build_dependencies || in_workspace)) {
    out.prune = commands.prune;
  }
  return out;
}

}  // namespace crtune::generate
