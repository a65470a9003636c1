#include "tests/unit/check/checked.hpp"

#include <array>

using namespace crtune;
using namespace crtune::test;

TEST_CASE("rules of size and start tell of what they are for, and of nothing else") {
  static constexpr std::array kCases = {
      RuleCase{"DF101", "FROM golang:1.26\nCMD [\"a\"]\n",
               "FROM golang:1.26 AS b\nFROM scratch\nCMD [\"a\"]\n"},
      RuleCase{"DF102", "FROM debian:12-slim\nCOPY . .\n",
               "FROM golang:1.26 AS b\nCOPY . .\nFROM scratch\nCOPY --from=b /out/app /app\n"},
      RuleCase{"DF103", "FROM golang:1.26\nRUN go build -o /a .\n",
               "FROM golang:1.26\nRUN go build -trimpath -ldflags='-s -w -X a=b' -o /a .\n"},
      RuleCase{"DF104", "FROM debian:12-slim\nCOPY app /app\nRUN chmod 755 /app\n",
               "FROM debian:12-slim\nCOPY app /app\nRUN chmod 755 /other\n"},
      RuleCase{
          "DF105", "FROM debian:12-slim\nRUN apt-get update && apt-get install -y x\n",
          "FROM debian:12-slim\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n"},
      RuleCase{"DF106", "FROM debian:12-slim\nRUN apt-get install -y x\n",
               "FROM debian:12-slim\nRUN apt-get install -y --no-install-recommends x\n"},
      RuleCase{"DF107", "FROM alpine:3.22\nRUN apk add x\n",
               "FROM alpine:3.22\nRUN --mount=type=cache,target=/var/cache/apk apk add x\n"},
      RuleCase{"DF108", "FROM fedora:43\nRUN dnf install -y x\n",
               "FROM fedora:43\nRUN dnf install -y x && dnf clean all\n"},
      RuleCase{"DF109", "FROM python:3.13-slim\nRUN pip install x==1\n",
               "FROM python:3.13-slim\nENV PIP_NO_CACHE_DIR=1\nRUN python3 -m pip install x==1\n"},
      RuleCase{"DF110", "FROM node:24-slim\nRUN yarn install\n",
               "FROM node:24-slim\nRUN yarn install && yarn cache clean\n"},
      RuleCase{"DF111", "FROM debian:12-slim\nRUN useradd -u 1000000 app\n",
               "FROM debian:12-slim\nRUN useradd -l -u 1000000 app\n"},
      RuleCase{"DF112", "FROM debian:12-slim\nRUN a\nRUN b\n",
               "FROM debian:12-slim\nRUN a\nCOPY b /b\nRUN c\n"},
      RuleCase{"DF113", "FROM debian:12-slim\nRUN wget x && curl y\n",
               "FROM debian:12-slim\nRUN curl x && curl y\n"},
      RuleCase{"DF114", "FROM debian:12 AS b\nFROM alpine:3\nCOPY --from=b / /\n",
               "FROM debian:12 AS b\nFROM scratch\nCOPY --from=b / /\n"},
      RuleCase{"DF115", "FROM node:24-slim\nRUN npm ci\n",
               "FROM node:24-slim\nENV NODE_ENV=production\nRUN npm ci\n"},
      RuleCase{"DF201", "FROM debian:12-slim\nCMD app --x\n", "FROM debian:12-slim\nCMD [\"app\"]\n"},
      RuleCase{"DF202", "FROM node:24-slim\nCMD [\"npm\", \"start\"]\n",
               "FROM node:24-slim\nCMD [\"node\", \"a.js\"]\n"},
      RuleCase{"DF203", "FROM debian:12-slim\nHEALTHCHECK CMD a\n",
               "FROM debian:12-slim\nHEALTHCHECK NONE\n"},
      RuleCase{"DF204", "FROM python:3.13-slim\nCMD python manage.py migrate && gunicorn a\n",
               "FROM python:3.13-slim\nCMD [\"gunicorn\", \"a\"]\n"},
      RuleCase{"DF205", "FROM python:3.13-slim\nENV PYTHONDONTWRITEBYTECODE=1\n",
               "FROM python:3.13-slim\nENV PYTHONDONTWRITEBYTECODE=1\nRUN python -m compileall -q .\n"},
      RuleCase{"DF206", "FROM eclipse-temurin:21-jre\nCMD [\"java\", \"-jar\", \"a.jar\"]\n",
               "FROM eclipse-temurin:21-jre\nCMD [\"java\", \"-XX:SharedArchiveFile=a.jsa\", \"-jar\", "
               "\"a.jar\"]\n"},
      RuleCase{"DF209", "FROM python:3.13-slim\nCMD [\"gunicorn\", \"-b\", \"127.0.0.1:8080\", \"a\"]\n",
               "FROM python:3.13-slim\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8080\", \"a\"]\n"},
      RuleCase{"DF211", "FROM a:1\nSTOPSIGNAL SIGQUIT\n", "FROM a:1\nSTOPSIGNAL SIGTERM\n"},
      RuleCase{"DF212", "FROM node:24-slim\nCOPY --from=x /node_modules /app/node_modules\n",
               "FROM node:24-slim\nCOPY --from=x /dist /app\n"},
  };
  check_cases(kCases);
}

