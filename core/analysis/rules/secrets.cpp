#include "core/analysis/rules/rules.hpp"
#include "core/base/path.hpp"
#include "core/secret/scan.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace crtune::analysis::rules {

namespace {

constexpr std::string_view kRotate =
    "rotate it: a value that was in an image is known. Then mount it at run time from Secret Manager "
    "(--set-secrets, or valueFrom.secretKeyRef in service.yaml)";

// Numbers the values of a report, so that a reader sees where one stands twice. A hash would tell as much,
// and let somebody who guesses a value check the guess.
class ValueNumbers {
 public:
  // What the value is, its place and its number; never the value.
  std::string message(const model::SecretHit& hit, std::string_view where) {
    const auto number = numbers_.try_emplace(hit.fingerprint, numbers_.size() + 1).first->second;
    return fmt::format("{} stands in {} ({} bytes, value {} of this report)", hit.what, where, hit.length,
                       number);
  }

 private:
  std::unordered_map<std::uint64_t, std::size_t> numbers_;
};

void add(const model::SecretHit& hit, model::Finding& finding) {
  finding.rule = hit.rule;
  finding.severity = hit.severity;
  finding.line = hit.line;
  finding.column = hit.column;
  finding.bytes = hit.length;
}

// The files that packages brought: what they hold was published with the package.
class PackagedFiles {
 public:
  explicit PackagedFiles(const ContentFacts& facts) {
    for (const EntryId file : facts.files())
      for (const auto hash : facts.of(file)->packaged_files) hashes_.insert(hash);
  }

  bool holds(std::string_view path) const {
    return hashes_.contains(base::path_hash(path.substr(path.starts_with('/') ? 1 : 0)));
  }

 private:
  std::unordered_set<std::uint64_t> hashes_;
};

model::Severity lower(model::Severity severity) {
  return severity == model::Severity::error ? model::Severity::warning : model::Severity::info;
}

void check_files(const Subject& subject, ValueNumbers& values, Findings& findings) {
  std::optional<PackagedFiles> packaged;  // looked up only where there is something to look up
  for (const EntryId file : subject.facts.files()) {
    const auto* facts = subject.facts.of(file);
    if (facts->secrets.empty() || !subject.is_users(subject.files.layer_of(file))) continue;
    const auto fate = subject.files.tree().contents[file].fate;
    const std::string_view where = fate == model::Fate::live ? "a file"
                                   : fate == model::Fate::deleted
                                       ? "a file that a later layer deletes and the image still ships"
                                       : "a file that a later layer replaces and the image still ships";
    if (!packaged) packaged.emplace(subject.facts);
    const bool is_packaged = packaged->holds(subject.path_text(file));
    for (const auto& hit : facts->secrets) {
      const std::string_view place = is_packaged ? "a file that a package brings" : where;
      auto& finding = findings.add_file(file, values.message(hit, place), std::string(kRotate));
      add(hit, finding);
      if (is_packaged) finding.severity = lower(finding.severity);
    }
  }
}

void check_configuration(const Subject& subject, ValueNumbers& values, Findings& findings) {
  const auto& config = subject.image.config;
  const secret::ScanOptions options = {.key = subject.fingerprint_key};
  const auto report = [&](const std::vector<model::SecretHit>& hits, const std::string& where) {
    for (const auto& hit : hits) {
      model::Finding& finding = findings.add(values.message(hit, where), std::string(kRotate));
      add(hit, finding);
      finding.line = finding.column = 0;
    }
  };
  for (const auto& variable : config.environment) {
    const auto equals = variable.find('=');
    const std::string name = variable.substr(0, equals);
    const std::string value = equals == std::string::npos ? std::string() : variable.substr(equals + 1);
    report(secret::scan_variable(name, value, options), fmt::format("the variable {}", name));
  }
  for (const auto& [name, value] : config.labels)
    report(secret::scan_variable(name, value, options), fmt::format("the label {}", name));
  const auto words = [&](const std::vector<std::string>& list, const std::string& where) {
    std::string line;
    for (const auto& word : list) line += word + " ";
    report(secret::scan_words(line, options), where);
  };
  words(config.entrypoint, "ENTRYPOINT");
  words(config.command, "CMD");
  words(config.healthcheck, "HEALTHCHECK");
  for (std::size_t row = 0; row < config.history.size(); ++row)
    report(secret::scan_words(config.history[row].created_by, options),
           fmt::format("the image's history, row {}, which everyone who can pull the image can read", row));
}

}  // namespace

void check_secrets(const Subject& subject, Findings& findings) {
  ValueNumbers values;
  check_files(subject, values, findings);
  check_configuration(subject, values, findings);
}

}  // namespace crtune::analysis::rules
