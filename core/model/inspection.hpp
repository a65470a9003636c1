// What the contents of an image's files say, as far as they were read.
#pragma once

#include "core/base/random_bytes.hpp"
#include "core/model/binary.hpp"
#include "core/model/finding.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::model {

// A secret in a text, told without its value.
struct SecretHit {
  std::string rule;  // id of the rule
  std::string what;  // "a Google API key"
  Severity severity = Severity::error;
  std::uint64_t line = 0;    // from 1
  std::uint64_t column = 0;  // from 1, in bytes
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::uint64_t fingerprint =
      0;  // of the value, keyed by the run: equal secrets are equal within one report only
};

// What reading one file told. Only files that say something keep any.
struct FileFacts {
  std::optional<Binary> binary;
  std::string unreadable;  // why an executable could not be understood
  std::vector<SecretHit> secrets;
  std::string head;                 // the first bytes of a script (its #! line), a .pyc file, or what is
                                    // started and is no ELF file; at most 256
  std::optional<std::string> text;  // the whole of a small file that a rule looks into, e.g. /etc/passwd
  // Of a package manager's list: base::path_hash of each file that it names.
  std::vector<std::uint64_t> packaged_files;

  bool empty() const {
    return !binary && unreadable.empty() && secrets.empty() && head.empty() && !text &&
           packaged_files.empty();
  }
};

// What an entry's header tells of a file before its content is seen.
struct FileTraits {
  std::string_view path;  // as the layer names it, cleaned, without a leading slash
  std::uint64_t size = 0;
  std::uint16_t mode = 0;
};

enum class Interest : std::uint8_t {
  none,
  head,    // what was seen of it is enough
  text,    // its whole content
  binary,  // parts of its content, here and there; may be read later
};

// Looks at the contents of files. Thread-safe.
class FileInspector {
 public:
  FileInspector() = default;
  FileInspector(const FileInspector&) = delete;
  FileInspector& operator=(const FileInspector&) = delete;
  virtual ~FileInspector() = default;

  // Whether a file's content may say something; asked before any byte of it is read.
  virtual bool may_matter(const FileTraits& file) const = 0;
  // What its first bytes (all, or at least 512) say of that. `text` is only answered for files of at most
  // kMaxInspectedText bytes, `binary` for at most kMaxInspectedBinary.
  virtual Interest interest(const FileTraits& file, std::span<const std::byte> head) const = 0;
  virtual FileFacts inspect(const FileTraits& file, Interest interest, base::RandomBytes& content) const = 0;
};

// Source: docs/limits.md.
inline constexpr std::uint64_t kMaxInspectedText = 1U << 20U;
inline constexpr std::uint64_t kMaxInspectedBinary = 256U << 20U;

// The facts of one entry of a layer.
struct EntryFacts {
  std::uint32_t entry = 0;
  FileFacts facts;
};

}  // namespace crtune::model
