#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/bytecode.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/base/byte_size.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

// Where the importer compiles again: the header's time and size are those of another source.
bool is_stale(const BytecodeHeader& header, const model::LayerEntry& source) {
  if (header.flags != 0) return false;
  return header.source_time != static_cast<std::uint32_t>(source.mtime_seconds) ||
         header.source_size != static_cast<std::uint32_t>(source.size);
}

struct Stale {
  EntryId largest = kNoEntry;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t checked = 0;
};

Stale find_stale(const Subject& subject) {
  Stale stale;
  for (const EntryId file : subject.facts.files()) {
    const model::PathId path = subject.files.path_of(file);
    if (!subject.image.paths.name(path).ends_with(".pyc") || subject.files.holder(path) != file) continue;
    const auto header = read_bytecode_header(subject.facts.of(file)->head);
    const EntryId source = source_of_bytecode(subject, path);
    if (!header || source == kNoEntry) continue;
    if (!subject.is_users(subject.files.layer_of(file)) && !subject.is_users(subject.files.layer_of(source)))
      continue;
    ++stale.checked;
    if (!is_stale(*header, subject.files.entry(source))) continue;
    const std::uint64_t size = subject.files.entry(file).size;
    ++stale.files;
    stale.bytes += size;
    if (stale.largest == kNoEntry || size > subject.files.entry(stale.largest).size) stale.largest = file;
  }
  return stale;
}

// The folder to compile again: what holds site-packages, or the folder of the largest.
std::string folder_to_compile(const std::string& pyc) {
  for (const std::string_view packages : {"/site-packages/", "/dist-packages/"})
    if (const auto at = pyc.find(packages); at != std::string::npos)
      return pyc.substr(0, at + packages.size() - 1);
  const auto cache = pyc.rfind("/__pycache__/");
  return cache == std::string::npos || cache == 0 ? "/" : pyc.substr(0, cache);
}

}  // namespace

void check_stale_bytecode(const Subject& subject, Findings& findings) {
  const Stale stale = find_stale(subject);
  if (stale.files == 0) return;
  const std::string path = subject.path_text(stale.largest);
  const std::string others = stale.files > 1 ? fmt::format(" and {} more", stale.files - 1) : std::string();
  auto& finding = findings.add_file(
      stale.largest,
      fmt::format("{}{} are not of the time and size of their .py: of {} .pyc files checked, Python compiles "
                  "{} ({}) again at "
                  "every cold start that imports them",
                  shown(path), others, stale.checked, stale.files, base::format_bytes(stale.bytes)),
      fmt::format("RUN python3 -m compileall -q -f --invalidation-mode unchecked-hash {}, as the last step "
                  "that touches them",
                  shown(folder_to_compile(path))));
  finding.bytes = stale.bytes;
}

}  // namespace crtune::analysis::rules
