#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"
#include "core/analysis/rules/toolchain.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::analysis::rules {

namespace {

static_assert(kClutters <= 64, "ToolchainBase::covers has one bit for each");

constexpr std::uint64_t bit(Clutter clutter) {
  return std::uint64_t{1} << static_cast<unsigned>(clutter);
}
constexpr std::uint64_t kCompilers = bit(Clutter::compilers) | bit(Clutter::development_files);

struct Toolchain {
  std::string_view name;
  std::string_view image;
  std::string_view variable;  // that its official image sets
  std::uint64_t covers;
  Tool needs;             // the program that must be there
  bool by_name_alone;     // nobody else sets the variable: layers above the base count as well
  std::string_view lean;  // {v} is the variable's version, major[.minor]
};

// Sources: the Dockerfiles of the official images. Of two that fit, the one with more bytes counts; of
// equals, the first.
constexpr std::string_view kRuntime = "eclipse-temurin:21-jre";
constexpr Toolchain kToolchains[] = {
    {"the Go toolchain", "golang", "GOLANG_VERSION", kCompilers | bit(Clutter::go_toolchain), Tool::go, true,
     ""},
    {"the Go toolchain", "golang", "GOTOOLCHAIN", kCompilers | bit(Clutter::go_toolchain), Tool::go, true,
     ""},
    {"the Rust toolchain", "rust", "RUSTUP_HOME", kCompilers | bit(Clutter::rust_toolchain), Tool::rustc,
     true, ""},
    {"the .NET SDK", "dotnet/sdk", "DOTNET_SDK_VERSION", bit(Clutter::dotnet_sdk), Tool::none, true,
     "mcr.microsoft.com/dotnet/aspnet:{minor}"},
    {"Maven and a JDK", "maven", "MAVEN_HOME", bit(Clutter::jdk_parts) | bit(Clutter::compilers), Tool::javac,
     true, kRuntime},
    {"Gradle and a JDK", "gradle", "GRADLE_HOME", bit(Clutter::jdk_parts) | bit(Clutter::compilers),
     Tool::javac, true, kRuntime},
    {"a whole JDK", "eclipse-temurin", "JAVA_HOME", bit(Clutter::jdk_parts), Tool::javac, false, kRuntime},
    {"Node with compilers", "node", "NODE_VERSION", kCompilers, Tool::c_compiler, false,
     "node:{major}-bookworm-slim"},
    {"Python with compilers", "python", "PYTHON_VERSION", kCompilers, Tool::c_compiler, false,
     "python:{minor}-slim"},
    {"Ruby with compilers", "ruby", "RUBY_VERSION", kCompilers, Tool::c_compiler, false, "ruby:{minor}-slim"},
    {"the C and C++ toolchain", "gcc", "GCC_VERSION", kCompilers, Tool::c_compiler, true, ""},
    {"a base image with compilers", "buildpack-deps", "", kCompilers, Tool::c_compiler, false, ""},
};

std::optional<std::string_view> variable(const Subject& subject, std::string_view name) {
  for (const std::string_view entry : subject.image.config.environment)
    if (!name.empty() && entry.starts_with(name) && entry.size() > name.size() && entry[name.size()] == '=')
      return entry.substr(name.size() + 1);
  return std::nullopt;
}

// The first `parts` numbers of a version.
std::string version(std::string_view text, int parts) {
  std::size_t end = 0;
  while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || (text[end] == '.' && --parts > 0)))
    ++end;
  return std::string(text.substr(0, end));
}

// A base that has just what the program needs.
std::string native_lean(const Subject& subject, bool is_go) {
  constexpr std::string_view kStatic = "gcr.io/distroless/static-debian12:nonroot";
  const auto program = own_program(subject);
  const auto* binary = program == kNoEntry ? nullptr : subject.facts.binary(program);
  if (binary == nullptr) return std::string(is_go ? kStatic : "debian:bookworm-slim");
  if (binary->linkage != model::Linkage::dynamic || binary->interpreter.empty()) return std::string(kStatic);
  if (binary->interpreter.find("ld-musl") != std::string::npos) return "alpine:3";
  return is_go ? "gcr.io/distroless/base-debian12:nonroot" : "gcr.io/distroless/cc-debian12:nonroot";
}

