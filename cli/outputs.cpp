#include "cli/outputs.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

namespace crtune::cli {

namespace fs = std::filesystem;
using base::ErrorCode;
using base::Result;
using base::Status;

namespace {

std::string extensions_of(std::span<const Format> formats) {
  std::string out;
  for (const auto& format : formats)
    if (!format.extension.empty()) out += fmt::format("{}{}", out.empty() ? "" : " ", format.extension);
  return out;
}

Result<std::size_t> format_of(const std::string& path, std::span<const Format> formats) {
  const std::string extension = fs::path(path).extension().string();
  for (std::size_t i = 0; i < formats.size(); ++i)
    if (!extension.empty() && formats[i].extension == extension) return i;
  return base::fail(ErrorCode::usage,
                    extension.empty()
                        ? fmt::format("-o {}: the name has no extension to tell the format", path)
                        : fmt::format("-o {}: the extension {} names no format", path, extension),
                    {}, "known extensions: " + extensions_of(formats));
}

// Equal for two names of one file, as far as folders' links and "..", go.
fs::path place_of(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  const fs::path folder = fs::weakly_canonical(absolute.parent_path(), error);
  return error ? absolute : folder / absolute.filename();
}

Status check_place(const std::string& path, base::Files& files) {
  if (files.kind(path) == base::FileKind::directory)
    return base::fail(ErrorCode::usage, fmt::format("-o {}: a folder stands there", path), {},
                      "name a file in it");
  if (files.kind(path) == base::FileKind::symlink)
    return base::fail(ErrorCode::usage, fmt::format("-o {}: a symbolic link stands there", path), {},
                      "name the file that it leads to");
  const std::string folder = fs::path(path).parent_path().string();
  const auto kind = folder.empty() || folder == "." ? base::FileKind::directory : files.kind(folder);
  if (kind != base::FileKind::directory && kind != base::FileKind::symlink)
    return base::fail(ErrorCode::usage, fmt::format("-o {}: there is no folder {}", path, folder), {},
                      "make the folder first");
  return {};
}

}  // namespace

void add_output_options(CLI::App& app, OutputOptions& options, std::span<const Format> formats) {
  std::vector<std::string> names;
  std::string list;
  for (const auto& format : formats) {
    names.emplace_back(format.name);
    list += fmt::format("{}{}", list.empty() ? "" : ", ", format.name);
  }
  app.add_option("--format", options.format, fmt::format("What standard output gets: {}", list))
      ->check(CLI::IsMember(names));
  app.add_option("-o,--output", options.files,
                 fmt::format("Write a report to FILE as well, in the format of its extension ({}); may stand "
                             "several times",
                             extensions_of(formats)))
      ->type_name("FILE")
      ->allow_extra_args(false);
}

Result<std::vector<Output>> plan_outputs(const OutputOptions& options, std::span<const Format> formats,
                                         std::span<const std::string> inputs, base::Files& files) {
  std::vector<Output> outputs(1);
  for (std::size_t i = 0; i < formats.size(); ++i)
    if (formats[i].name == options.format) outputs.front().format = i;
  bool to_standard_output = false;
  std::vector<fs::path> places;
  for (const auto& path : options.files) {
    if (path == "-") {
      if (to_standard_output)
        return base::fail(ErrorCode::usage, "-o -: standard output can be named once", {},
                          "--format chooses its format");
      to_standard_output = true;
      continue;
    }
    CRT_ASSIGN(const std::size_t format, format_of(path, formats));
    CRT_TRY(check_place(path, files));
    const fs::path place = place_of(path);
    if (std::find(places.begin(), places.end(), place) != places.end())
      return base::fail(ErrorCode::usage, fmt::format("-o {}: two outputs go to the same file", path), {},
                        "give each a name of its own");
    for (const auto& input : inputs)
      if (input != "-" && place_of(input) == place)
        return base::fail(ErrorCode::usage, fmt::format("-o {}: the input would be overwritten", path), {},
                          "give the report another name");
    places.push_back(place);
    outputs.push_back({format, path});
  }
  return outputs;
}

Status write_outputs(const std::vector<Output>& outputs, Context& context,
                     const std::function<std::string(std::size_t format, const Canvas& canvas)>& render) {
  Status status;
  for (const auto& [format, path] : outputs) {
    if (path.empty()) continue;
    const auto written = context.files.write(path, render(format, {}), base::Files::Replace::yes);
    if (!written && status) status = written;
  }
  CRT_TRY(status);
  const Canvas canvas = {.colour = context.terminal.colour, .columns = context.terminal.columns};
  for (const auto& [format, path] : outputs)
    if (path.empty()) context.out << render(format, canvas);
  return {};
}

}  // namespace crtune::cli
