#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/base/byte_size.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

// Less is not worth the work, and what a linker keeps anyway may be of this size.
constexpr std::uint64_t kWorthStripping = 4U << 10U;

// Libraries that came with a package for Python or Node.js were built by others, and wheels that auditwheel
// repaired do not survive strip.
bool is_from_package(std::string_view path) {
  for (const std::string_view folder : {"/site-packages/", "/dist-packages/", "/node_modules/"})
    if (path.find(folder) != std::string_view::npos) return true;
  return false;
}

// What a distribution's packages put there; /usr/local is the image's author's.
bool is_from_distribution(std::string_view path) {
  for (const std::string_view folder :
       {"/usr/lib/", "/usr/libexec/", "/usr/bin/", "/usr/sbin/", "/lib/", "/bin/", "/sbin/"})
    if (path.starts_with(folder)) return true;
  return false;
}

std::string go_fix(const model::GoInfo& go) {
  const bool has_flags = !go_setting(go, "-ldflags").empty();
  const std::string package = go.path.empty() || go.path == "command-line-arguments" ? "." : go.path;
  return has_flags ? "put -s -w into -ldflags, beside what is there: go build -trimpath -ldflags=\"-s -w …\""
                   : fmt::format("go build -trimpath -ldflags=\"-s -w\" {}", shown(package));
}

std::string fix_for(const model::Binary& binary, const std::string& path) {
  if (binary.go) return go_fix(*binary.go);
  if (binary.language == "rust")
    return "[profile.release] strip = \"symbols\" in Cargo.toml, or RUSTFLAGS=\"-C strip=symbols\"";
  if (is_from_package(path))
    return "ask for a stripped build of the package; do not strip wheels that auditwheel repaired";
  if (is_from_distribution(path))
    return "leave the package that holds it out of the final stage; distributions ship so only what is for "
           "debugging or building";
  return fmt::format("link with -Wl,-s, or in the build stage, before COPY: RUN strip -s {}", shown(path));
}

}  // namespace

void check_stripped(const Subject& subject, Findings& findings) {
  report_binaries(subject, findings, [&](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& binary = row.binary;
    if (binary.stripped || binary.strippable_bytes < kWorthStripping || binary.type == "relocatable")
      return std::nullopt;
    const std::string path = subject.image.paths.text(row.path);
    BinaryFault fault;
    fault.bytes = binary.strippable_bytes;
    fault.says = fmt::format("holds symbols and debug data: {} of {}", base::format_bytes(fault.bytes),
                             base::format_bytes(row.size));
    fault.fix = fix_for(binary, path);
    if (!binary.go && (is_from_package(path) || is_from_distribution(path)))
      fault.severity = model::Severity::info;
    return fault;
  });
}

}  // namespace crtune::analysis::rules
