// The secrets found in one text so far.
#pragma once

#include "core/model/inspection.hpp"
#include "core/secret/rules.hpp"
#include "core/secret/scan.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::secret {

// A value that a rule holds for a secret, at [begin, end) of the text.
struct Found {
  Rule rule = Rule::named_value;
  model::Severity severity = model::Severity::error;
  std::string_view what;  // from a fixed table, never from the text
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Hits {
 public:
  // More are not kept: a text with so many is a corpus, and each says the same.
  static constexpr std::size_t kMost = 1000;

  // `text` must outlive this.
  Hits(std::string_view path, std::string_view text, const ScanOptions& options)
      : path_(path), text_(text), options_(options) {}

  std::string_view path() const { return path_; }
  std::string_view text() const { return text_; }
  bool is_binary() const { return options_.binary; }

  // Keeps one hit for each rule and value. `value` is what is compared, by default the characters of the
  // text.
  void add(const Found& found, std::string_view value);
  void add(const Found& found) { add(found, text_.substr(found.begin, found.end - found.begin)); }
  // Says where the value came from, e.g. the variable's name; letters, digits, "_", "-" and "." only.
  void add_named(const Found& found, std::string_view name);
  bool has(Rule rule) const;

  // In the order of the text, with lines and columns; where rules overlap, only what the more exact one says.
  std::vector<model::SecretHit> take();

 private:
  struct Kept {
    Found found;
    model::SecretHit hit;
  };
  bool is_overlapped(std::size_t index) const;

  std::string_view path_;
  std::string_view text_;
  ScanOptions options_;
  std::vector<Kept> kept_;
  std::set<std::pair<Rule, std::uint64_t>> seen_;
};

}  // namespace crtune::secret
