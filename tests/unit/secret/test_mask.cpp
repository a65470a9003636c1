// Texts that are shown without the secrets in them.
#include "core/secret/mask.hpp"
#include "core/secret/scan.hpp"

#include <doctest/doctest.h>

using namespace crtune::secret;

namespace {

const std::string kPassword =
    "Tr0ub"
    "4dor&x9";

}  // namespace

TEST_CASE("a value is masked wherever it stands") {
  CHECK(masked_words("run --password " + kPassword + " -u shop") == "run --password *** -u shop");
  CHECK(masked_words("run --password " + kPassword + " --password=" + kPassword +
                     " -X main.key=" + kPassword) == "run --password *** --password=*** -X main.key=***");
  CHECK(masked_words("echo " + kPassword + "; export DB_PASSWORD=" + kPassword) ==
        "echo ***; export DB_PASSWORD=***");
  CHECK(masked_words("ls -l") == "ls -l");
}

TEST_CASE("words are masked by the words before them, and each time") {
  std::vector<std::string> words = {"app", "--password", kPassword, "--again=" + kPassword, ""};
  mask_words(words);
  CHECK(words == std::vector<std::string>{"app", "--password", "***", "--again=***", ""});
}

TEST_CASE("hits that overlap or lie outside") {
  const auto hit = [](std::uint64_t offset, std::uint64_t length) {
    crtune::model::SecretHit one;
    one.offset = offset;
    one.length = length;
    return one;
  };
  const std::vector<crtune::model::SecretHit> hits = {hit(2, 3), hit(4, 4), hit(9, 5), hit(~0ULL, 2)};
  CHECK(masked("abcdefghij", hits) == "ab***ij");
}
