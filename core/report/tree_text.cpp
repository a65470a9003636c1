#include "core/report/tree_text.hpp"

#include "core/base/escape.hpp"
#include "core/base/glob.hpp"
#include "core/report/analysis_words.hpp"
#include "core/report/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace crtune::report {

using model::Fate;
using model::PathId;

namespace {

struct ShownFile {
  PathId path = model::kRootPath;
  std::uint64_t bytes = 0;
  std::uint32_t layer = 0;
  Fate state = Fate::live;
};

class FilesText {
 public:
  FilesText(const model::Image& image, const model::Analysis& analysis, const FileView& view,
            const TextOptions& options)
      : image_(image), view_(view), options_(options), style_(options.colour) {
    collect(*analysis.files);
  }

  std::string write() {
    const std::string what = view_.layer ? fmt::format("layer {}", *view_.layer) : "the final file system";
    out_ += style_.bold(
        fmt::format("{} in {} of {}", bytes(total_), counted(files_.size(), "file", "files"), what));
    if (!view_.glob.empty()) out_ += fmt::format(" that match {}", base::one_line(view_.glob, 60));
    out_ += "\n";
    if (files_.empty()) return std::move(out_);
    if (view_.depth) {
      tree();
    } else {
      list();
    }
    return std::move(out_);
  }

 private:
  std::string bytes(std::uint64_t count) const { return base::format_bytes(count, options_.units); }

  void collect(const std::vector<std::vector<model::FileState>>& layers) {
    for (std::uint32_t layer = 0; layer < layers.size(); ++layer)
      for (std::size_t i = 0; i < layers[layer].size(); ++i) {
        const auto& entry = image_.layers[layer].entries[i];
        if (entry.kind != base::EntryKind::file || entry.role != model::EntryRole::content) continue;
        const auto& file = layers[layer][i];
        if (!view_.shows(layer, file.state,
                         view_.glob.empty() ? std::string() : image_.paths.text(file.path)))
          continue;
        files_.push_back({file.path, entry.size, layer, file.state});
        total_ += entry.size;
      }
  }

  void list() {
    std::stable_sort(files_.begin(), files_.end(),
                     [](const ShownFile& a, const ShownFile& b) { return a.bytes > b.bytes; });
    const std::size_t shown = std::min(options_.top, files_.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const ShownFile& file = files_[i];
      const std::string state = file.state == Fate::live ? "" : fmt::format("  {}", fate_word(file.state));
      out_ += fmt::format("{:>11}  {}  {}{}\n", bytes(file.bytes),
                          base::escape_controls(image_.paths.text(file.path)),
                          style_.faint(fmt::format("layer {}", file.layer)), style_.warning(state));
    }
    if (shown < files_.size())
      out_ += style_.faint(fmt::format("  … and {} more (--top {})\n", files_.size() - shown, files_.size()));
  }

  void tree() {
    sums_.assign(image_.paths.size(), 0);
    counts_.assign(image_.paths.size(), 0);
    for (const auto& file : files_)
      for (PathId path = file.path;; path = image_.paths.parent(path)) {
        sums_[path] += file.bytes;
        ++counts_[path];
        if (path == model::kRootPath) break;
      }
    folder(model::kRootPath, 0);
  }

  // Depth is bounded by the view, and names by the limit on paths.
  void folder(PathId at, std::size_t level) {  // NOLINT(misc-no-recursion)
    std::vector<PathId> children;
    for (PathId child = image_.paths.first_child(at); child != model::kNoPath;
         child = image_.paths.next_sibling(child))
      if (counts_[child] > 0) children.push_back(child);
    std::sort(children.begin(), children.end(), [&](PathId a, PathId b) {
      return sums_[a] != sums_[b] ? sums_[a] > sums_[b] : image_.paths.name(a) < image_.paths.name(b);
    });
    const std::size_t shown = std::min(options_.top, children.size());
    for (std::size_t i = 0; i < shown; ++i) row(children[i], level);
    if (shown == children.size()) return;
    std::uint64_t rest = 0;
    for (std::size_t i = shown; i < children.size(); ++i) rest += sums_[children[i]];
    out_ += style_.faint(fmt::format("{:>11}  {:>5.1f} %  {:{}}… and {} more\n", bytes(rest),
                                     percent_of(rest, total_), "", level * 2, children.size() - shown));
  }

  void row(PathId path, std::size_t level) {  // NOLINT(misc-no-recursion): see folder
    const bool is_folder = image_.paths.first_child(path) != model::kNoPath;
    const std::string more =
        is_folder ? fmt::format("/  {}", style_.faint(counted(counts_[path], "file", "files"))) : "";
    out_ +=
        fmt::format("{:>11}  {:>5.1f} %  {:{}}{}{}\n", bytes(sums_[path]), percent_of(sums_[path], total_),
                    "", level * 2, base::escape_controls(image_.paths.name(path)), more);
    if (is_folder && level + 1 < *view_.depth) folder(path, level + 1);
  }

  const model::Image& image_;
  const FileView& view_;
  const TextOptions& options_;
  Style style_;
  std::vector<ShownFile> files_;
  std::uint64_t total_ = 0;
  std::vector<std::uint64_t> sums_;  // of each path
  std::vector<std::uint64_t> counts_;
  std::string out_;
};

}  // namespace

bool FileView::shows(std::uint32_t of_layer, Fate state, const std::string& path) const {
  if (layer ? of_layer != *layer : state != Fate::live) return false;
  return glob.empty() || base::glob_matches(glob, path);
}

std::string files_text(const model::Image& image, const model::Analysis& analysis, const FileView& view,
                       const TextOptions& options) {
  return FilesText(image, analysis, view, options).write();
}

}  // namespace crtune::report
