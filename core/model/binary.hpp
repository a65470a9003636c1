// One executable or library: what it is, what it needs, and who owns each of its bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::model {

enum class Linkage : std::uint8_t { fixed, static_pie, dynamic };
constexpr std::string_view linkage_word(Linkage linkage) {
  switch (linkage) {
    case Linkage::fixed: return "static";
    case Linkage::static_pie: return "static-pie";
    case Linkage::dynamic: break;
  }
  return "dynamic";
}

enum class OwnerKind : std::uint8_t { package, section, remainder };
constexpr std::string_view owner_word(OwnerKind kind) {
  switch (kind) {
    case OwnerKind::package: return "package";
    case OwnerKind::section: return "section";
    case OwnerKind::remainder: break;
  }
  return "remainder";
}

// A part of a file. The bytes of all owners add up to the file's size.
struct ByteOwner {
  OwnerKind kind = OwnerKind::remainder;
  std::string name;    // a package's import path, %XX decoded, `main` for main, `vendor/` kept; a section's
                       // name; what a remainder is ("file header", "padding", …)
  std::string module;  // of a package: its module's path, `std` for the standard library; else empty
  std::uint64_t bytes = 0;  // of the file
  std::uint64_t text = 0;   // those of them that are code: of a section .text, of a Go package its functions
                            // and those the compiler made for its types, with the padding behind each
  std::uint64_t code = 0;   // of a Go package: the functions that its name stands in, without padding, which
                            // is what `go tool nm -size` adds up to; else 0
};

struct GoModule {
  std::string path;              // of the build info's dep line
  std::string version;           // likewise
  std::string replaced_by_path;  // of its => line; empty where it is not replaced
  std::string replaced_by_version;
  std::uint64_t bytes = 0;  // of its owners
};

// What the Go linker left in the file. Source: debug/buildinfo, runtime/debug.ParseBuildInfo.
struct GoInfo {
  std::string version;  // go1.26.8
  std::string path;     // of the main package
  std::string main_module;
  std::string main_version;
  std::vector<GoModule> modules;                              // the dep lines: without main and std
  std::vector<std::pair<std::string, std::string>> settings;  // the build lines, in their order
  bool has_build_info = false;  // false: it was told as Go by its function table alone
  // Functions and packages that the linker keeps only where all exported methods must stay: package that
  // reaches reflect's MethodByName or Method with a name it cannot know.
  bool method_pruning_is_off = false;
  std::vector<std::string> method_by_name_callers;  // packages; sorted
  std::uint64_t embedded_bytes = 0;  // files of embed.FS variables; those in strings cannot be told
};

struct Binary {
  std::string type;     // executable, shared library, relocatable, core
  std::string machine;  // amd64, arm64, 386, arm, riscv64, … or "machine N"
  Linkage linkage = Linkage::fixed;
  std::string interpreter;          // PT_INTERP; empty where there is none
  std::vector<std::string> needed;  // DT_NEEDED, in order
  std::string rpath;
  std::string runpath;
  std::string soname;
  bool stripped = true;                // neither .symtab nor DWARF is there
  std::uint64_t strippable_bytes = 0;  // what `-s -w` would remove: symtab, strtab, DWARF, compressed or not
  std::string build_id;                // hex; of Go without a GNU one: Go's
  bool packed_by_upx = false;
  std::string language;  // go, rust, c++, c, or empty where nothing tells
  std::optional<GoInfo> go;
  std::vector<ByteOwner> owners;   // most bytes first; their sum is the file's size
  std::vector<std::string> notes;  // what could not be read and why; its bytes are counted all the same
};

}  // namespace crtune::model
