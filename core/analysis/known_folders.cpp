#include "core/analysis/known_folders.hpp"

#include <algorithm>

namespace crtune::analysis {

namespace {

struct Place {
  std::string_view pattern;  // absolute with a leading slash, else anywhere; * any name, x* a beginning
  Clutter clutter;
};

constexpr Place kCaches[] = {
    {"/var/lib/apt/lists", Clutter::apt_lists},
    {"/var/cache/apt", Clutter::apt_indexes},
    {"/var/cache/apt/archives", Clutter::apt_archives},
    {"/var/cache/apk", Clutter::apk_cache},
    {"/etc/apk/cache", Clutter::apk_cache},
    {"/var/cache/yum", Clutter::rpm_cache},
    {"/var/cache/dnf", Clutter::rpm_cache},
    {"/var/cache/libdnf5", Clutter::rpm_cache},
    {"/var/cache/zypp", Clutter::rpm_cache},
    {"/var/cache/pacman", Clutter::pacman_cache},
    {".cache/pip", Clutter::pip_cache},
    {".cache/uv", Clutter::pip_cache},
    {".cache/pypoetry", Clutter::pip_cache},
    {".npm/_cacache", Clutter::npm_cache},
    {".npm/_logs", Clutter::npm_cache},
    {".cache/node-gyp", Clutter::npm_cache},
    {".node-gyp", Clutter::npm_cache},
    {".cache/yarn", Clutter::yarn_cache},
    {".yarn-cache", Clutter::yarn_cache},
    {".pnpm-store", Clutter::pnpm_store},
    {".local/share/pnpm/store", Clutter::pnpm_store},
    {".cache/pnpm", Clutter::pnpm_store},
    {"node_modules/.cache", Clutter::web_build_cache},
    {"node_modules/.vite", Clutter::web_build_cache},
    {".next/cache/webpack", Clutter::web_build_cache},
    {".next/cache/swc", Clutter::web_build_cache},
    {".next/cache/eslint", Clutter::web_build_cache},
    {".parcel-cache", Clutter::web_build_cache},
    {".angular/cache", Clutter::web_build_cache},
    {".turbo", Clutter::web_build_cache},
    {".cache/go-build", Clutter::go_build_cache},
    {".ccache", Clutter::compiler_cache},
    {".cache/ccache", Clutter::compiler_cache},
    {".cache/sccache", Clutter::compiler_cache},
    {".cache/bazel", Clutter::compiler_cache},
    {".composer/cache", Clutter::composer_cache},
    {".cache/composer", Clutter::composer_cache},
    {".gem", Clutter::gem_cache},
    {".bundle/cache", Clutter::gem_cache},
    {"/usr/local/bundle/cache", Clutter::gem_cache},
    {"/var/lib/gems/*/cache", Clutter::gem_cache},
    {"/usr/local/lib/ruby/gems/*/cache", Clutter::gem_cache},
    {"/usr/lib/ruby/gems/*/cache", Clutter::gem_cache},
    {"/opt/conda/pkgs", Clutter::conda_packages},
    {"miniconda3/pkgs", Clutter::conda_packages},
    {"anaconda3/pkgs", Clutter::conda_packages},
    {"miniforge3/pkgs", Clutter::conda_packages},
    {"mambaforge/pkgs", Clutter::conda_packages},
    {".conda/pkgs", Clutter::conda_packages},
    {"/go/pkg/mod", Clutter::go_modules},
    {"/root/go/pkg/mod", Clutter::go_modules},
    {"/home/*/go/pkg/mod", Clutter::go_modules},
    {".cargo/registry", Clutter::cargo_registry},
    {".cargo/git", Clutter::cargo_registry},
    {"/usr/local/cargo/registry", Clutter::cargo_registry},
    {"/usr/local/cargo/git", Clutter::cargo_registry},
    {".m2/repository", Clutter::maven_repository},
    {".ivy2/cache", Clutter::maven_repository},
    {".gradle/caches", Clutter::gradle_caches},
    {".gradle/wrapper", Clutter::gradle_caches},
    {".nuget/packages", Clutter::nuget_packages},
    {".local/share/NuGet", Clutter::nuget_packages},
};

constexpr Place kTools[] = {
    {"/usr/lib/gcc", Clutter::compilers},
    {"/usr/libexec/gcc", Clutter::compilers},
    {"/usr/lib/gcc-cross", Clutter::compilers},
    {"/usr/local/lib/gcc", Clutter::compilers},
    {"/usr/local/libexec/gcc", Clutter::compilers},
    {"/usr/lib/clang", Clutter::compilers},
    {"/usr/lib/llvm-*/lib/clang", Clutter::compilers},
    {"/usr/lib/llvm-*/include", Clutter::development_files},
    {"/usr/share/cmake-*", Clutter::compilers},
    {"/usr/local/share/cmake-*", Clutter::compilers},
    {"/usr/share/maven", Clutter::compilers},
    {"/opt/maven", Clutter::compilers},
    {"/usr/share/gradle*", Clutter::compilers},
    {"/opt/gradle*", Clutter::compilers},
    {"/usr/local/go", Clutter::go_toolchain},
    {"/usr/lib/go", Clutter::go_toolchain},
    {"/usr/lib/go-*", Clutter::go_toolchain},
    {"/usr/share/go-*", Clutter::go_toolchain},
    {"/usr/local/rustup", Clutter::rust_toolchain},
    {".rustup", Clutter::rust_toolchain},
    {"/usr/share/dotnet/sdk", Clutter::dotnet_sdk},
    {"/usr/lib/dotnet/sdk", Clutter::dotnet_sdk},
    {"/usr/lib64/dotnet/sdk", Clutter::dotnet_sdk},
    {".dotnet/sdk", Clutter::dotnet_sdk},
    {"jmods", Clutter::jdk_parts},
    {"/usr/include", Clutter::development_files},
    {"/usr/local/include", Clutter::development_files},
    {"/usr/share/aclocal", Clutter::development_files},
    {"/usr/share/pkgconfig", Clutter::development_files},
    {"/usr/lib/pkgconfig", Clutter::development_files},
    {"/usr/lib/*/pkgconfig", Clutter::development_files},
    {"/usr/lib64/pkgconfig", Clutter::development_files},
    {"/usr/local/lib/pkgconfig", Clutter::development_files},
    {"/usr/lib/cmake", Clutter::development_files},
    {"/usr/lib/*/cmake", Clutter::development_files},
    {"/usr/lib64/cmake", Clutter::development_files},
    {"/usr/local/lib/cmake", Clutter::development_files},
    {"/usr/src/linux-headers-*", Clutter::development_files},
};

constexpr Place kLeftBehind[] = {
    {".git", Clutter::version_control},
    {".hg", Clutter::version_control},
    {".svn", Clutter::version_control},
    {".bzr", Clutter::version_control},
    {"/usr/local/lib/python3.*/test", Clutter::package_tests},
    {"/usr/lib/python3.*/test", Clutter::package_tests},
    {"/usr/share/doc", Clutter::documents},
    {"/usr/share/man", Clutter::documents},
    {"/usr/share/info", Clutter::documents},
    {"/usr/share/groff", Clutter::documents},
    {"/usr/share/gtk-doc", Clutter::documents},
    {"/usr/share/lintian", Clutter::documents},
    {"/usr/share/linda", Clutter::documents},
    {"/usr/local/share/doc", Clutter::documents},
    {"/usr/local/share/man", Clutter::documents},
    {"/usr/local/share/info", Clutter::documents},
    {"/var/cache/man", Clutter::documents},
    {"/var/log", Clutter::logs},
    {"/tmp", Clutter::temporary_files},
    {"/var/tmp", Clutter::temporary_files},
    {".idea", Clutter::editor_files},
    {".vscode", Clutter::editor_files},
    {".vs", Clutter::editor_files},
    {"__MACOSX", Clutter::editor_files},
    {".pytest_cache", Clutter::editor_files},
    {".mypy_cache", Clutter::editor_files},
    {".ruff_cache", Clutter::editor_files},
    {".tox", Clutter::editor_files},
    {".nox", Clutter::editor_files},
};

constexpr std::string_view kSystemFolders[] = {"/usr",  "/lib",  "/lib32", "/lib64", "/libx32",
                                               "/bin",  "/sbin", "/etc",   "/boot",  "/dev",
                                               "/proc", "/sys",  "/run",   "/var"};
constexpr std::string_view kAppFolders[] = {"/usr/src",  "/usr/app", "/usr/local/app", "/usr/local/src",
                                            "/var/task", "/var/www", "/var/app"};
constexpr std::string_view kLocaleFolders[] = {"/usr/share/locale", "/usr/local/share/locale"};

}  // namespace

KnownFolders::KnownFolders(const model::ImageConfig& config) : nodes_(3) {
  for (const auto folder : kSystemFolders) mark(folder, mark_system, mark_app);
  for (const auto folder : kAppFolders) mark(folder, mark_app, mark_system);
  for (const auto folder : kLocaleFolders) mark(folder, mark_locales, 0);
  // Children of packages' folders are not the user's own files.
  mark("node_modules", mark_node_modules | mark_in_packages, mark_app);
  mark("node_modules/.pnpm", mark_pnpm, mark_node_modules);
  for (const auto folder : {"site-packages", "dist-packages"})
    mark(folder, mark_site_packages | mark_in_python | mark_in_packages, mark_app);
  mark("bin", mark_programs, 0);
  mark("sbin", mark_programs, 0);
  for (const auto& [pattern, clutter] : kCaches) add(pattern, clutter);
  for (const auto& [pattern, clutter] : kTools) add(pattern, clutter);
  for (const auto& [pattern, clutter] : kLeftBehind) add(pattern, clutter);
  add_environment(config);
}

void KnownFolders::add_environment(const model::ImageConfig& config) {
  struct Variable {
    std::string_view name;
    std::string_view below;
    Clutter clutter;
  };
  static constexpr Variable kVariables[] = {
      {"GOPATH=", "/pkg/mod", Clutter::go_modules},
      {"GOMODCACHE=", "", Clutter::go_modules},
      {"GOCACHE=", "", Clutter::go_build_cache},
      {"GOROOT=", "", Clutter::go_toolchain},
      {"CARGO_HOME=", "/registry", Clutter::cargo_registry},
      {"CARGO_HOME=", "/git", Clutter::cargo_registry},
      {"RUSTUP_HOME=", "", Clutter::rust_toolchain},
      {"GRADLE_USER_HOME=", "/caches", Clutter::gradle_caches},
      {"NUGET_PACKAGES=", "", Clutter::nuget_packages},
      {"PIP_CACHE_DIR=", "", Clutter::pip_cache},
      {"UV_CACHE_DIR=", "", Clutter::pip_cache},
      {"YARN_CACHE_FOLDER=", "", Clutter::yarn_cache},
      {"npm_config_cache=", "", Clutter::npm_cache},
      {"NPM_CONFIG_CACHE=", "", Clutter::npm_cache},
      {"COMPOSER_CACHE_DIR=", "", Clutter::composer_cache},
      {"CCACHE_DIR=", "", Clutter::compiler_cache},
  };
  // A whole file system, or a top folder that holds more, is no cache whatever a variable says.
  constexpr std::size_t kShortest = 4;
  constexpr std::size_t kLongest = 256;
  const auto is_plain = [](std::string_view path) {
    return path.starts_with('/') && path.size() >= kShortest && path.size() <= kLongest &&
           path.find('*') == std::string_view::npos && path.find("..") == std::string_view::npos;
  };
  for (const auto& variable : config.environment)
    for (const auto& [name, below, clutter] : kVariables) {
      if (!variable.starts_with(name)) continue;
      std::string path = variable.substr(name.size());
      while (path.ends_with('/')) path.pop_back();
      path += below;
      if (is_plain(path) && std::count(path.begin(), path.end(), '/') > 1) add(path, clutter);
    }
  std::string work = config.working_directory;
  while (work.ends_with('/')) work.pop_back();
  // The user's own folder may lie below /usr/share or /var/lib, but is not one of the distribution's own.
  if (is_plain(work) && std::count(work.begin(), work.end(), '/') > 2) mark(work, mark_app, mark_system);
}

void KnownFolders::add(std::string_view pattern, Clutter clutter) {
  node_of(pattern).clutter = clutter;
}

void KnownFolders::mark(std::string_view pattern, std::uint32_t set, std::uint32_t clear) {
  Node& node = node_of(pattern);
  node.set |= set;
  node.clear |= clear;
}

KnownFolders::Node& KnownFolders::node_of(std::string_view pattern) {
  std::uint16_t at = pattern.starts_with('/') ? kAbsoluteRoot : kAnywhereRoot;
  while (!pattern.empty()) {
    const auto component = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(std::min(pattern.size(), component.size() + 1));
    if (!component.empty()) at = child_of(at, component);
  }
  return nodes_[at];
}

std::uint16_t KnownFolders::child_of(std::uint16_t node, std::string_view component) {
  const auto next = static_cast<std::uint16_t>(nodes_.size());
  if (component == "*") {
    if (nodes_[node].any == 0) {
      nodes_[node].any = next;
      nodes_.emplace_back();
    }
    return nodes_[node].any;
  }
  const bool is_beginning = component.ends_with('*');
  if (is_beginning) component.remove_suffix(1);
  auto& list = is_beginning ? nodes_[node].beginnings : nodes_[node].names;
  for (const auto& [name, child] : list)
    if (name == component) return child;
  list.emplace_back(component, next);
  nodes_.emplace_back();
  return next;
}

std::uint16_t KnownFolders::find(std::uint16_t node, std::string_view name) const {
  const Node& at = nodes_[node];
  for (const auto& [known, child] : at.names)
    if (known == name) return child;
  for (const auto& [beginning, child] : at.beginnings)
    if (name.starts_with(beginning)) return child;
  return at.any;
}

KnownFolders::Step KnownFolders::enter(Spot from, std::string_view name) const {
  Step step;
  const auto take = [&](std::uint16_t node) {
    if (node == 0) return;
    if (nodes_[node].clutter != Clutter::none) step.clutter = nodes_[node].clutter;
    step.set |= nodes_[node].set;
    step.clear |= nodes_[node].clear;
  };
  std::uint16_t anywhere = from.anywhere == 0 ? std::uint16_t{0} : find(from.anywhere, name);
  if (anywhere == 0) anywhere = find(kAnywhereRoot, name);
  take(anywhere);
  const std::uint16_t absolute = from.absolute == 0 ? std::uint16_t{0} : find(from.absolute, name);
  take(absolute);
  step.spot = {absolute, anywhere};
  return step;
}

}  // namespace crtune::analysis
