// What differs between two images, or two executables. `before` and `after` are the two sides; sizes in
// bytes.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/binary.hpp"
#include "core/model/finding.hpp"
#include "core/model/path_table.hpp"
#include "core/model/setting.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::model {

// What of a file changed; a set of bits.
enum FileChange : std::uint16_t {
  file_content = 1,
  file_mode = 2,
  file_owner = 4,
  file_time = 8,
  file_xattrs = 16,
  file_type = 32,
  file_link = 64,     // where a symbolic link leads
  file_device = 128,  // the numbers of a device
};
inline constexpr std::array<std::pair<FileChange, std::string_view>, 8> kFileChanges = {
    {{file_type, "type"},
     {file_content, "content"},
     {file_link, "link"},
     {file_device, "device"},
     {file_mode, "mode"},
     {file_owner, "owner"},
     {file_xattrs, "xattrs"},
     {file_time, "time"}}};

struct FileDifference {
  PathId path = kRootPath;              // in Difference::paths
  std::optional<std::uint32_t> before;  // in Snapshot::files; none: it was added
  std::optional<std::uint32_t> after;   // likewise; none: it was removed
  std::uint16_t changes = 0;
  bool content_is_unknown = false;  // same size, other layer, and one side is a report
};

struct FileCounts {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
  std::uint64_t changed = 0;
  std::uint64_t unknown = 0;  // same size, whose content cannot be compared

  std::uint64_t total() const { return added + removed + changed; }
};

// A folder or a file that explains a part of the growth. The parts of a difference do not overlap.
struct GrowthPart {
  PathId path = kRootPath;
  bool is_folder = false;
  std::int64_t bytes = 0;
  FileCounts files;  // of what lies in it
};

// A layer of either side, or of both where they share it.
struct LayerDifference {
  std::optional<std::uint32_t> before;
  std::optional<std::uint32_t> after;
  bool must_push = false;  // only of what is after: the registry does not have its bytes
};

// What a registry that has the old image lacks of the new one, and what a host that runs the old one lacks.
struct Deploy {
  std::uint64_t push_bytes = 0;  // of layers, as stored; of uncompressed ones, of the tar archive
  std::uint64_t push_layers = 0;
  std::uint64_t uncompressed_layers = 0;  // of push_layers: a push compresses them, so the bytes are a bound
  std::uint64_t import_bytes = 0;         // of the tar archives of layers that are new by diff ID
  std::uint64_t import_layers = 0;
  std::uint64_t shared_layers = 0;   // of the new image, by diff ID
  std::uint64_t shared_digests = 0;  // of those: by the digest of the stored bytes as well
  bool is_known = true;              // false: diff IDs are missing
};

struct SettingDifference {
  SettingKind kind = SettingKind::platform;
  std::string name = {};
  std::optional<std::string> before = {};  // as it may be shown; none: it was not set
  std::optional<std::string> after = {};
  bool hidden = false;
};

struct SizeDifference {
  std::string name = {};
  std::string module = {};  // of a package
  OwnerKind kind = OwnerKind::package;
  std::string version_before = {};  // of a module; empty where it is unknown
  std::string version_after = {};
  std::optional<std::uint64_t> before = {};
  std::optional<std::uint64_t> after = {};

  std::int64_t growth() const {
    return static_cast<std::int64_t>(after.value_or(0)) - static_cast<std::int64_t>(before.value_or(0));
  }
};

struct BinaryDifference {
  std::optional<std::uint32_t> before;  // in Snapshot::binaries
  std::optional<std::uint32_t> after;
  std::vector<SettingDifference> facts;  // Go version, linkage, build settings, …; kind says nothing
  std::vector<SizeDifference> modules;   // that differ, the largest change first
  std::vector<SizeDifference> owners;    // packages, sections and remainders, likewise
};

struct Difference {
  bool is_empty = true;
  std::int64_t uncompressed = 0;        // growth
  std::int64_t live = 0;                // of what the final file systems show
  std::int64_t elsewhere = 0;           // of live growth, what no file explains
  PathTable paths;                      // of both sides
  std::vector<LayerDifference> layers;  // in the order of the new image, removed ones where they stood
  Deploy deploy;
  bool has_files = false;
  FileCounts counts;
  std::array<std::uint64_t, kFileChanges.size()> changes = {};  // how many files changed so
  std::vector<FileDifference> files;                            // by path
  std::vector<GrowthPart> growth;                               // the largest first
  std::vector<SettingDifference> settings;
  std::vector<BinaryDifference> binaries;  // that differ
  std::vector<Finding> new_findings;
  std::vector<Finding> fixed_findings;
  std::vector<Finding> remaining_findings;  // as the new side states them
  std::vector<GateResult> gates;
  std::vector<std::string> notes;  // what could not be compared and why, a sentence each
};

}  // namespace crtune::model
