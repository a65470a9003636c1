#include "core/analysis/history.hpp"

#include <algorithm>
#include <array>

namespace crtune::analysis {

using model::HistoryRow;

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n'))
    text.remove_suffix(1);
  return text;
}

bool has_word(std::string_view line, std::string_view word) {
  return line.starts_with(word) && (line.size() == word.size() || line[word.size()] == ' ');
}

// Instructions that never make a layer. Rows of some builders lack empty_layer.
bool makes_no_layer(const HistoryRow& row) {
  static constexpr std::array<std::string_view, 12> kWords = {
      "ENV",    "CMD", "ENTRYPOINT", "EXPOSE",      "LABEL",      "USER",
      "VOLUME", "ARG", "STOPSIGNAL", "HEALTHCHECK", "MAINTAINER", "SHELL"};
  const std::string line = dockerfile_line(row.created_by);
  return std::any_of(kWords.begin(), kWords.end(), [&](auto word) { return has_word(line, word); });
}

// The history's rows that belong to layers, at most as many as there are layers.
std::vector<std::size_t> layer_rows(const std::vector<HistoryRow>& history, std::size_t layers) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < history.size(); ++i)
    if (!history[i].empty_layer) rows.push_back(i);
  for (std::size_t i = rows.size(); i-- > 0 && rows.size() > layers;)
    if (makes_no_layer(history[rows[i]])) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
  // Still too many: what was built last is known best.
  if (rows.size() > layers) rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(layers));
  return rows;
}

bool is_imported(const HistoryRow& row) {
  return row.comment.starts_with("Imported from") || row.created_by.starts_with("bazel build") ||
         row.created_by == "apko" || row.comment.starts_with("This is an apko");
}

bool has_setting(std::string_view line, std::string_view setting) {
  const auto at = line.find(setting);
  if (!has_word(line, "ENV") || at == std::string_view::npos || line[at - 1] != ' ') return false;
  const auto end = at + setting.size();
  return end == line.size() || line[end] == ' ' || line[end] == ':';
}

// golang: the first WORKDIR /go once ENV has named /go as GOPATH and in PATH, and the toolchain; in between
// stand at most the toolchain's COPY and the mkdir below GOPATH. Whoever writes WORKDIR /go on top of it
// writes the second one. Source: docker-library/golang, Dockerfile-linux.template.
std::size_t golang_end(const std::vector<HistoryRow>& history) {
  bool has_go_path = false;
  bool has_path = false;
  bool has_toolchain = false;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const std::string line = dockerfile_line(history[i].created_by);
    has_go_path = has_go_path || has_setting(line, "GOPATH=/go");
    has_path = has_path || has_setting(line, "PATH=/go/bin:/usr/local/go/bin");
    has_toolchain = has_toolchain || has_setting(line, "GOTOOLCHAIN=local") ||
                    (has_word(line, "ENV") && line.find(" GOLANG_VERSION=") != std::string::npos);
    if (!has_go_path || !has_path || has_word(line, "ENV")) continue;
    if (line == "WORKDIR /go") return has_toolchain ? i + 1 : 0;
    const bool is_its_own =
        line.starts_with("COPY /target/ /") || line.starts_with("RUN mkdir -p \"$GOPATH/src\"");
    if (!is_its_own) has_go_path = has_path = false;
  }
  return 0;
}

// rust ends with the run of its installer, gcc with the diversion of Debian's compiler. Sources:
// rust-lang/docker-rust, docker-library/gcc.
std::size_t compiler_end(const std::vector<HistoryRow>& history) {
  bool is_rust = false;
  bool is_gcc = false;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const std::string line = dockerfile_line(history[i].created_by);
    is_rust = is_rust || has_setting(line, "RUSTUP_HOME=/usr/local/rustup");
    is_gcc = is_gcc || (has_word(line, "ENV") && line.find(" GCC_VERSION=") != std::string::npos);
    if (!has_word(line, "RUN")) continue;
    const auto runs = [&](std::string_view command) { return line.find(command) != std::string::npos; };
    if (is_rust && runs("./rustup-init -y --no-modify-path")) return i + 1;
    if (is_gcc && runs("dpkg-divert --divert /usr/bin/gcc.orig --rename /usr/bin/gcc")) return i + 1;
  }
  return 0;
}

