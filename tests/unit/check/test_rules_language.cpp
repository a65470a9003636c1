#include "tests/unit/check/checked.hpp"

#include <array>

using namespace crtune;
using namespace crtune::test;

TEST_CASE("rules of correctness tell of what they are for, and of nothing else") {
  static constexpr std::array kCases = {
      RuleCase{"DF401", "FROM a:1\nCOPY x\n", "FROM a:1\nCOPY x y\n"},
      RuleCase{"DF402", "FROM a:1\nRUNN x\n", "FROM a:1\nRUN x\n"},
      RuleCase{"DF403", "RUN x\nFROM a:1\n", "ARG V=1\nFROM a:$V\n"},
      RuleCase{"DF404", "FROM a:1\nCOPY --frob x y\n", "FROM a:1\nCOPY --parents --exclude=b x y\n"},
      RuleCase{"DF405", "FROM a:1 AS x\nFROM a:1 AS X\n", "FROM a:1 AS x\nFROM a:1 AS y\n"},
      RuleCase{"DF406", "FROM a:1 AS scratch\n", "FROM a:1 AS build\n"},
      RuleCase{"DF407", "FROM a:1 AS build\nFROM a:1\nCOPY --from=biuld /a /b\n",
               "FROM a:1 AS build\nFROM a:1\nCOPY --from=BUILD /a /b\nCOPY --from=0 /a /b\nCOPY "
               "--from=nginx:1 /a /b\n"},
      RuleCase{"DF408", "FROM a:1 AS x\nCOPY --from=x /a /b\n",
               "FROM a:1 AS x\nFROM a:1\nCOPY --from=x /a /b\n"},
      RuleCase{"DF409", "FROM a:1\nCMD [\"a\"]\nCMD [\"b\"]\n",
               "FROM a:1 AS x\nCMD [\"a\"]\nFROM x\nCMD [\"b\"]\n"},
      RuleCase{"DF410", "FROM a:1\nWORKDIR app\n", "FROM a:1\nARG D\nWORKDIR /app\nWORKDIR $D\n"},
      RuleCase{"DF411", "FROM a:1\nCOPY x app/\n", "FROM a:1\nWORKDIR /app\nCOPY x app/\n"},
      RuleCase{"DF412", "FROM a:1\nCOPY x y /app\n", "FROM a:1\nCOPY x y /app/\n"},
      RuleCase{"DF413", "FROM a:1\nEXPOSE 70000\n", "FROM a:1\nARG P\nEXPOSE 80/tcp 8000-8010 $P\n"},
      RuleCase{"DF414", "FROM a:1\nEXPOSE 80:8080\n", "FROM a:1\nEXPOSE 8080\n"},
      RuleCase{"DF415", "FROM a:1\nRUN x \\\n\n y\n", "FROM a:1\nRUN x \\\n# why\n y\n"},
      RuleCase{"DF416", "ARG VERSION=1\nFROM a:${VERSIN}\n",
               "ARG VERSION=1\nFROM --platform=$BUILDPLATFORM a:${VERSION}${X:-}\n"},
      RuleCase{"DF417", "ARG V\nFROM a:$V\n", "ARG V=1\nFROM a:$V\n"},
      RuleCase{"DF418", "ARG V=1\nFROM a:1\nENV X=$V\n",
               "ARG V=1\nFROM a:1\nARG V\nENV X=$V Y=${Z:-1} P=$PATH:/x\n"},
      RuleCase{"DF419", "FROM a:1\nENV A=1 B=$A\n", "FROM a:1\nENV A=1\nENV B=$A\n"},
      RuleCase{"DF420", "FROM a:1\nONBUILD ONBUILD RUN x\n", "FROM a:1\nONBUILD RUN x\n"},
      RuleCase{"DF421", "FROM --platform=linux/arm64 a:1\n", "FROM --platform=$BUILDPLATFORM a:1\n"},
      RuleCase{
          "DF422", "FROM a:1\nRUN apt-get install x\n",
          "FROM a:1\nRUN apt-get -qy install x && yum -y install y && zypper -n in z && dnf install -y w\n"},
      RuleCase{"DF423", "FROM a:1\nRUN apt install -y x\n", "FROM a:1\nRUN apt-get install -y x\n"},
      RuleCase{"DF424", "FROM debian:12\nRUN curl x | tar x\n",
               "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN curl x | tar x\n"},
      RuleCase{"DF425", "FROM a:1\nRUN service x start\n", "FROM a:1\nRUN make service\n"},
      RuleCase{"DF433", "FROM golang:1.26 AS b\nRUN go build -o /a .\nFROM scratch\nCOPY --from=b /a /a\n",
               "FROM golang:1.26 AS b\nENV CGO_ENABLED=0\nRUN go build -o /a .\nFROM scratch\nCOPY --from=b "
               "/a /a\n"},
      RuleCase{
          "DF434", "FROM scratch\nCOPY a /a\nCMD [\"/a\"]\n",
          "FROM scratch\nCOPY --from=b /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCMD [\"/a\"]\n"},
      RuleCase{"DF436", "FROM golang:1.26\nRUN GOARCH=arm64 go build .\n",
               "FROM golang:1.26\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build .\n"},
      RuleCase{"DF439", "FROM golang:1.26\nRUN go build cmd/main.go\n",
               "FROM golang:1.26\nRUN go build ./cmd\n"},
      RuleCase{"DF442", "FROM scratch\nCOPY a /a\nCMD [\"/a\"]\n",
               "FROM scratch\nCOPY --from=b /rootfs/ /\nCMD [\"/a\"]\n"},
      RuleCase{"DF443", "FROM a:1\nVOLUME /data\n", "FROM a:1\nWORKDIR /data\n"},
  };
  check_cases(kCases);
}

