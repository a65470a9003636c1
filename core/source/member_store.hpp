// The named parts of an image file or folder: documents and layers, however they are stored.
#pragma once

#include "core/base/reporter.hpp"
#include "core/base/result.hpp"
#include "core/model/image.hpp"
#include "core/platform/decompress.hpp"
#include "core/platform/tar_reader.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crtune::source {

// How a layer is to be read.
struct ScanOptions {
  bool compute_stored_digest = false;  // also where the bytes need not be read otherwise
  bool compute_diff_id = false;
  const model::FileInspector* inspector = nullptr;  // looks at contents as they pass
  platform::TarLimits tar = {};
  platform::UnpackLimits unpack = {};
  std::function<void(std::uint64_t)> progress;  // is told of bytes read; any thread
};

// A layer as read: its entries carry no paths yet, their names stand in `names`.
struct LayerScan {
  struct Name {
    std::uint32_t offset = 0;  // in `names`, cleaned
    std::uint32_t size = 0;
  };

  std::vector<model::LayerEntry> entries;
  std::vector<Name> entry_names;
  std::vector<model::EntryFacts> facts;
  std::vector<std::uint32_t> unread_binaries;
  std::string names;
  std::string link_targets;
  std::string compression = "none";
  std::uint64_t stored_bytes = 0;
  std::uint64_t tar_bytes = 0;
  std::uint64_t content_bytes = 0;
  base::Digest stored_digest;  // empty where it was not computed
  base::Digest diff_id;        // likewise
  bool has_end_blocks = true;
  bool has_trailing_data = false;
  bool has_global_header = false;
  std::uint64_t escaping_names = 0;  // that climb above the root with ".."
};

class MemberStore {
 public:
  MemberStore() = default;
  MemberStore(const MemberStore&) = delete;
  MemberStore& operator=(const MemberStore&) = delete;
  virtual ~MemberStore() = default;

  // The input as errors name it.
  virtual const std::string& label() const = 0;
  virtual bool has(const std::string& member) const = 0;
  // A document of at most 8 MiB. Errors: invalid where it is missing, limit.
  virtual base::Result<std::string> document(const std::string& member) = 0;
  // The bytes of a member as stored, where that is known before it is read.
  virtual std::optional<std::uint64_t> stored_size(const std::string& member) const = 0;
  // Reads one layer. Thread-safe. Errors: those of TarReader and decompress; invalid where it is missing.
  virtual base::Result<LayerScan> scan_layer(const std::string& member, const ScanOptions& options) = 0;
  // Reads stored content of an uncompressed layer; nullptr where layers cannot be read again.
  struct Region {
    const platform::InputFile* file = nullptr;
    std::uint64_t offset = 0;
  };
  virtual Region raw_region(const std::string& member) = 0;
  // Whether scan_layer reads the layer anew; of a stream it gives what was seen while it passed.
  virtual bool reads_again() const { return true; }
};

// No longer document is read. Source: docs/limits.md.
inline constexpr std::uint64_t kMaxDocument = 8U << 20U;

}  // namespace crtune::source