// The first history row that is not the base image's.
std::size_t base_end(const std::vector<HistoryRow>& history, const std::vector<std::size_t>& rows) {
  if (rows.empty()) return 0;
  std::size_t end = 0;
  for (std::size_t i = rows.back(); i-- > 0 && end == 0;) {
    const std::string line = dockerfile_line(history[i].created_by);
    const bool ends_image = has_word(line, "CMD") || has_word(line, "ENTRYPOINT");
    if (ends_image && makes_no_layer(history[i]) && i > rows.front()) end = i + 1;
  }
  // Images without a command of their own, which stand on one that has.
  for (const std::size_t official : {golang_end(history), compiler_end(history)})
    if (official <= rows.back()) end = std::max(end, official);
  if (end > 0) return end;
  while (end < history.size() && is_imported(history[end])) ++end;
  return end > rows.back() ? 0 : end;
}

// The classic builder records a digest in place of what was copied: "COPY file:<hash> in /x".
std::string with_named_source(std::string_view line) {
  const auto space = line.find(' ');
  const auto in = line.find(" in ");
  const auto source = space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
  const bool is_digest =
      source.starts_with("file:") || source.starts_with("dir:") || source.starts_with("multi:");
  if (!is_digest || in == std::string_view::npos) return std::string(line);
  return std::string(line.substr(0, space)) + " <source> " + std::string(line.substr(in + 4));
}

// buildah writes one layer for a whole stage, under the stage's last instruction, which may make no layer by
// itself: then the instructions that did the work stand in the rows before, marked as empty.
std::string instruction_of(const std::vector<HistoryRow>& history, std::size_t row, std::size_t after) {
  if (!makes_no_layer(history[row])) return dockerfile_line(history[row].created_by);
  std::string all;
  for (std::size_t i = after; i < row; ++i) {
    const std::string line = dockerfile_line(history[i].created_by);
    const bool does_work = has_word(line, "RUN") || has_word(line, "COPY") || has_word(line, "ADD");
    if (does_work) all.append(all.empty() ? "" : "; ").append(line);
  }
  return all.empty() ? dockerfile_line(history[row].created_by) : all;
}

}  // namespace

std::string dockerfile_line(std::string_view created_by) {
  constexpr std::string_view kNop = "#(nop)";
  constexpr std::string_view kShell = "/bin/sh -c ";
  std::string_view line = trimmed(created_by);
  if (line.ends_with("# buildkit")) line = trimmed(line.substr(0, line.size() - 10));
  bool is_run = false;
  if (has_word(line, "RUN")) {
    line = trimmed(line.substr(3));
    is_run = true;
  }
  if (line.starts_with('|')) {
    // "|2 A=1 B=x /bin/sh -c make": the arguments' values stay out.
    const auto shell = line.find(kShell);
    line = shell == std::string_view::npos ? std::string_view("(arguments hidden)") : line.substr(shell);
    is_run = true;
  }
  if (line.starts_with(kShell)) {
    line = trimmed(line.substr(kShell.size()));
    if (line.starts_with(kNop)) return with_named_source(trimmed(line.substr(kNop.size())));
    is_run = true;
  }
  return is_run ? "RUN " + std::string(line) : std::string(line);
}

std::vector<LayerOrigin> match_history(const std::vector<HistoryRow>& history, std::size_t layers) {
  std::vector<LayerOrigin> origins(layers);
  const auto rows = layer_rows(history, layers);
  const std::size_t end = base_end(history, rows);
  // With rows missing, the lowest layers are the ones without.
  const std::size_t skipped = layers - rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const HistoryRow& row = history[rows[i]];
    if (!row.created_by.empty()) {
      origins[skipped + i].created_by = row.created_by;
    } else if (!row.comment.empty()) {
      origins[skipped + i].created_by = row.comment;
    }
    origins[skipped + i].instruction = instruction_of(history, rows[i], i == 0 ? 0 : rows[i - 1] + 1);
    if (origins[skipped + i].instruction.empty()) origins[skipped + i].instruction = row.comment;
    origins[skipped + i].base = rows[i] < end;
  }
  for (std::size_t i = 0; i < skipped && skipped < layers; ++i) origins[i].base = origins[skipped].base;
  return origins;
}

}  // namespace crtune::analysis
