// What the contents of an image's files say, as far as they were read.
#pragma once

#include "core/base/random_bytes.hpp"
#include "core/model/binary.hpp"
#include "core/model/finding.hpp"
#include "core/model/image.hpp"

#include <cstdint>
#include <optional>
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

// What reading one file told.
struct FileFacts {
  bool was_read = false;
  std::optional<Binary> binary;
  std::string unreadable;  // why an executable could not be understood
  std::vector<SecretHit> secrets;
  std::string head;                 // its first bytes, at most 256
  std::optional<std::string> text;  // the whole of a small file that a rule looks into, e.g. /etc/passwd
};

// Looks at the contents of files. Thread-safe.
class FileInspector {
 public:
  FileInspector() = default;
  FileInspector(const FileInspector&) = delete;
  FileInspector& operator=(const FileInspector&) = delete;
  virtual ~FileInspector() = default;

  // Whether a file's content may say something; told before any byte of it is read.
  virtual bool wants(std::string_view path, const LayerEntry& entry) const = 0;
  // `path` is as the layer names it, without a leading slash.
  virtual FileFacts inspect(std::string_view path, const LayerEntry& entry,
                            base::RandomBytes& content) const = 0;
};

}  // namespace crtune::model
