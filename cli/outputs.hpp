// Where a command's report goes: --format for standard output, -o FILE for files, the extension choosing the
// format.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace crtune::cli {

struct Format {
  std::string_view name;       // for --format
  std::string_view extension;  // of files, with its dot; empty: the format goes to standard output only
};

namespace formats {
inline constexpr Format kText = {"text", ".txt"};
inline constexpr Format kJson = {"json", ".json"};
inline constexpr Format kMarkdown = {"markdown", ".md"};
inline constexpr Format kHtml = {"html", ".html"};
inline constexpr Format kSarif = {"sarif", ".sarif"};
inline constexpr Format kJunit = {"junit", ".xml"};
inline constexpr Format kGithub = {"github", ""};
}  // namespace formats

// What stands on the command line.
struct OutputOptions {
  std::string format;
  std::vector<std::string> files;
};

// Adds --format and -o. A command's first format is its default.
void add_output_options(CLI::App& app, OutputOptions& options, std::span<const Format> formats);

struct Output {
  std::size_t format = 0;  // in the command's list
  std::string path;        // empty: standard output
};

// All outputs, standard output first. Nothing is written yet, so that a mistake costs no work. Errors: usage,
// for an extension that names no format, two outputs to one file, an output in place of an input or a folder,
// a missing folder.
base::Result<std::vector<Output>> plan_outputs(const OutputOptions& options, std::span<const Format> formats,
                                               std::span<const std::string> inputs, base::Files& files);

// How text may be set.
struct Canvas {
  bool colour = false;
  std::size_t columns = 100;
};

// Writes each output; a file appears whole or stays as it was. A failure does not keep the others from being
// written; the first is returned.
base::Status write_outputs(
    const std::vector<Output>& outputs, Context& context,
    const std::function<std::string(std::size_t format, const Canvas& canvas)>& render);

}  // namespace crtune::cli
