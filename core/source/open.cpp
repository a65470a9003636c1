#include "core/source/open.hpp"

#include "core/platform/files.hpp"
#include "core/source/archive_members.hpp"
#include "core/source/daemon.hpp"
#include "core/source/docker_archive.hpp"
#include "core/source/folder_members.hpp"
#include "core/source/oci_layout.hpp"
#include "core/source/streamed_members.hpp"

#include <fmt/format.h>

#include <array>

namespace crtune::source {

using base::ErrorCode;
using base::FileKind;
using base::Result;
using platform::Compression;
using Store = std::unique_ptr<MemberStore>;

namespace {

constexpr std::string_view kDaemonPrefix = "docker-daemon:";
constexpr std::string_view kFormats =
    "an image is a docker save archive, an OCI archive or an OCI layout folder";

ScanOptions stream_options(const OpenOptions& options) {
  ScanOptions scan;
  scan.compute_diff_id = options.verify == Verify::everything;
  scan.inspector = options.inspection.everything;
  return scan;
}

// Tells the reporter of a stream whose length may not be known.
class MeteredSource final : public platform::ByteSource {
 public:
  MeteredSource(platform::ByteSource& inner, std::uint64_t total, base::Reporter& reporter)
      : inner_(inner), total_(total), reporter_(reporter) {}
  Result<std::span<const std::byte>> next(std::size_t wanted) override {
    CRT_ASSIGN(const auto piece, inner_.next(wanted));
    done_ += piece.size();
    reporter_.progress(done_, total_);
    return piece;
  }

