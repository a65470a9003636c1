// A flag byte, a byte that chooses a path, and a text. Bytes of 0x7F are left out of the text: in seeds they
// stand within made-up keys, so that nobody takes them for live ones.
#include "core/secret/mask.hpp"
#include "core/secret/scan.hpp"
#include "tests/fuzz/input.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

using namespace crtune;
using namespace crtune::fuzz;

namespace {

constexpr unsigned kBinary = 1;
// Shorter values are found in words by chance.
constexpr std::size_t kTellingValue = 8;
constexpr std::array<std::string_view, 12> kPaths = {"app/settings.py",
                                                     ".env",
                                                     "app/.npmrc",
                                                     "root/.netrc",
                                                     "root/.docker/config.json",
                                                     "root/.pypirc",
                                                     "root/.kube/config",
                                                     "root/.ssh/id_rsa",
                                                     "app/key_test.go",
                                                     "usr/share/doc/a.md",
                                                     "root/.git-credentials",
                                                     "root/.aws/credentials"};

bool same(const model::SecretHit& a, const model::SecretHit& b) {
  return a.rule == b.rule && a.what == b.what && a.offset == b.offset && a.length == b.length &&
         a.line == b.line && a.column == b.column && a.fingerprint == b.fingerprint;
}

bool is_known_rule(std::string_view id) {
  const auto rules = secret::rules();
  return std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return rule.id == id; });
}

void check_hit(const model::SecretHit& hit, std::string_view text) {
  require(hit.offset <= text.size() && hit.length <= text.size() - hit.offset, "a hit lies in the text");
  require(hit.length > 0, "a hit is of something");
  require(is_known_rule(hit.rule), "a hit's rule is known");
  const auto value = text.substr(hit.offset, hit.length);
  const auto tells = [&](std::string_view field) {
    return value.size() >= kTellingValue && field.find(value) != std::string_view::npos;
  };
  require(!tells(hit.rule) && !tells(hit.what), "a hit does not tell its value");
}

void check_place(const model::SecretHit& hit, std::string_view text) {
  const auto before = text.substr(0, hit.offset);
  const auto lines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  require(hit.line == lines + 1 && hit.column == column, "a hit's line and column are those of its offset");
}

template <typename Scan>
std::vector<model::SecretHit> scan_twice(std::string_view text, const Scan& scan) {
  auto hits = scan();
  const auto again = scan();
  require(hits.size() == again.size() && std::equal(hits.begin(), hits.end(), again.begin(), same),
          "two scans tell the same");
  require(hits.size() <= 1000, "hits are limited");
  for (const auto& hit : hits) check_hit(hit, text);
  return hits;
}

void check_mask(std::string_view text, const std::vector<model::SecretHit>& hits) {
  const std::string masked = secret::masked(text, hits);
  for (const auto& hit : hits) {
    const auto value = text.substr(hit.offset, hit.length);
    require(value.size() < kTellingValue || value.find('*') != std::string_view::npos ||
                masked.find(value) == std::string::npos,
            "a masked text does not tell what was found");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const secret::ScanOptions options = {.key = 7, .binary = (input.byte() & kBinary) != 0};
  const auto path = kPaths[input.byte() % kPaths.size()];
  std::string text(input.rest());
  std::erase(text, '\x7f');
  const auto in_file = scan_twice(text, [&] { return secret::scan_file(path, text, options); });
  std::uint64_t last = 0;
  for (const auto& hit : in_file) {
    check_place(hit, text);
    require(hit.offset >= last, "hits stand in the order of the text");
    last = hit.offset;
  }
  scan_twice(text, [&] { return secret::scan_variable("DB_PASSWORD", text, options); });
  scan_twice(text, [&] { return secret::scan_variable("GREETING", text, options); });
  check_mask(text, scan_twice(text, [&] { return secret::scan_words(text, options); }));
  secret::masked_words(text);
  return 0;
}
