#include "core/diff/report_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <set>
#include <utility>

namespace crtune::diff {

using base::EntryKind;
using base::Result;
using base::Status;
using model::Snapshot;
using model::SnapshotFile;

namespace {

constexpr std::uint64_t kMaxPath = 1U << 16U;

struct Row {
  SnapshotFile file;
  std::string link;
  std::optional<std::size_t> content_of;
  bool present = false;
  bool is_content = false;  // no whiteout
};

Result<EntryKind> kind_of(const ReportValue& row, bool& is_content) {
  CRT_ASSIGN(const std::string word, row.member("type").text());
  is_content = word != "whiteout" && word != "opaque";
  if (!is_content) return EntryKind::file;
  constexpr std::array kKinds = {EntryKind::file,     EntryKind::directory,   EntryKind::symlink,
                                 EntryKind::hardlink, EntryKind::char_device, EntryKind::block_device,
                                 EntryKind::fifo};
  for (const EntryKind kind : kKinds)
    if (word == base::kind_word(kind)) return kind;
  return row.member("type").wrong("a kind of file");
}

Status read_attributes(const ReportValue& row, SnapshotFile& file) {
  CRT_ASSIGN(const auto mode, row.member("mode").number(07777));
  CRT_ASSIGN(const auto uid, row.member("uid").number(UINT32_MAX));
  CRT_ASSIGN(const auto gid, row.member("gid").number(UINT32_MAX));
  CRT_ASSIGN(const auto nanoseconds, row.member("mtime_ns").number(999'999'999));
  CRT_ASSIGN(file.mtime_seconds, row.member("mtime").signed_number());
  file.mode = static_cast<std::uint16_t>(mode);
  file.uid = static_cast<std::uint32_t>(uid);
  file.gid = static_cast<std::uint32_t>(gid);
  file.mtime_nanoseconds = static_cast<std::uint32_t>(nanoseconds);
  CRT_ASSIGN(const std::string xattrs, row.member("xattrs").text_or_empty());
  if (!xattrs.empty()) {
    const auto [end, error] =
        std::from_chars(xattrs.data(), xattrs.data() + xattrs.size(), file.xattr_hash, 16);
    if (error != std::errc{} || end != xattrs.data() + xattrs.size())
      return row.member("xattrs").wrong("a hash in hex digits");
  }
  if (!row.member("device").is_null()) {
    CRT_ASSIGN(file.device, row.member("device").number(static_cast<std::uint64_t>(INT64_MAX)));
  }
  return {};
}

// The paths of a report are those that the program wrote: rooted and clean.
Result<model::PathId> read_path(const ReportValue& value, model::PathTable& paths) {
  CRT_ASSIGN(const std::string path, value.text());
  if (path.size() > kMaxPath || !path.starts_with('/') || model::PathTable::clean(path) != path.substr(1))
    return value.wrong("a clean path");
  return paths.intern(path.substr(1));
}

class FileReader {
 public:
  FileReader(const ReportValue& list, Snapshot& out)
      : list_(list), out_(out), sizes_(out.layers.size()), counts_(out.layers.size()) {}

  Status read() {
    CRT_ASSIGN(const std::size_t count, list_.array_size());
    rows_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) CRT_TRY(read_row(list_.item(i)));
    for (std::size_t i = 0; i < out_.layers.size(); ++i)
      if (sizes_[i] != out_.layers[i].content_bytes || counts_[i] != out_.layers[i].entries)
        return list_.wrong(fmt::format("what layers[{}] says: its sizes or entries add up differently", i));
    for (std::size_t i = 0; i < rows_.size(); ++i) CRT_TRY(add(i));
    out_.has_files = true;
    return {};
  }

 private:
  Status read_row(const ReportValue& value) {
    Row row;
    CRT_ASSIGN(const std::uint64_t layer, value.member("layer").number());
    if (layer >= out_.layers.size()) return value.member("layer").wrong("one of the layers");
    CRT_ASSIGN(row.file.kind, kind_of(value, row.is_content));
    CRT_ASSIGN(row.file.path, read_path(value.member("path"), out_.paths));
    CRT_ASSIGN(const std::uint64_t size, value.member("size").number());
    CRT_ASSIGN(row.present, value.member("present").boolean());
    CRT_TRY(read_attributes(value, row.file));
    CRT_ASSIGN(row.link, value.member("link").text_or_empty());
    if (!value.member("content_of").is_null()) {
      CRT_ASSIGN(const std::uint64_t other, value.member("content_of").number());
      row.content_of = other;
    }
    row.file.size = row.file.kind == EntryKind::file ? size : 0;
    row.file.content = {static_cast<std::uint32_t>(layer), static_cast<std::uint32_t>(counts_[layer]++)};
    sizes_[layer] += size;
    rows_.push_back(std::move(row));
    return {};
  }

  Status add(std::size_t index) {
    const Row& row = rows_[index];
    if (!row.present || !row.is_content) return {};
    SnapshotFile file = row.file;
    if (row.content_of) {
      const ReportValue place = list_.item(index).member("content_of");
      if (*row.content_of >= rows_.size()) return place.wrong("a row of the list");
      const Row& named = rows_[*row.content_of];
      if (named.content_of || !named.is_content || named.file.kind != EntryKind::file)
        return place.wrong("the row of a file");
      file = named.file;
      file.path = row.file.path;
      if (named.present || counted_.count(*row.content_of) > 0) {
        file.counted = 0;
      } else {
        counted_.insert(*row.content_of);
        file.counted = file.size;
      }
    } else {
      if (file.kind == EntryKind::hardlink)
        return list_.item(index).member("content_of").wrong("there, and a hard link needs it");
      file.counted = file.size;
    }
    if (file.kind == EntryKind::symlink) {
      file.link_offset = static_cast<std::uint32_t>(out_.link_targets.size());
      file.link_size = static_cast<std::uint32_t>(row.link.size());
      out_.link_targets += row.link;
    }
    out_.files.push_back(file);
    return {};
  }

  ReportValue list_;
  Snapshot& out_;
  std::vector<Row> rows_;
  std::vector<std::uint64_t> sizes_;
  std::vector<std::uint64_t> counts_;
  std::set<std::size_t> counted_;
};

}  // namespace

Status read_report_files(const ReportValue& report, Snapshot& out) {
  const ReportValue list = report.member("files");
  if (list.is_null()) return {};
  CRT_ASSIGN(const std::size_t count, list.array_size());
  // Reports of older versions lack the attributes.
  if (count > 0 && list.item(0).member("present").is_null()) return {};
  return FileReader(list, out).read();
}

}  // namespace crtune::diff