std::string lean_of(const Subject& subject, const Toolchain& toolchain) {
  if (toolchain.lean.empty()) return native_lean(subject, toolchain.needs == Tool::go);
  std::string lean(toolchain.lean);
  const auto value = variable(subject, toolchain.variable).value_or("");
  for (const auto& [token, parts] : {std::pair<std::string_view, int>{"{major}", 1}, {"{minor}", 2}})
    if (const auto at = lean.find(token); at != std::string::npos)
      lean.replace(at, token.size(), version(value, parts));
  return lean;
}

std::uint64_t bytes_of(const Subject& subject, std::uint64_t kinds, bool only_base) {
  std::uint64_t bytes = 0;
  for (std::uint32_t layer = 0; layer < subject.analysis.layers.size(); ++layer) {
    if (only_base && !subject.analysis.layers[layer].base) continue;
    for (std::size_t kind = 0; kind < kClutters; ++kind)
      if ((kinds >> kind & 1U) != 0) bytes += subject.census.total(static_cast<Clutter>(kind), layer).bytes;
  }
  return bytes;
}

// GOTOOLCHAIN is what people set as well; with GOPATH=/go beside it, it is the official image's.
bool is_named_by(const Subject& subject, const Toolchain& toolchain) {
  if (!variable(subject, toolchain.variable)) return false;
  return toolchain.variable != "GOTOOLCHAIN" || variable(subject, "GOPATH") == "/go";
}

}  // namespace

EntryId own_program(const Subject& subject) {
  static constexpr std::array<std::string_view, 6> kDistribution = {
      "/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/lib/", "/usr/local/go/"};
  const EntryId program = subject.start.program;
  if (program == kNoEntry) return kNoEntry;
  const std::string path = subject.path_text(program);
  const bool is_distributions = std::any_of(kDistribution.begin(), kDistribution.end(),
                                            [&](auto folder) { return path.starts_with(folder); });
  return is_distributions || subject.facts.binary(program) == nullptr ? kNoEntry : program;
}

std::string what_runs(const Subject& subject) {
  const EntryId program = own_program(subject);
  const std::string& folder = subject.image.config.working_directory;
  if (program != kNoEntry) return base::one_line(subject.path_text(program), 80);
  return folder.size() > 1 && folder != "/go" ? base::one_line(folder, 80) : "/app";
}

std::optional<ToolchainBase> toolchain_base(const Subject& subject) {
  // Some runtimes keep a few headers or a tool: that makes no toolchain.
  constexpr std::uint64_t kSmallest = 10'000'000;
  const auto& layers = subject.analysis.layers;
  const bool base_is_known =
      std::any_of(layers.begin(), layers.end(), [](const auto& layer) { return layer.base; });
  std::optional<ToolchainBase> best;
  for (const auto& toolchain : kToolchains) {
    if (toolchain.needs != Tool::none && !subject.census.has(toolchain.needs)) continue;
    const bool is_named = is_named_by(subject, toolchain);
    const std::uint64_t own = toolchain.covers & ~kCompilers;
    // Compilers alone do not say whose they are.
    if (!is_named && own == 0 && !toolchain.variable.empty()) continue;
    const bool only_base = !is_named || (base_is_known && !toolchain.by_name_alone);
    if (own != 0 && bytes_of(subject, own, only_base) < kSmallest) continue;
    const std::uint64_t bytes = bytes_of(subject, toolchain.covers, only_base);
    if (bytes < kSmallest || (best && best->bytes >= bytes)) continue;
    best = {.name = toolchain.name,
            .image = toolchain.image,
            .covers = toolchain.covers,
            .bytes = bytes,
            .lean = lean_of(subject, toolchain)};
  }
  return best;
}

void check_toolchain_base(const Subject& subject, Findings& findings) {
  const auto base = toolchain_base(subject);
  if (!base) return;
  const std::string path = what_runs(subject);
  auto& finding = findings.add(
      fmt::format("the last stage is built on {} ({}): what only builds is shipped with the service",
                  base->name, base->image),
      fmt::format("FROM {} as the last stage, with COPY --from=build {} {}", base->lean, path, path));
  finding.bytes = base->bytes;
  finding.severity = severity_of(subject, base->bytes);
}

}  // namespace crtune::analysis::rules
