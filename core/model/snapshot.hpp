// One side of a comparison: what is known of an image, of an executable, or of either from a saved report.
#pragma once

#include "core/base/entry_kind.hpp"
#include "core/model/analysis.hpp"
#include "core/model/binary.hpp"
#include "core/model/finding.hpp"
#include "core/model/image.hpp"
#include "core/model/path_table.hpp"
#include "core/model/setting.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::model {

// A name in the final file system.
struct SnapshotFile {
  std::uint64_t size = 0;     // bytes of the content behind the name
  std::uint64_t counted = 0;  // the same, or 0 where another name of the same file counts it
  std::int64_t mtime_seconds = 0;
  std::uint64_t xattr_hash = 0;
  std::uint64_t device = 0;
  PathId path = kRootPath;
  EntryRef content;               // the entry that holds the content
  std::uint32_t link_offset = 0;  // of a symbolic link's target in Snapshot::link_targets
  std::uint32_t link_size = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t mtime_nanoseconds = 0;
  std::uint16_t mode = 0;
  base::EntryKind kind = base::EntryKind::file;  // of a hard link: what it names, a file
};

struct SnapshotLayer {
  std::string diff_id;  // empty where it is not known
  std::string digest;   // of the bytes as stored; empty where it is not known
  std::string compression = "none";
  std::uint64_t stored_bytes = 0;
  std::uint64_t tar_bytes = 0;
  std::uint64_t content_bytes = 0;
  std::uint64_t entries = 0;
  std::string instruction;  // on one line; may be empty
  bool base = false;
};

struct SnapshotBinary {
  std::string path;
  std::uint64_t size = 0;
  Binary binary;
};

struct Snapshot {
  std::string name;    // as a person knows it: a tag, or what the user wrote
  std::string digest;  // of the image; empty where it is not known
  bool is_executable = false;
  bool is_report = false;    // read from a saved report: contents cannot be compared
  bool has_settings = true;  // a report of an older version has none
  bool has_findings = true;  // likewise
  bool has_binaries = true;  // likewise
  bool is_stream = false;    // was read once, and some contents could not be looked at again
  bool has_files = false;    // `files` is filled
  bool deep = false;         // base layers were looked into as well
  std::uint64_t uncompressed = 0;
  std::optional<std::uint64_t> compressed;
  std::uint64_t reclaimable = 0;
  std::uint64_t entries = 0;
  std::vector<SnapshotLayer> layers;
  std::vector<Setting> settings;
  std::vector<SnapshotBinary> binaries;
  std::vector<Finding> findings;
  PathTable paths;
  std::vector<SnapshotFile> files;
  std::string link_targets;

  std::string_view link_target(const SnapshotFile& file) const {
    return std::string_view(link_targets).substr(file.link_offset, file.link_size);
  }
};

}  // namespace crtune::model