TEST_CASE("rules of reproducibility and style tell of what they are for, and of nothing else") {
  static constexpr std::array kCases = {
      RuleCase{"DF501", "FROM debian\n", "FROM debian:12 AS x\nFROM x\nFROM scratch\n"},
      RuleCase{"DF502", "FROM debian:latest\n", "FROM debian:12\n"},
      RuleCase{"DF503", "FROM debian:12\n", "FROM debian:12@sha256:0000\n"},
      RuleCase{"DF504", "FROM a:1\nRUN apt-get install -y x\n",
               "FROM a:1\nRUN apt-get install -y x=1.2 && apk add y~2\n"},
      RuleCase{"DF505", "FROM a:1\nRUN pip install flask\n",
               "FROM a:1\nRUN pip install -r requirements.txt && npm install -g x@1 && gem install y:2 && "
               "pip install .\n"},
      RuleCase{"DF506", "FROM a:1\nRUN go install x.y/z@latest\n", "FROM a:1\nRUN go install x.y/z@v1.2.3\n"},
      RuleCase{"DF507", "FROM a:1\nRUN apt-get upgrade -y\n", "FROM a:1\nRUN apt-get update\n"},
      RuleCase{"DF508", "FROM a:1\nRUN npm install\n",
               "FROM a:1\nRUN npm ci && yarn install --frozen-lockfile\n"},
      RuleCase{"DF601", "FROM a:1 AS Build\nFROM a:1\nCOPY --from=Build /a /b\n", "FROM a:1 AS build\n"},
      RuleCase{"DF602", "FROM a:1 as x\n", "from a:1 as x\n"},
      RuleCase{"DF603", "FROM a:1\nrun x\nRUN y\n", "from a:1\nrun x\n"},
      RuleCase{"DF604", "FROM a:1\nMAINTAINER A <a@b>\n", "FROM a:1\nLABEL a=b\n"},
      RuleCase{"DF605", "FROM a:1\nENV A b c\n", "FROM a:1\nENV A=\"b c\"\n"},
      RuleCase{"DF606", "FROM --platform=$TARGETPLATFORM a:1\n", "FROM --platform=$BUILDPLATFORM a:1\n"},
      RuleCase{"DF607", "FROM a:1\nEXPOSE 80/TCP\n", "FROM a:1\nEXPOSE 80/tcp\n"},
      RuleCase{"DF608", "FROM a:1\nRUN cd /x && make\n", "FROM a:1\nWORKDIR /x\nRUN make\n"},
      RuleCase{"DF609", "FROM a:1\nRUN wget http://x\n", "FROM a:1\nRUN wget -qO- http://x\n"},
      RuleCase{"DF610", "FROM a:1\nLABEL \"a b\"=c\n",
               "FROM a:1\nLABEL org.opencontainers.image.title=x a-b.c=d\n"},
      RuleCase{"DF611", "FROM a:1\nLABEL org.opencontainers.image.created=today\n",
               "FROM a:1\nLABEL org.opencontainers.image.created=2026-11-24T10:00:00Z "
               "org.opencontainers.image.licenses=Apache-2.0\n"},
      RuleCase{"DF612", "FROM a:1\nRUN ln -sf /bin/bash /bin/sh\n", "FROM a:1\nRUN ln -s /a /b\n"},
      RuleCase{"DF613", "FROM a:1\nCOPY a.tar.gz /\nRUN tar -xzf /a.tar.gz\n", "FROM a:1\nADD a.tar.gz /\n"},
      RuleCase{"DF614", "# check=experimental=all\n\n# the version\nARG V=1\nFROM a:$V\n",
               "# the version\nARG V=1\nFROM a:$V\n"},
  };
  check_cases(kCases);
}
