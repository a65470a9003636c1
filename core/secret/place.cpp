#include "core/secret/place.hpp"

#include "core/secret/characters.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace crtune::secret {
namespace {

using model::Severity;

constexpr std::array<std::string_view, 30> kTestWords = {
    "test",      "tests",    "testing",  "testdata",  "testcert", "testcerts", "testsuite", "testutil",
    "testutils", "selftest", "unittest", "unittests", "spec",     "specs",     "fixture",   "fixtures",
    "example",   "examples", "sample",   "samples",   "demo",     "demos",     "mock",      "mocks",
    "doc",       "docs",     "man",      "tutorial",  "bench",    "fuzz"};
constexpr std::array<std::string_view, 8> kDocEndings = {".md",   ".rst",  ".adoc", ".pod",
                                                         ".info", ".html", ".htm",  ".txt.gz"};
constexpr std::array<std::string_view, 10> kClientFolders = {
    "static", "public", "assets", "dist", "www", "html", "client", "browser", "webapp", "htdocs"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Calls `visit` with each run of letters of the path, in lower case, until it returns true.
template <class Visit>
bool any_word(std::string_view path, Visit visit) {
  std::string word;
  for (std::size_t i = 0; i <= path.size(); ++i) {
    if (i < path.size() && is(path[i], kLetter)) {
      word += lower(path[i]);
      continue;
    }
    if (!word.empty() && visit(word)) return true;
    word.clear();
  }
  return false;
}

template <std::size_t N>
bool ends_with_any(std::string_view text, const std::array<std::string_view, N>& endings) {
  return std::any_of(endings.begin(), endings.end(), [text](auto ending) { return text.ends_with(ending); });
}

bool is_test_word(std::string_view word) {
  constexpr std::array<std::string_view, 5> kOthers = {"latest", "attest", "contest", "protest", "greatest"};
  return is_one_of(kTestWords, word) || word.starts_with("test") || word.starts_with("dummy") ||
         word.starts_with("snakeoil") || word.starts_with("benchmark") ||
         (word.ends_with("test") && !is_one_of(kOthers, word));
}

Severity one_lower(Severity severity) {
  return severity == Severity::error ? Severity::warning : Severity::info;
}

}  // namespace

std::string_view base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_test_or_doc(std::string_view path) {
  return ends_with_any(path, kDocEndings) || any_word(path, is_test_word);
}

bool is_client_side(std::string_view path) {
  constexpr std::array<std::string_view, 9> kAlways = {".html",
                                                       ".htm",
                                                       ".css",
                                                       ".map",
                                                       ".min.js",
                                                       ".bundle.js",
                                                       "google-services.json",
                                                       "GoogleService-Info.plist",
                                                       ".svg"};
  constexpr std::array<std::string_view, 3> kScripts = {".js", ".mjs", ".json"};
  if (ends_with_any(path, kAlways)) return true;
  return ends_with_any(path, kScripts) &&
         any_word(path, [](const std::string& word) { return is_one_of(kClientFolders, word); });
}

Severity severity_at(std::string_view path, Rule rule, Severity usual) {
  if (path.empty()) return usual;
  if (rule == Rule::google_api_key && is_client_side(path)) return Severity::info;
  if (!is_test_or_doc(path)) return usual;
  // These shapes are as easy to make up as to copy; the others carry proof that a provider issued them.
  const bool is_made_up = rule == Rule::private_key || rule == Rule::url_password || rule == Rule::aws_key ||
                          rule == Rule::credential_file || rule == Rule::named_value;
  return is_made_up ? Severity::info : one_lower(usual);
}

}  // namespace crtune::secret
