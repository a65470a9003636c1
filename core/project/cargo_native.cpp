#include "core/project/cargo_native.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace crtune::project {
namespace {

constexpr std::size_t kMaxCrates = 20'000;

struct NativeCrate {
  std::string_view name;
  std::string_view packages;  // Debian's, for the build
  bool dynamic = false;       // it links a shared library of the system
  std::string_view variable;  // NAME=VALUE for its build script
  std::string_view
      unless;  // a crate or a feature whose presence means that C code is built from its own copy
};
constexpr auto kCrates = std::to_array<NativeCrate>({
    {"openssl-sys", "libssl-dev pkg-config", false, "OPENSSL_STATIC=1", "openssl-src"},
    {"openssl-src", "perl make", false, "", ""},
    {"libsqlite3-sys", "libsqlite3-dev pkg-config", true, "", "bundled"},
    {"pq-sys", "libpq-dev", true, "", "pq-src"},
    {"mysqlclient-sys", "default-libmysqlclient-dev pkg-config", true, "", "mysqlclient-src"},
    {"rdkafka-sys", "cmake zlib1g-dev", false, "", ""},
    {"librocksdb-sys", "clang libclang-dev", true, "", ""},
    {"aws-lc-sys", "cmake", false, "", ""},
    {"clang-sys", "clang libclang-dev", false, "", ""},
    {"prost-build", "protobuf-compiler libprotobuf-dev", false, "", "protoc-bin-vendored"},
    {"libgit2-sys", "cmake pkg-config", false, "LIBGIT2_NO_PKG_CONFIG=1", ""},
    {"libz-sys", "", false, "LIBZ_SYS_STATIC=1", ""},
    {"curl-sys", "libcurl4-openssl-dev pkg-config", true, "", "static-curl"},
    {"libdbus-sys", "libdbus-1-dev pkg-config", true, "", ""},
    {"libudev-sys", "libudev-dev pkg-config", true, "", ""},
    {"alsa-sys", "libasound2-dev pkg-config", true, "", ""},
    {"libsodium-sys", "libsodium-dev pkg-config", true, "", ""},
    {"zmq-sys", "libzmq3-dev pkg-config", true, "", ""},
    {"onig_sys", "", false, "RUSTONIG_SYSTEM_LIBONIG=0", ""},
    {"glib-sys", "libglib2.0-dev pkg-config", true, "", ""},
    {"libvips", "libvips-dev pkg-config", true, "", ""},
    {"opencv", "libopencv-dev clang libclang-dev", true, "", ""},
    {"openblas-src", "libopenblas-dev gfortran", true, "", ""},
});

struct Block {
  LockedCrate crate;
  std::vector<std::string_view> needs;
};

// ` "name",` or ` "name 1.2.3",` in the list of dependencies.
std::string_view needed_name(std::string_view line) {
  if (!line.starts_with(" \"")) return {};
  line.remove_prefix(2);
  return line.substr(0, line.find_first_of(" \""));
}

std::vector<Block> read_blocks(std::string_view lock) {
  static constexpr std::string_view kName = "name = \"";
  std::vector<Block> blocks;
  for (std::uint64_t line = 1; !lock.empty(); ++line) {
    const std::size_t end = std::min(lock.find('\n'), lock.size());
    const auto text = lock.substr(0, end);
    lock.remove_prefix(std::min(end + 1, lock.size()));
    if (text.starts_with(kName)) {
      if (blocks.size() >= kMaxCrates) break;
      const auto rest = text.substr(kName.size());
      blocks.push_back({.crate = {rest.substr(0, rest.find('"')), line}, .needs = {}});
    } else if (const auto name = needed_name(text); !name.empty() && !blocks.empty()) {
      blocks.back().needs.push_back(name);
    }
  }
  return blocks;
}

void add_unique(std::vector<std::string>& list, std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string word(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
    if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
  }
}

}  // namespace

std::vector<LockedCrate> locked_crates(std::string_view lock, std::string_view package) {
  const auto blocks = read_blocks(lock);
  // Versions of one crate are not told apart: any of them counts.
  std::multimap<std::string_view, std::size_t> by_name;
  for (std::size_t i = 0; i < blocks.size(); ++i) by_name.emplace(blocks[i].crate.name, i);
  std::vector<bool> reached(blocks.size(), by_name.find(package) == by_name.end());
  std::vector<std::string_view> waiting = {package};
  while (!waiting.empty()) {
    const auto [begin, end] = by_name.equal_range(waiting.back());
    waiting.pop_back();
    for (auto at = begin; at != end; ++at) {
      if (reached[at->second]) continue;
      reached[at->second] = true;
      waiting.insert(waiting.end(), blocks[at->second].needs.begin(), blocks[at->second].needs.end());
    }
  }
  std::vector<LockedCrate> out;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (reached[i]) out.push_back(blocks[i].crate);
  return out;
}

unsigned lock_version(std::string_view lock) {
  static constexpr std::string_view kVersion = "\nversion = ";
  const auto head = lock.substr(0, 400);
  const std::size_t at = head.find(kVersion);
  unsigned number = 0;
  if (at == std::string_view::npos) return number;
  const auto digits = head.substr(at + kVersion.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

void find_native_crates(std::string_view lock, const std::vector<std::string>& manifests,
                        model::Project& project, model::RustProject& rust) {
  const auto crates = locked_crates(lock, rust.package);
  const auto is_locked = [&crates](std::string_view name) {
    return std::any_of(crates.begin(), crates.end(),
                       [name](const LockedCrate& crate) { return crate.name == name; });
  };
  const auto is_said = [&manifests](std::string_view feature) {
    const std::string quoted = fmt::format("\"{}\"", feature);
    return std::any_of(manifests.begin(), manifests.end(),
                       [&quoted](const std::string& text) { return text.find(quoted) != std::string::npos; });
  };
  for (const auto& crate : crates) {
    const auto row = std::find_if(kCrates.begin(), kCrates.end(),
                                  [&crate](const NativeCrate& known) { return known.name == crate.name; });
    if (row == kCrates.end()) continue;
    if (!row->unless.empty() && (is_locked(row->unless) || is_said(row->unless))) continue;
    const std::string needs =
        row->packages.empty() ? "builds C code" : fmt::format("needs {}", row->packages);
    project.evidence.push_back({fmt::format("crate: {} {}", crate.name, needs), "Cargo.lock", crate.line});
    add_unique(rust.packages, row->packages);
    if (const auto equals = row->variable.find('='); equals != std::string_view::npos)
      rust.build_variables.emplace_back(row->variable.substr(0, equals), row->variable.substr(equals + 1));
    if (row->dynamic && !rust.linking.dynamic) {
      rust.linking.dynamic = true;
      rust.linking.reason = fmt::format("{} links a shared library", crate.name);
    }
  }
}

}  // namespace crtune::project
