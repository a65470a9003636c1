#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

constexpr std::string_view kFix = "docker build --platform=linux/amd64 .";

// What begins like a program of another system.
std::string_view foreign_format(std::string_view head) {
  if (head.starts_with("MZ")) return "a Windows program";
  for (const std::string_view magic :
       {"\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe", "\xfe\xed\xfa\xcf", "\xfe\xed\xfa\xce"})
    if (head.starts_with(magic)) return "a macOS program";
  return {};
}

bool is_amd64(const std::string& platform) {
  return platform == "linux/amd64" || platform.starts_with("linux/amd64/");
}

// Why the kernel refuses the program's file; empty where it does not.
std::string refusal(const Subject& subject, EntryId file) {
  const std::string path = shown(subject.path_text(file));
  const auto* binary = subject.facts.binary(file);
  if (binary != nullptr) {
    const bool runs = binary->machine == "amd64" || binary->machine == "386";
    if (!runs)
      return fmt::format("{} is a program for {}, and Cloud Run runs linux/amd64", path,
                         shown(binary->machine));
    return {};
  }
  if (subject.files.entry(file).size == 0) return path + " is empty";
  const auto* facts = subject.facts.of(file);
  if (facts == nullptr || facts->head.empty() || facts->head.starts_with("#!")) return {};
  const auto format = foreign_format(facts->head);
  if (!format.empty()) return fmt::format("{} is {}", path, format);
  return fmt::format("{} is neither an ELF file nor a script with a #! line", path);
}

// Linux on amd64 runs such programs; Cloud Run does not say that it does.
void check_width(const Subject& subject, Findings& findings) {
  const auto* binary = subject.facts.binary(subject.start.program);
  if (binary == nullptr || binary->machine != "386") return;
  findings
      .add_file(subject.start.program,
                fmt::format("{} is a 32-bit program (386), and Cloud Run asks for 64-bit executables",
                            shown(subject.path_text(subject.start.program))),
                binary->go ? "GOOS=linux GOARCH=amd64 go build" : std::string(kFix))
      .severity = model::Severity::warning;
}

}  // namespace

void check_platform(const Subject& subject, Findings& findings) {
  const std::string& platform = subject.image.config.platform;
  if (!platform.empty() && !is_amd64(platform)) {
    findings.add(fmt::format("the image is for {}, and Cloud Run runs linux/amd64 only", shown(platform)),
                 std::string(kFix));
    return;
  }
  if (subject.start.program == kNoEntry) return;
  check_width(subject, findings);
  const std::string why = refusal(subject, subject.start.program);
  if (why.empty()) return;
  const auto* binary = subject.facts.binary(subject.start.program);
  std::string fix(kFix);
  if (binary != nullptr && binary->go)
    fix = "GOOS=linux GOARCH=amd64 go build";
  else if (binary == nullptr)
    fix = "of a script: put #!/bin/sh into its first line; of a program: build it for linux/amd64";
  findings.add_file(subject.start.program, why + ": the container does not start, with \"exec format error\"",
                    std::move(fix));
}

}  // namespace crtune::analysis::rules
