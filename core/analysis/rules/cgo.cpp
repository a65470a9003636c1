#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"

#include <algorithm>
#include <array>

namespace crtune::analysis::rules {

namespace {

// What the runtime's own C code, with net and os/user, comes to is far below; compiled-in C libraries are far
// above.
constexpr std::uint64_t kLittleForeignCode = 96U << 10U;

// What the standard library's cgo code needs, of glibc and of musl.
bool is_c_library(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "libc.so", "libpthread.so", "libresolv.so", "libdl.so", "ld-linux", "libc.musl", "ld-musl"};
  return std::any_of(kNames.begin(), kNames.end(), [&](auto start) { return name.starts_with(start); });
}

// Packages that call C are linked with runtime/cgo; the standard library's two have pure Go twins.
bool needs_no_c(const model::Binary& binary) {
  if (!std::all_of(binary.needed.begin(), binary.needed.end(), is_c_library)) return false;
  std::uint64_t foreign = 0;
  for (const auto& owner : binary.owners) {
    if (owner.kind == model::OwnerKind::package && owner.name == "plugin") return false;
    // Linked by the C compiler, a C library lies in .text beside Go's part.
    if (owner.kind != model::OwnerKind::package) foreign += owner.text;
  }
  return foreign < kLittleForeignCode;
}

}  // namespace

void check_cgo(const Subject& subject, Findings& findings) {
  report_binaries(subject, findings, [](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& binary = row.binary;
    if (!binary.go || go_setting(*binary.go, "CGO_ENABLED") != "1" ||
        binary.linkage != model::Linkage::dynamic)
      return std::nullopt;
    if (go_setting(*binary.go, "-race") == "true" || !needs_no_c(binary)) return std::nullopt;
    return BinaryFault{
        .says = "is linked with the C library, and holds next to no C code: it can likely be static",
        .fix = "CGO_ENABLED=0 go build -trimpath -ldflags=\"-s -w\", and run the tests so"};
  });
}

}  // namespace crtune::analysis::rules
