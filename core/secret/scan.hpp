// Finds secrets in texts: keys, tokens and passwords that someone could use. Every rule stands on a fixed
// prefix or on structure, and checks what can be checked without a network (checksums, encodings, entropy),
// so that what it says is nearly always so. Nothing here returns any part of a value.
#pragma once

#include "core/model/finding.hpp"
#include "core/model/inspection.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace crtune::secret {

struct ScanOptions {
  std::uint64_t key = 0;  // keys the fingerprints of one run; random, and forgotten with it
  bool binary = false;    // not a text: only rules that hold in a binary, in its first MiB
};

// Secrets in a file. `path` is as the layer names it, without a leading slash; some rules go by it (.npmrc,
// .netrc, .env, .kube/config, …), and in tests and documentation the severity is lower. Time is linear in the
// text's size, whatever it holds. At most 1,000 hits, in the order of the text, one for each rule and value.
std::vector<model::SecretHit> scan_file(std::string_view path, std::string_view text,
                                        const ScanOptions& options);

// Secrets in one setting of a configuration, e.g. an ENV entry or a label. Offsets are those in `value`.
std::vector<model::SecretHit> scan_variable(std::string_view name, std::string_view value,
                                            const ScanOptions& options);

// Secrets in a line of a command: a history row (with BuildKit's "|1 ARG=value …"), the words of a CMD, Go's
// -ldflags. Words of the form NAME=value, --name value and "Authorization: …" are judged by their names.
std::vector<model::SecretHit> scan_words(std::string_view text, const ScanOptions& options);

// Whether the first bytes of a file are those of a text: no NUL in the first KiB and hardly any control
// characters. UTF-16 is not, nor is nothing.
bool is_text(std::span<const std::byte> head);

// What is known of each rule, in the order of their ids SEC101 to SEC120.
std::span<const model::RuleText> rules();

}  // namespace crtune::secret
