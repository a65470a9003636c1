// An image as it was read: its configuration and every entry of every layer.
#pragma once

#include "core/base/digest.hpp"
#include "core/base/entry_kind.hpp"
#include "core/base/result.hpp"
#include "core/model/inspection.hpp"
#include "core/model/path_table.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace crtune::model {

// What a layer's entry does. Source: opencontainers/image-spec layer.md, "Whiteouts".
enum class EntryRole : std::uint8_t {
  content,
  whiteout,     // removes the path it names from the layers below
  opaque,       // removes everything of its folder from the layers below
  bookkeeping,  // ".wh..wh.*" of aufs, which no runtime keeps
};

struct ContentHash {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend bool operator==(const ContentHash&, const ContentHash&) = default;
};

// One tar entry. Sizes are bytes of content.
struct LayerEntry {
  std::uint64_t size = 0;
  std::uint64_t data_offset = 0;  // of the content in the layer's unpacked stream
  ContentHash hash;               // of the content, where has_hash
  std::int64_t mtime_seconds = 0;
  std::uint64_t xattr_hash = 0;
  std::uint64_t device = 0;
  PathId path = kRootPath;  // lexical: symbolic links are not followed. Of a whiteout: the path it removes;
                            // of an opaque: its folder
  PathId archived_path = kRootPath;  // with the whiteout's own name
  std::uint32_t link_offset = 0;     // of the link's target in Image::link_targets
  std::uint32_t link_size = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t mtime_nanoseconds = 0;
  std::uint16_t mode = 0;
  base::EntryKind kind = base::EntryKind::file;
  EntryRole role = EntryRole::content;
  bool has_hash = false;
};

struct Layer {
  std::string member;  // where its bytes stand in the input
  base::Digest diff_id;
  base::Digest digest;               // of its bytes as stored; empty where the input does not tell
  std::string compression = "none";  // none, gzip or zstd
  std::uint64_t stored_bytes = 0;    // as stored, maybe compressed
  std::uint64_t tar_bytes = 0;       // the length of the unpacked stream
  std::uint64_t content_bytes = 0;   // the sum of its entries' sizes
  std::vector<LayerEntry> entries;
  std::vector<EntryFacts> facts;  // of the entries whose content was looked at, by entry
  std::vector<std::uint32_t>
      unread_binaries;  // entries that look like executables and can be inspected later
};

// A row of the configuration's history. Source: opencontainers/image-spec config.md.
struct HistoryRow {
  std::string created = {};
  std::string created_by = {};
  std::string comment = {};
  bool empty_layer = false;
};

struct ImageConfig {
  std::string platform;  // os/architecture[/variant]
  std::vector<std::string> entrypoint;
  std::vector<std::string> command;
  std::string user;
  std::string working_directory;
  std::vector<std::string> environment;  // NAME=value
  std::vector<std::pair<std::string, std::string>> labels;
  std::vector<std::string> healthcheck;  // its words, CMD or CMD-SHELL first
  std::vector<std::string> exposed_ports;
  std::vector<std::string> volumes;
  std::string stop_signal;
  std::vector<base::Digest> diff_ids;
  std::vector<HistoryRow> history;
};

struct Image {
  std::string source;              // as the user named it
  std::vector<std::string> names;  // the tags it carries
  base::Digest digest;             // of the manifest; of the configuration where the input has no manifest
  base::Digest config_digest;
  ImageConfig config;
  std::vector<Layer> layers;  // 0 is the base
  PathTable paths;
  std::string link_targets;
  std::vector<std::string> notes;  // odd but not fatal, one sentence each

  std::string_view link_target(const LayerEntry& entry) const {
    return std::string_view(link_targets).substr(entry.link_offset, entry.link_size);
  }
};

// One entry of one layer.
struct EntryRef {
  std::uint32_t layer = 0;
  std::uint32_t index = 0;
  friend bool operator==(const EntryRef&, const EntryRef&) = default;
};

struct ContentPair {
  EntryRef first;
  EntryRef second;
};

// Answers questions about the content of an image's files, reading as little as it can.
class ContentReader {
 public:
  ContentReader() = default;
  ContentReader(const ContentReader&) = delete;
  ContentReader& operator=(const ContentReader&) = delete;
  virtual ~ContentReader() = default;

  // For each pair of files of the same size, whether their contents are equal. Errors: unreadable, damaged.
  virtual base::Result<std::vector<char>> same_content(const Image& image,
                                                       std::span<const ContentPair> pairs) = 0;
  // How closely large files are looked at: whole, or by probes spread over them where that saves reading.
  enum class Depth : std::uint8_t { sampled, whole };
  struct Hashes {
    std::vector<ContentHash> values;
    bool sampled = false;  // some files were only probed
  };
  // For each file, a hash of its content that differs where contents differ; of a probed file, where probes
  // do. Errors: unreadable, damaged.
  virtual base::Result<Hashes> hashes(const Image& image, std::span<const EntryRef> files, Depth depth) = 0;
  // Lets `inspector` look at files that were passed over. Of inputs that can be read only once nothing can be
  // read again: they were inspected while they passed, and the answer is empty facts. Errors: unreadable,
  // damaged.
  virtual base::Result<std::vector<FileFacts>> inspect(const Image& image, std::span<const EntryRef> files,
                                                       const FileInspector& inspector) = 0;
};

}  // namespace crtune::model
