// What the analysis of an image found.
#pragma once

#include "core/model/binary.hpp"
#include "core/model/finding.hpp"
#include "core/model/image.hpp"
#include "core/model/path_table.hpp"
#include "core/model/policy.hpp"
#include "core/model/setting.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::model {

// What became of an entry, or of a file's content.
enum class Fate : std::uint8_t {
  live,           // it is there in the final file system
  overwritten,    // a later entry of its path has other content
  metadata_only,  // a later entry of its path has the same content
  deleted,        // a whiteout, an opaque folder or a file in place of its folder hides it
  repeated,       // its own layer writes the path again
};
inline constexpr std::array kWasteCauses = {Fate::overwritten, Fate::metadata_only, Fate::deleted,
                                            Fate::repeated};

constexpr std::string_view fate_word(Fate fate) {
  constexpr std::array<std::string_view, 5> kWords = {"live", "overwritten", "metadata_only", "deleted",
                                                      "repeated"};
  return kWords[static_cast<std::size_t>(fate)];
}

// Which attributes a rewrite of the same content changed; a set of bits.
enum Change : std::uint8_t { change_mode = 1, change_owner = 2, change_time = 4, change_xattrs = 8 };

struct LayerSummary {
  std::optional<std::string> created_by;  // as the history has it
  std::string instruction;                // the same as a Dockerfile would say it, on one line; may be empty
  bool base = false;
  std::uint64_t live = 0;         // bytes of content that the final file system shows
  std::uint64_t reclaimable = 0;  // bytes of content that it does not
  std::uint64_t framing = 0;      // bytes of the tar stream that are no content
};

// Waste with one reason: files of one layer that another layer made useless in one way.
struct WasteGroup {
  Fate cause = Fate::overwritten;
  std::uint8_t changes = 0;  // Change bits; only of metadata_only
  std::uint32_t layer = 0;
  std::uint32_t culprit_layer = 0;
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
  PathId largest = kRootPath;
  std::uint64_t largest_bytes = 0;
  bool uniform = true;         // all files have the new mode and owner of the largest
  std::uint32_t new_mode = 0;  // of the largest file, as rewritten
  std::uint32_t new_uid = 0;
  std::uint32_t new_gid = 0;
  std::string fix = {};  // what to write instead, on one line
};

struct WasteRow {
  PathId path = kRootPath;
  std::uint64_t bytes = 0;
  std::uint32_t group = 0;    // in Analysis::groups
  std::int32_t ignored = -1;  // in Policy::ignores; -1: it counts
};

// Files with the same content in the final file system: advice, not waste.
struct Duplicate {
  std::uint64_t bytes = 0;  // of one copy
  std::vector<PathId> paths;
};

// What dive v0.13 would report, its oddities included. Infinity and NaN happen.
struct DiveMetrics {
  double efficiency = 1;
  std::uint64_t wasted_bytes = 0;
  double user_wasted_percent = 0;  // a fraction, as dive names it
  std::uint64_t size_bytes = 0;
};

struct FileState {
  PathId path = kRootPath;
  Fate state = Fate::live;
  bool present = false;   // its name stands in the final file system
  EntryRef content = {};  // the entry whose content it names: its own, or what a hard link links to
};

// An executable or library of the final file system.
struct BinaryRow {
  PathId path = kRootPath;
  std::uint32_t layer = 0;
  std::uint64_t size = 0;
  Binary binary;
};

// What a start of the container reads for certain: the entrypoint, its interpreter, its libraries.
struct StartFiles {
  std::vector<PathId> paths;
  std::uint64_t bytes = 0;  // of their content
};

// How much of the contents was looked at.
struct ReadScope {
  bool deep = false;           // every layer, not only the user's and the entrypoint
  std::uint64_t texts = 0;     // files searched for secrets
  std::uint64_t binaries = 0;  // executables and libraries looked into
};

struct GateResult {
  std::string name;  // the flag without its dashes, or the key of .dive-ci
  double limit = 0;
  double value = 0;
  bool is_bytes = false;
  bool passed = true;
  std::string subject = {};  // what of the whole it is about, e.g. a package; empty: the whole
};

struct Analysis {
  bool is_executable = false;  // of one executable in place of an image
  std::vector<LayerSummary> layers;
  std::vector<WasteGroup> groups;         // most bytes first
  std::vector<WasteRow> waste;            // most bytes first
  std::vector<Duplicate> duplicates;      // most bytes first
  bool duplicates_are_estimated = false;  // large files were compared by probes
  std::array<std::uint64_t, 5> bytes_by_fate = {};
  std::uint64_t uncompressed = 0;           // the sum of all entries' sizes
  std::optional<std::uint64_t> compressed;  // of the layers as stored, where any is compressed
  std::uint64_t entries = 0;
  std::uint64_t ignored_bytes = 0;
  DiveMetrics dive;
  std::vector<Setting> settings;    // the configuration, as it may be shown
  std::vector<BinaryRow> binaries;  // the entrypoint first, then the largest
  std::vector<Finding> findings;    // the gravest first
  StartFiles start;
  ReadScope scope;
  std::vector<GateResult> gates;
  std::optional<std::vector<std::vector<FileState>>>
      files;  // of each layer, each entry; only where asked for
  std::vector<std::string> notes;

  std::uint64_t reclaimable() const {
    std::uint64_t sum = 0;
    for (const Fate cause : kWasteCauses) sum += bytes_by_fate[static_cast<std::size_t>(cause)];
    return sum;
  }
};

}  // namespace crtune::model