TEST_CASE("rules of security tell of what they are for, and of nothing else") {
  static constexpr std::array kCases = {
      RuleCase{"DF301", "FROM a:1\nUSER 1\nUSER root\n", "FROM a:1\nUSER root\nUSER 1\n"},
      RuleCase{"DF302", "FROM debian:12-slim\nCMD [\"a\"]\n",
               "FROM gcr.io/distroless/static-debian12:nonroot\nCMD [\"a\"]\n"},
      RuleCase{"DF303", "FROM a:1\nUSER app\n", "FROM a:1\nUSER 1000:1000\n"},
      RuleCase{"DF304", "FROM a:1\nRUN sudo make\n", "FROM a:1\nRUN apt-get install -y sudo\n"},
      RuleCase{"DF305", "FROM a:1\nADD x /x\n", "FROM a:1\nADD x.tar.gz /x\nADD https://x/y /y\n"},
      RuleCase{"DF306", "FROM a:1\nARG API_TOKEN\nRUN curl -H $API_TOKEN x\n",
               "FROM a:1\nARG TOKEN_FILE=/run/x\nENV AUTH_MODE=oidc KMS_KEY_ALIAS=a\nRUN cat $TOKEN_FILE\n"},
      RuleCase{"DF308", "FROM a:1\nRUN curl -fsSL x | bash\n", "FROM a:1\nRUN curl -fsSL x | tar xz\n"},
      RuleCase{"DF309", "FROM a:1\nADD https://x/y /y\n",
               "FROM a:1\nADD --checksum=sha256:aa https://x/y /y\nADD https://github.com/a/b.git#v1 /c\n"},
      RuleCase{"DF312", "FROM a:1\nRUN chmod 4755 /a\n", "FROM a:1\nRUN chmod 0755 /a && chmod 1777 /tmp\n"},
      RuleCase{"DF313", "FROM a:1\nRUN --security=insecure x\n", "FROM a:1\nRUN --network=none x\n"},
  };
  check_cases(kCases);
}

TEST_CASE("an image of another registry is told of where some are trusted") {
  const check::Surroundings around = {.context = nullptr,
                                      .project = nullptr,
                                      .project_folder = {},
                                      .service = nullptr,
                                      .trusted_registries = {"gcr.io"}};
  CHECK(found_by("DF311", "FROM debian:12\n", around).size() == 1);
  CHECK(found_by("DF311", "FROM gcr.io/a/b:1 AS x\nFROM x\nCOPY --from=x /a /b\n", around).empty());
  CHECK(found_by("DF311", "FROM debian:12\n").empty());
}

TEST_CASE("a secret in the text is told of, and its value is nowhere") {
  const std::string key = "AKIA" + std::string("QYLPMN5HFIQR7XYA");
  const std::string secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYzzQQQAAABBBB";
  const std::string text =
      "FROM a:1\nENV AWS_SECRET_ACCESS_KEY=" + secret + "\nRUN login --password=" + secret + " " + key + "\n";
  const auto document = read_dockerfile(text);
  const auto checked = check::check_dockerfile(document, "Dockerfile", {});
  bool told = false;
  for (const auto& found : checked.findings) {
    told = told || found.finding.rule == "DF306" || found.finding.rule == "DF310";
    for (const auto* shown : {&found.finding.message, &found.finding.fix, &found.finding.instruction})
      CHECK(shown->find(secret) == std::string::npos);
  }
  CHECK(told);
  CHECK(checked.text.find(secret) == std::string::npos);
  CHECK(checked.text.size() == text.size());
}
