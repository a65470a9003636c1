// Every rule finds what is planted, wherever it stands, and no hit shows any of it.
#include "core/secret/scan.hpp"
#include "tests/unit/secret/planted.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace crtune::secret;
using namespace crtune::secret::test;
using crtune::model::SecretHit;

namespace {

bool has_rule(const std::vector<SecretHit>& hits, const std::string& rule) {
  return std::any_of(hits.begin(), hits.end(), [&rule](const SecretHit& hit) { return hit.rule == rule; });
}

// Whether six or more neighbouring characters of the value stand in the text of a hit.
bool shows(const SecretHit& hit, const std::string& value) {
  const std::string told = hit.rule + " " + hit.what;
  for (std::size_t i = 0; i + 6 <= value.size(); ++i)
    if (told.find(value.substr(i, 6)) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("planted secrets are found in all surroundings") {
  std::size_t planted = 0;
  std::size_t found = 0;
  std::set<std::string> rules_seen;
  for (unsigned seed = 1; seed <= 2; ++seed) {
    for (const Surrounding& place : surroundings()) {
      for (const Planted& secret : Maker(seed).all()) {
        const std::string text = place.plant(secret.text);
        const auto hits = scan_file(place.path, text, {seed, false});
        ++planted;
        const bool is_found = has_rule(hits, secret.rule);
        found += is_found ? 1U : 0U;
        if (!is_found) MESSAGE(secret.rule << " is missed in: " << place.name);
        if (is_found) rules_seen.insert(secret.rule);
        CHECK_MESSAGE(hits.size() <= 1, secret.rule << " is told more than once in: " << place.name);
        for (const SecretHit& hit : hits) {
          CHECK_FALSE(shows(hit, secret.value));
          CHECK(hit.offset + hit.length <= text.size());
          CHECK(hit.severity != crtune::model::Severity::info);
        }
      }
    }
  }
  MESSAGE(found << " of " << planted << " found");
  CHECK(planted >= 300);
  CHECK(found * 100 >= planted * 98);
  CHECK(rules_seen.size() == 17);  // the others go by the file's name, see test_rules.cpp
}

TEST_CASE("a changed secret is none") {
  // One character of a checked token, of a key's length, of an AWS id.
  for (const Planted& secret : Maker(3).all()) {
    if (secret.rule != "SEC107" && secret.rule != "SEC109") continue;
    std::string text = secret.text;
    if (text.size() != 40) continue;
    text[10] = text[10] == 'x' ? 'y' : 'x';
    CHECK(scan_file("app/a", text, {}).empty());
  }
  std::string key = Maker(3).rsa_key("");
  key.erase(100, 4);  // the DER length no longer fits
  CHECK(scan_file("app/a", key, {}).empty());
  for (const Planted& secret : Maker(4).all()) {
    // URLs and JSON bring their own borders.
    if (secret.rule == "SEC101" || secret.rule == "SEC119" || secret.rule == "SEC111") continue;
    if (secret.text.find('\n') != std::string::npos) continue;
    CHECK_MESSAGE(scan_file("app/a", "word" + secret.text, {}).size() == (secret.rule == "SEC116" ? 1U : 0U),
                  secret.rule);
    if (secret.text.size() < 100)
      CHECK_MESSAGE(scan_file("app/a", secret.text.substr(0, 18), {}).empty(), secret.rule);
  }
}

TEST_CASE("place, line, column and fingerprint") {
  const std::string token = Maker(1).with_checksum(glued({"gh", "p_"}), 30);
  const std::string text =
      "a\nbb " + token + "\n" + token + "\n" + Maker(2).with_checksum(glued({"gh", "p_"}), 30);
  const auto hits = scan_file("app/a", text, {7, false});
  REQUIRE(hits.size() == 2);  // the same value counts once
  CHECK(hits[0].line == 2);
  CHECK(hits[0].column == 4);
  CHECK(hits[0].offset == 5);
  CHECK(hits[0].length == 40);
  CHECK(hits[1].line == 4);
  CHECK(hits[0].fingerprint != hits[1].fingerprint);
  CHECK(scan_file("x", token, {7, false})[0].fingerprint == hits[0].fingerprint);
  CHECK(scan_file("x", token, {8, false})[0].fingerprint != hits[0].fingerprint);
}
