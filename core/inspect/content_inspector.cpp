#include "core/inspect/content_inspector.hpp"

#include "core/binary/inspect.hpp"
#include "core/inspect/package_lists.hpp"
#include "core/secret/mask.hpp"
#include "core/secret/scan.hpp"

#include <algorithm>
#include <array>

namespace crtune::inspect {

using model::FileFacts;
using model::FileTraits;
using model::Interest;
using Bytes = std::span<const std::byte>;

namespace {

constexpr std::size_t kShebangLine = 256;
constexpr std::size_t kPycHeader = 16;

std::string_view last_component(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// Small files that rules look into, whichever layer they are in.
bool is_kept(std::string_view path) {
  static constexpr std::array<std::string_view, 7> kFiles = {
      "etc/passwd",         "etc/shadow",     "etc/group",        "etc/os-release",
      "usr/lib/os-release", "etc/ld.so.conf", "etc/nsswitch.conf"};
  const bool is_loader_folder = path.starts_with("etc/ld.so.conf.d/") && path.ends_with(".conf");
  const bool is_manifest =
      last_component(path) == "package.json" && path.find("node_modules/") == std::string_view::npos;
  return std::find(kFiles.begin(), kFiles.end(), path) != kFiles.end() || is_loader_folder || is_manifest;
}

// libc.so.6, libssl.so, ld-linux-x86-64.so.2
bool is_library_name(std::string_view path) {
  const auto name = last_component(path);
  const auto suffix = name.find(".so");
  return suffix != std::string_view::npos && (suffix + 3 == name.size() || name[suffix + 3] == '.');
}

bool is_pyc(std::string_view path) {
  return path.ends_with(".pyc");
}

std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};  // NOLINT: bytes of a text
}

// What is kept of a file's first bytes: a script's first line; of what else may be executed, enough to tell
// what it is.
std::string kept_head(const FileTraits& file, std::string_view text) {
  constexpr std::uint16_t kAnyExecute = 0111;
  constexpr std::size_t kFormatMagic = 16;
  if (is_pyc(file.path)) return std::string(text.substr(0, kPycHeader));
  if (text.starts_with("#!")) return std::string(text.substr(0, std::min(text.find('\n'), kShebangLine)));
  return std::string(text.substr(0, (file.mode & kAnyExecute) != 0 ? kFormatMagic : 0));
}

FileFacts inspect_text(const FileTraits& file, std::string_view text, std::uint64_t key) {
  FileFacts facts;
  facts.secrets = secret::scan_file(file.path, text, {.key = key});
  facts.head = kept_head(file, text);
  if (is_kept(file.path)) facts.text = std::string(text);
  if (is_package_list(file.path)) facts.packaged_files = packaged_files(file.path, text);
  return facts;
}

// Build settings such as -ldflags keep what somebody passed with -X; reports show them, but not a secret's
// value.
void mask_secrets(std::string& value, std::uint64_t key, std::vector<model::SecretHit>& found) {
  const auto hits = secret::scan_words(value, {.key = key});
  value = secret::masked(value, hits);
  for (auto hit : hits) {
    hit.line = hit.column = 0;
    found.push_back(std::move(hit));
  }
}

FileFacts inspect_binary(base::RandomBytes& content, std::uint64_t key) {
  FileFacts facts;
  auto binary = binary::inspect(content);
  if (!binary) {
    facts.unreadable = binary.error().message;
    return facts;
  }
  if (binary->go)
    for (auto& [name, value] : binary->go->settings) mask_secrets(value, key, facts.secrets);
  facts.binary = std::move(*binary);
  return facts;
}

}  // namespace

bool ContentInspector::is_start_file(std::string_view path) const {
  const auto name = last_component(path);
  return std::find(options_.start_files.begin(), options_.start_files.end(), name) !=
         options_.start_files.end();
}

bool ContentInspector::may_matter(const FileTraits& file) const {
  if (options_.depth == Depth::facts)
    return is_kept(file.path) || is_package_list(file.path) || is_library_name(file.path) ||
           is_start_file(file.path);
  constexpr std::uint16_t kAnyExecute = 0111;
  if (file.size <= model::kMaxInspectedText) return true;
  return (file.mode & kAnyExecute) != 0 || is_library_name(file.path) || is_start_file(file.path);
}

Interest ContentInspector::interest(const FileTraits& file, Bytes head) const {
  if (binary::is_elf(head))
    return file.size <= model::kMaxInspectedBinary ? Interest::binary : Interest::none;
  if (is_pyc(file.path)) return head.size() >= kPycHeader ? Interest::head : Interest::none;
  const bool is_text = file.size <= model::kMaxInspectedText && secret::is_text(head);
  constexpr std::uint16_t kAnyExecute = 0111;
  if (!is_text) return (file.mode & kAnyExecute) != 0 ? Interest::head : Interest::none;
  const bool only_shebang =
      options_.depth == Depth::facts && !is_kept(file.path) && !is_package_list(file.path);
  return only_shebang ? Interest::head : Interest::text;
}

FileFacts ContentInspector::inspect(const FileTraits& file, Interest interest,
                                    base::RandomBytes& content) const {
  FileFacts facts;
  if (interest == Interest::binary) return inspect_binary(content, options_.fingerprint_key);
  if (interest == Interest::head) {
    const auto head = content.view(0, std::min<std::uint64_t>(kShebangLine, content.size()));
    if (head) facts.head = kept_head(file, as_text(*head));
    return facts;
  }
  const auto whole = content.view(0, content.size());
  if (!whole) {
    facts.unreadable = whole.error().message;
    return facts;
  }
  return inspect_text(file, as_text(*whole), options_.fingerprint_key);
}

}  // namespace crtune::inspect
