#include "tests/unit/check/checked.hpp"

using namespace crtune;
using namespace crtune::test;

TEST_CASE("what is safe is mended, and nothing else is touched") {
  const std::string before =
      "# syntax=docker/dockerfile:1\n# keep me\nfrom debian:12-slim as x\n"
      "RUN apt-get update \\\n  # why\n  && apt-get install --no-install-recommends a \\\n\n     b\nADD c "
      "/c\nCMD /c --x 'a b'\n";
  const std::string after =
      "# syntax=docker/dockerfile:1\n# keep me\nFROM debian:12-slim AS x\n"
      "RUN apt-get update \\\n  # why\n  && apt-get install -y --no-install-recommends a \\\n     b && rm "
      "-rf /var/lib/apt/lists/*\n"
      "COPY c /c\nCMD [\"/c\", \"--x\", \"a b\"]\n";
  CHECK(mended(before) == after);
  CHECK(mended(after) == after);
}

TEST_CASE("Windows line ends, heredocs and other escape characters stay") {
  CHECK(mended("# escape=`\r\nFROM debian:12-slim\r\nRUN a `\r\n\r\n  && b\r\nadd a C:\\\r\nUSER 1\r\n") ==
        "# escape=`\r\nFROM debian:12-slim\r\nRUN a `\r\n  && b\r\nCOPY a C:\\\r\nUSER 1\r\n");
  const std::string heredoc =
      "FROM debian:12-slim\nRUN <<EOF\nset -e\napt-get update\napt-get install --no-install-recommends -y "
      "a\nEOF\nUSER 1\n";
  CHECK(mended(heredoc) ==
        "FROM debian:12-slim\nRUN <<EOF\nset -e\napt-get update\napt-get install --no-install-recommends -y "
        "a\nrm -rf /var/lib/apt/lists/*\nEOF\nUSER 1\n");
}

TEST_CASE("edits that rest on a fact are made only when asked for") {
  const std::string text = "FROM debian:12-slim\nCMD [\"/a\"]\n";
  CHECK(mended(text) == text);
  CHECK(mended(text, check::Safety::unsafe) == "FROM debian:12-slim\nUSER 65532:65532\nCMD [\"/a\"]\n");
}

TEST_CASE("a build argument with a secret becomes a secret mount") {
  CHECK(mended("FROM a:1\nARG API_TOKEN\nRUN curl -H $API_TOKEN x\nUSER 1\n", check::Safety::unsafe) ==
        "FROM a:1\nRUN --mount=type=secret,id=api_token,env=API_TOKEN curl -H $API_TOKEN x\nUSER 1\n");
}

TEST_CASE("the mode of a copied file goes into its COPY") {
  CHECK(mended("FROM a:1\nCOPY app /app\nRUN chmod 0755 /app\nUSER 1\n") ==
        "FROM a:1\nCOPY --chmod=0755 app /app\nUSER 1\n");
}

TEST_CASE("accepted findings are not mended") {
  const std::string text = "FROM a:1\n# hadolint ignore=DL3020\nADD x /x\n";
  CHECK(mended(text) == text);
}

TEST_CASE("commands that need a shell keep it") {
  for (const std::string line :
       {"CMD /a $PORT", "CMD a && b", "CMD a > b", "CMD X=1 a", "CMD cd /x", "CMD a *.txt", "CMD a; b"}) {
    const std::string text = "FROM debian:12-slim\nUSER 1\n" + line + "\n";
    CHECK(mended(text) == text);
  }
}

TEST_CASE("files that a builder refuses are told of and left in peace") {
  for (const std::string text :
       {"", "\n", "RUN", "FROM", "FROM a b c d\n", "COPY <<E\n", "ENV\n", "\\\n", "ONBUILD ONBUILD ONBUILD\n",
        "FROM ${A:-${B:-${C\n", "CMD [1]\n", "ARG =x\nFROM $\nRUN ((((\n"}) {
    CAPTURE(text);
    const std::string once = mended(text, check::Safety::unsafe);
    CHECK(mended(once, check::Safety::unsafe) == once);
  }
}
