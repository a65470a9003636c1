#include "tests/support/surveyed_image.hpp"

#include <doctest/doctest.h>

namespace crtune {

using model::Severity;

TEST_CASE("set-uid programs are the user's warning and the base image's fact") {
  test::SurveyedImage image = {.layers = {{{"usr/bin/su", "x", 04755}, {"usr/bin/wall", "x", 02755}},
                                          {{"usr/bin/sudo", "x", 04755},
                                           {"app/data", "x", 04644},    // nobody can run it
                                           {"srv/shared/", "", 02775},  // a folder: new files get its group
                                           {"app/server", "x", 0755}}}};
  image.config.history = {{.created_by = "base"}, {.created_by = "RUN apt-get install -y sudo"}};
  image.base_layers = 1;
  const auto found = image.findings("IMG402");
  REQUIRE(found.size() == 2);
  CHECK(found[0].severity == Severity::warning);
  CHECK(found[0].path == "/usr/bin/sudo");
  CHECK(found[0].fix == "RUN apt-get install -y sudo && chmod a-s /usr/bin/sudo");
  CHECK(found[1].severity == Severity::info);
  CHECK(found[1].message.find("/usr/bin/su, /usr/bin/wall") != std::string::npos);
}

TEST_CASE("what everybody may write to is found, and /tmp is not") {
  test::SurveyedImage image = {.layers = {{{"tmp/", "", 01777},
                                           {"app/server", "x", 0777},
                                           {"app/data/", "", 0777},
                                           {"app/link -> server", "", 0777},
                                           {"app/plain", "x", 0775}}}};
  image.config.history = {{.created_by = "COPY . /app"}};
  const auto found = image.findings("IMG403");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.find("1 files and 1 folders") != std::string::npos);
  CHECK(found[0].fix == "COPY --chmod=u=rwX,go=rX . /app");
  image.config.history = {{.created_by = "RUN chmod -R 777 /app"}};
  CHECK(image.findings("IMG403")[0].fix == "RUN chmod -R 755 /app");
  image.base_layers = 1;
  CHECK(image.findings("IMG403").empty());
}

TEST_CASE("ways to log in are found, locked accounts and public keys are none") {
  const auto found = [](const std::string& path, const std::string& content) {
    return test::SurveyedImage{.layers = {{{path, content}}}}.findings("IMG404");
  };
  CHECK(found("etc/ssh/ssh_host_rsa_key", "x").size() == 1);
  CHECK(found("etc/ssh/ssh_host_rsa_key.pub", "x").empty());
  CHECK(found("etc/ssh/ssh_host_rsa_key", "").empty());
  REQUIRE(found("root/.ssh/authorized_keys", "ssh-ed25519 AAAA").size() == 1);
  CHECK(found("root/.ssh/authorized_keys", "ssh-ed25519 AAAA")[0].severity == Severity::info);
  CHECK(found("etc/shadow", "root:*:19000:0:99999:7:::\nbin:!:1::::::\nx:!!:1::::::\n").empty());
  const auto shadow = found("etc/shadow", "daemon:*:1::::::\nroot:$6$salt$abcdefgh:19000:0:99999:7:::\n");
  REQUIRE(shadow.size() == 1);
  CHECK(shadow[0].message.find("root") != std::string::npos);
  CHECK(shadow[0].message.find("abcdefgh") == std::string::npos);
  CHECK(found("etc/shadow", "root::19000:0:99999:7:::\n").size() == 1);
  CHECK(found("app/shadow", "root::19000:0:99999:7:::\n").empty());
}

TEST_CASE("a secret in a file that a package brings is told more quietly, whichever manager brought it") {
  const std::string key =
      "k = AKIA"
      "QYLPMN5HHHFPZAM2\nsecret = wJal"
      "rXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzKEYq\n";
  const auto severity = [&](const std::string& list, const std::string& content) {
    const auto found =
        test::SurveyedImage{.layers = {{{"opt/vendor/keys.ini", key}, {list, content}}}}.findings("SEC106");
    REQUIRE(found.size() == 1);
    return found[0].severity;
  };
  const Severity alone = severity("app/x", "");
  CHECK(alone >
        severity("var/lib/dpkg/info/vendor:amd64.list", "/.\n/opt\n/opt/vendor\n/opt/vendor/keys.ini\n"));
  CHECK(alone > severity("lib/apk/db/installed", "P:vendor\nF:opt/vendor\nR:keys.ini\nZ:Q1\n"));
  CHECK(alone > severity("var/lib/dpkg/status.d/vendor.md5sums",
                         "d41d8cd98f00b204e9800998ecf8427e  opt/vendor/keys.ini\n"));
  CHECK(alone == severity("var/lib/dpkg/info/vendor.list", "/opt/vendor/keys.in\n"));
}

}  // namespace crtune
