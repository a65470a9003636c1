#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/analysis/rules/user_identity.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

constexpr unsigned kRead = 4;
constexpr unsigned kExecute = 1;

std::string user_text(const Identity& identity) {
  return identity.user.empty() ? "root" : "user " + shown(identity.user);
}

// Access lists can allow what modes do not; a file or folder with extended attributes is not judged.
bool may(const Identity& identity, const model::LayerEntry& entry, unsigned bit) {
  return entry.xattr_hash != 0 || is_allowed(identity, entry, bit);
}

// The first folder above a file that the identity cannot pass; kNoEntry where it can pass all.
EntryId closed_folder(const Subject& subject, const Identity& identity, EntryId file) {
  EntryId closed = kNoEntry;
  for (model::PathId path = subject.files.path_of(file); path != model::kRootPath;) {
    path = subject.image.paths.parent(path);
    const EntryId holder = subject.files.holder(path);
    if (holder == kNoEntry || subject.files.entry(holder).kind != base::EntryKind::directory) continue;
    if (!may(identity, subject.files.entry(holder), kExecute)) closed = holder;
  }
  return closed;
}

void check_file(const Subject& subject, Findings& findings, const Identity& identity, EntryId file) {
  const auto& entry = subject.files.entry(file);
  const std::string path = subject.path_text(file);
  if ((entry.mode & 0111U) == 0) {
    findings.add_file(
        file,
        fmt::format("{} has mode {:04o}, which nobody may execute: the container does not start", shown(path),
                    entry.mode),
        fmt::format("COPY --chmod=0755 … {}", shown(path)));
    return;
  }
  if (!may(identity, entry, kExecute)) {
    findings.add_file(
        file,
        fmt::format(
            "{} has mode {:04o} and owner {}:{}, which {} may not execute: the container does not start",
            shown(path), entry.mode, entry.uid, entry.gid, user_text(identity)),
        fmt::format("COPY --chmod=0755 … {}", shown(path)));
    return;
  }
  const EntryId closed = closed_folder(subject, identity, file);
  if (closed == kNoEntry) return;
  const auto& folder = subject.files.entry(closed);
  findings.add_file(
      closed,
      fmt::format("{} has mode {:04o} and owner {}:{}, so {} cannot reach {}: the container does not start",
                  shown(subject.path_text(closed)), folder.mode, folder.uid, folder.gid, user_text(identity),
                  shown(path)),
      fmt::format("RUN chmod 0755 {}, where it is made", shown(subject.path_text(closed))));
}

}  // namespace

void check_program_is_executable(const Subject& subject, Findings& findings) {
  const Start& start = subject.start;
  if (start.program == kNoEntry) return;
  const Identity identity = identity_of(subject);
  if (!identity.uid) return;  // IMG307 tells of it
  check_file(subject, findings, identity, start.program);
  if (start.interpreter.empty()) return;
  const auto& script = subject.files.entry(start.program);
  if ((script.mode & 0111U) != 0 && may(identity, script, kExecute) && !may(identity, script, kRead))
    findings.add_file(
        start.program,
        fmt::format("{} has mode {:04o}, so {} started by {} cannot read it: the container does not start",
                    shown(subject.path_text(start.program)), script.mode, shown(start.interpreter),
                    user_text(identity)),
        fmt::format("COPY --chmod=0755 … {}", shown(subject.path_text(start.program))));
  if (start.interpreter_file != kNoEntry) check_file(subject, findings, identity, start.interpreter_file);
}

}  // namespace crtune::analysis::rules
