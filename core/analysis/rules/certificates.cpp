#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"

#include <fmt/format.h>

#include <array>

namespace crtune::analysis::rules {

namespace {

// Source: crypto/x509/root_linux.go, OpenSSL's default folders.
constexpr std::array<std::string_view, 8> kBundles = {"/etc/ssl/certs/ca-certificates.crt",
                                                      "/etc/pki/tls/certs/ca-bundle.crt",
                                                      "/etc/ssl/ca-bundle.pem",
                                                      "/etc/pki/tls/cacert.pem",
                                                      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                                                      "/etc/ssl/cert.pem",
                                                      "/usr/lib/ssl/cert.pem",
                                                      "/usr/local/ssl/cert.pem"};
constexpr std::array<std::string_view, 3> kFolders = {"/etc/ssl/certs", "/etc/pki/tls/certs",
                                                      "/usr/lib/ssl/certs"};

bool has_files(const Subject& subject, std::string_view folder) {
  const auto found = subject.files.resolve(folder);
  bool has = false;
  if (found)
    subject.files.children(*found, [&](model::PathId child) {
      const auto name = subject.image.paths.name(child);
      has = has || name.ends_with(".pem") || name.ends_with(".crt") || name.ends_with(".0");
    });
  return has;
}

bool has_certificates(const Subject& subject) {
  for (const auto& variable : subject.image.config.environment)
    if (variable.starts_with("SSL_CERT_FILE=") || variable.starts_with("SSL_CERT_DIR=")) return true;
  for (const auto bundle : kBundles)
    if (subject.files.file_at(bundle) != kNoEntry) return true;
  for (const auto folder : kFolders)
    if (has_files(subject, folder)) return true;
  return false;
}

struct Evidence {
  bool makes_tls = false;
  bool has_own_roots = false;
};

Evidence evidence_in(const model::Binary& binary) {
  Evidence evidence;
  for (const auto& owner : binary.owners) {
    if (owner.kind != model::OwnerKind::package) continue;
    evidence.makes_tls = evidence.makes_tls || owner.name == "crypto/tls";
    evidence.has_own_roots = evidence.has_own_roots ||
                             owner.name.starts_with("golang.org/x/crypto/x509roots/fallback") ||
                             owner.name == "github.com/breml/rootcerts/embedded";
  }
  return evidence;
}

constexpr std::string_view kFix =
    "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/, or RUN apt-get update && apt-get "
    "install -y "
    "--no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*";

}  // namespace

void check_certificates(const Subject& subject, Findings& findings) {
  if (has_certificates(subject)) return;
  const StartedPrograms started(subject);
  for (const auto& row : subject.analysis.binaries) {
    if (!row.binary.go || !started.contains(row)) continue;
    const Evidence evidence = evidence_in(row.binary);
    if (!evidence.makes_tls || evidence.has_own_roots) continue;
    const std::string path = subject.image.paths.text(row.path);
    auto& finding =
        findings.add_layer(row.layer,
                           fmt::format("{} is linked with crypto/tls and the image has no CA certificates: "
                                       "each TLS connection that it opens fails with "
                                       "\"certificate signed by unknown authority\"",
                                       shown(path)),
                           std::string(kFix));
    finding.path = path;
    return;
  }
  for (const EntryId file : subject.start.files) {
    if (!base_name(subject.path_text(file)).starts_with("libssl.so")) continue;
    findings
        .add(
            "the program is linked with libssl and the image has no CA certificates: TLS connections that it "
            "opens and checks fail",
            std::string(kFix))
        .severity = model::Severity::info;
    return;
  }
}

}  // namespace crtune::analysis::rules
