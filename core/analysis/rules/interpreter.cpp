#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::analysis::rules {

using model::Severity;

namespace {

bool is_musl(std::string_view loader) {
  return base_name(loader).starts_with("ld-musl");
}

bool has_loader(const Subject& subject, bool musl) {
  for (const std::string_view folder : {"/lib", "/lib64"}) {
    const auto found = subject.files.resolve(folder);
    bool has = false;
    if (found)
      subject.files.children(*found, [&](model::PathId child) {
        const auto name = subject.image.paths.name(child);
        has = has || name.starts_with(musl ? "ld-musl-" : "ld-linux");
      });
    if (has) return true;
  }
  return false;
}

// What the program was linked for, and what the image has instead.
std::string mismatch(const Subject& subject, std::string_view loader) {
  if (is_musl(loader))
    return has_loader(subject, false) ? "; it is linked for musl (Alpine) and the image has glibc" : "";
  return has_loader(subject, true)
             ? "; it is linked for glibc (Debian, Ubuntu, …) and the image has musl (Alpine)"
             : "";
}

std::string fix_for(const Subject& subject, const model::Binary& binary) {
  const bool musl = is_musl(binary.interpreter);
  const std::string base = musl ? "FROM alpine:3" : "FROM gcr.io/distroless/base-debian12";
  if (binary.go && go_setting(*binary.go, "CGO_ENABLED") == "1")
    return fmt::format("CGO_ENABLED=0 go build -trimpath -ldflags=\"-s -w\"; or, where C code is needed, {}",
                       base);
  if (binary.language == "rust")
    return fmt::format("cargo build --release --target x86_64-unknown-linux-musl; or {}",
                       musl ? base : "FROM gcr.io/distroless/cc-debian12");
  return fmt::format("link statically (-static), or start from an image with the loader: {}",
                     musl || has_loader(subject, true) ? base : "FROM debian:bookworm-slim");
}

void check_script(const Subject& subject, Findings& findings) {
  const Start& start = subject.start;
  const auto* facts = subject.facts.of(start.program);
  const std::string path = shown(subject.path_text(start.program));
  if (facts->head.ends_with('\r')) {
    findings.add_file(start.program,
                      fmt::format("the first line of {} ends with CR LF, so the kernel looks for \"{}\\r\": "
                                  "the container does not start",
                                  path, shown(start.interpreter)),
                      fmt::format("RUN sed -i 's/\\r$//' {}; and in .gitattributes: *.sh text eol=lf", path));
    return;
  }
  if (start.interpreter_file != kNoEntry || start.interpreter.empty()) return;
  // A relative one is looked for where the container starts.
  const bool is_path = start.interpreter.find('/') != std::string::npos;
  if (is_path && !start.interpreter.starts_with('/')) return;
  findings.add_file(start.program,
                    fmt::format("{} is run by {}, which is not in the image{}: the container does not start",
                                path, shown(start.interpreter), is_path ? "" : ", in no folder of PATH"),
                    fmt::format("install it, or start the program without a script: CMD [\"/app/server\"]"));
}

// Other executables of the image's author whose loader is not there.
void check_others(const Subject& subject, Findings& findings) {
  report_binaries(subject, findings, [&](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& loader = row.binary.interpreter;
    const bool is_program =
        subject.start.program != kNoEntry && subject.files.path_of(subject.start.program) == row.path;
    if (loader.empty() || is_program || !may_be_run(subject, row) || row.binary.machine != "amd64")
      return std::nullopt;
    if (subject.files.file_at(loader) != kNoEntry) return std::nullopt;
    return BinaryFault{
        .says = fmt::format("needs the loader {}, which is not in the image: it cannot be run{}",
                            shown(loader), mismatch(subject, loader)),
        .fix = fix_for(subject, row.binary),
        .severity = Severity::warning};
  });
}

}  // namespace

void check_interpreter(const Subject& subject, Findings& findings) {
  const Start& start = subject.start;
  if (start.program != kNoEntry) {
    const auto* facts = subject.facts.of(start.program);
    if (facts != nullptr && facts->head.starts_with("#!")) check_script(subject, findings);
    const EntryId runs = start.interpreter_file != kNoEntry ? start.interpreter_file : start.program;
    const auto* binary = subject.facts.binary(runs);
    if (binary != nullptr && !start.loader.empty() && start.loader_file == kNoEntry) {
      const bool is_cgo = binary->go && go_setting(*binary->go, "CGO_ENABLED") == "1";
      findings.add_file(
          runs,
          fmt::format(
              "{}{} needs the loader {}, which is not in the image: the container does not start, with \"no "
              "such file or directory\"{}",
              shown(subject.path_text(runs)), is_cgo ? " was built with CGO_ENABLED=1 and" : "",
              shown(start.loader), mismatch(subject, start.loader)),
          fix_for(subject, *binary));
    }
  }
  check_others(subject, findings);
}

}  // namespace crtune::analysis::rules