 private:
  platform::ByteSource& inner_;
  std::uint64_t total_;
  base::Reporter& reporter_;
  std::uint64_t done_ = 0;
};

// A stream that may be wrapped in one compression.
Result<Store> open_stream(platform::ByteSource& stream, const std::string& label, std::uint64_t total,
                          const OpenOptions& options, base::Reporter& reporter) {
  MeteredSource metered(stream, total, reporter);
  platform::PeekedSource peeked(metered);
  CRT_ASSIGN(const auto head, peeked.peek(8));
  if (head.empty())
    return base::fail(ErrorCode::invalid, "the input is empty", {.file = label, .offset = 0},
                      std::string(kFormats));
  const Compression compression = platform::sniff_compression(head);
  if (compression == Compression::unsupported)
    return base::fail(ErrorCode::unsupported, "the archive's compression is not gzip or zstd",
                      {.file = label, .offset = 0},
                      "unpack it first, or pipe it through the right tool: … | cloudrun-tune analyze -");
  if (compression == Compression::none) return read_stream(peeked, label, stream_options(options));
  const auto unpacked = platform::decompress(peeked, compression, label + " (unpacked)");
  return read_stream(*unpacked, label, stream_options(options));
}

Result<Store> open_file(const std::string& path, const OpenOptions& options, base::Reporter& reporter) {
  CRT_ASSIGN(const auto pipe, platform::open_pipe(path));
  if (pipe) {
    platform::DescriptorSource input(pipe->descriptor(), path);
    return open_stream(input, path, 0, options, reporter);
  }
  CRT_ASSIGN(platform::InputFile file, platform::InputFile::open(path));
  std::array<std::byte, 8> head = {};
  CRT_ASSIGN(const std::size_t count, file.read_at(0, head));
  if (count == 0)
    return base::fail(ErrorCode::invalid, "the file is empty", {.file = path, .offset = 0},
                      std::string(kFormats));
  if (platform::sniff_compression(std::span(head).first(count)) == Compression::none)
    return index_archive(std::move(file), {});
  platform::FileRegionSource source(file, 0, file.size());
  return open_stream(source, path, file.size(), options, reporter);
}

Result<Recipe> read_recipe(MemberStore& members, const Selection& selection) {
  const bool has_docker = members.has("manifest.json");
  const bool has_oci = members.has("index.json");
  if (has_docker) {
    CRT_ASSIGN(Recipe docker, read_docker_archive(members, selection));
    if (!has_oci) return docker;
    // Docker 25 and later write both. The OCI side knows the manifest's digest and other platforms; where it
    // is incomplete (moby#47065, absent platforms) manifest.json stands alone.
    Selection same = selection;
    if (same.name.empty() && !docker.names.empty()) same.name = docker.names.front();
    auto oci = read_oci_layout(members, same);
    if (!oci) oci = read_oci_layout(members, selection);
    if (!oci) return docker;
    if (oci->config_digest != docker.config_digest) return selection.platform_is_explicit ? *oci : docker;
    if (!oci->layers.empty() && oci->layers.size() != docker.layers.size())
      return base::fail(ErrorCode::invalid,
                        fmt::format("manifest.json lists {} layers of the image, index.json {}",
                                    docker.layers.size(), oci->layers.size()),
                        {.file = members.label()}, "save the image again");
    for (std::size_t i = 0; i < oci->layers.size(); ++i)
      if (!docker.layers[i].digest.empty() && docker.layers[i].digest != oci->layers[i].digest)
        return base::fail(ErrorCode::invalid,
                          fmt::format("manifest.json and index.json name different layers at place {}", i),
                          {.file = members.label()}, "save the image again");
    docker.manifest_digest = oci->manifest_digest;
    if (!oci->layers.empty()) docker.layers = std::move(oci->layers);
    return docker;
  }
  if (has_oci) return read_oci_layout(members, selection);
  if (members.has("repositories")) return read_legacy_archive(members, selection);
  return base::fail(ErrorCode::invalid, "no image is inside: neither manifest.json nor index.json was found",
                    {.file = members.label()}, std::string(kFormats));
}

Result<Store> open_store(const std::string& reference, const OpenOptions& options, base::Reporter& reporter) {
  if (reference.starts_with(kDaemonPrefix)) {
    const DaemonRequest request = {.name = reference.substr(kDaemonPrefix.size()),
                                   .docker_host = options.docker_host,
                                   .runtime_folder = options.runtime_folder};
    return with_daemon_image(request, [&](platform::ByteSource& stream) {
      return open_stream(stream, reference, 0, options, reporter);
    });
  }
  std::string path = reference;
  for (const std::string_view prefix : {"docker-archive:", "oci-archive:", "oci:"})
    if (path.starts_with(prefix)) {
      path.erase(0, prefix.size());
      break;
    }
  if (path == "-") {
    platform::DescriptorSource input(options.standard_input, "standard input");
    return open_stream(input, "standard input", 0, options, reporter);
  }
  platform::RealFiles files;
  if (files.kind(path + "/.") == FileKind::directory) return open_folder(path);
  auto opened = open_file(path, options, reporter);
  if (!opened && opened.error().code == ErrorCode::unsupported && opened.error().hint.empty())
    opened.error().hint = fmt::format("to read it as a stream: cloudrun-tune analyze - < {}", path);
  if (!opened && opened.error().code == ErrorCode::not_found && path.find('/') == std::string::npos)
    return base::fail(ErrorCode::not_found, "there is no such file", {.file = path},
                      fmt::format("an image in the Docker daemon is named docker-daemon:{}", path));
  return opened;
}

// A sole image is what the user has, whatever it is for and whatever was asked for, but they must hear of it.
void note_platform(Recipe& recipe, const Selection& selection) {
  const std::string& found = recipe.config.platform;
  if (found.empty() || is_platform(selection.platform, found)) return;
  recipe.notes.push_back(fmt::format("the only platform inside is {}, not {}; Cloud Run runs linux/amd64",
                                     found, selection.platform));
}

// Where already the first header is wrong, the input is something else altogether.
Result<Store> with_format_hint(Result<Store> opened) {
  const auto is_at_start = [](const base::Error& error) {
    return error.place.offset && *error.place.offset < platform::kTarBlock;
  };
  if (!opened && opened.error().hint.empty() && is_at_start(opened.error())) opened.error().hint = kFormats;
  return opened;
}

}  // namespace

Result<OpenedImage> open_image(const std::string& reference, const OpenOptions& options,
                               base::Reporter& reporter) {
  CRT_ASSIGN(Store members, with_format_hint(open_store(reference, options, reporter)));
  CRT_ASSIGN(Recipe recipe, read_recipe(*members, options.selection));
  note_platform(recipe, options.selection);
  CRT_ASSIGN(model::Image image,
             assemble(*members, std::move(recipe), options.verify, options.inspection, reporter));
  image.source = reference;
  auto contents = make_content_reader(*members);
  return OpenedImage{std::move(members), std::move(image), std::move(contents)};
}

Result<model::ImageConfig> open_configuration(const std::string& reference, const OpenOptions& options,
                                              base::Reporter& reporter) {
  CRT_ASSIGN(const Store members, with_format_hint(open_store(reference, options, reporter)));
  CRT_ASSIGN(Recipe recipe, read_recipe(*members, options.selection));
  return std::move(recipe.config);
}

}  // namespace crtune::source
