// What each rule says yes and no to.
#include "core/secret/scan.hpp"
#include "tests/unit/secret/planted.hpp"

#include <doctest/doctest.h>

#include <ctime>

using namespace crtune::secret;
using namespace crtune::secret::test;
using crtune::model::SecretHit;

namespace {

// "SEC105 error", the hits of a file joined by ", ".
std::string told(const std::vector<SecretHit>& hits) {
  std::string out;
  for (const SecretHit& hit : hits)
    out +=
        (out.empty() ? "" : ", ") + hit.rule + " " + std::string(crtune::model::severity_word(hit.severity));
  return out;
}
std::string in_file(std::string_view path, std::string_view text) {
  return told(scan_file(path, text, {}));
}
std::string in_words(std::string_view text) {
  return told(scan_words(text, {}));
}
std::string in_variable(std::string_view name, std::string_view value) {
  return told(scan_variable(name, value, {}));
}

const std::string strong_password = glued({"Tr0ub", "4dor&x9"});

}  // namespace

TEST_CASE("the table of rules") {
  REQUIRE(rules().size() == 20);
  for (std::size_t i = 0; i < rules().size(); ++i) {
    CHECK(rules()[i].id == "SEC" + std::to_string(101 + i));
    CHECK_FALSE(rules()[i].why.empty());
    CHECK_FALSE(rules()[i].fix.empty());
  }
}

TEST_CASE("private keys") {
  Maker make(5);
  CHECK(in_file("app/k.pem", make.rsa_key("")) == "SEC105 error");
  CHECK(in_file("app/k.pem", make.private_key("ENCRYPTED ", std::string_view("\x02\x01\x00", 3))) ==
        "SEC105 warning");
  CHECK(in_file("app/k.pem",
                make.private_key("OPENSSH ", std::string_view("openssh-key-v1\0\0\0\0\12aes256-ctr", 29))) ==
        "SEC105 warning");
  CHECK(in_file("app/k.pem", make.private_key("OPENSSH ", "something else that is long enough")).empty());
  CHECK(in_file("app/testdata/k.pem", make.rsa_key("")) == "SEC105 info");
  CHECK(in_file("app/k.pem",
                glued({"-----BEGIN PRIVATE", " KEY-----\nMIIEvQ...\n-----END PRIVATE", " KEY-----\n"}))
            .empty());
  CHECK(in_file("app/k.pem", make.rsa_key("PUBLIC-")) == "SEC105 error");
  std::string joined = "const k = \"";
  for (const char c : make.rsa_key("RSA "))
    joined += c == '\n' ? std::string("\\n\" +\n\t\"") : std::string(1, c);
  CHECK(in_file("app/k.go", joined + "\"") == "SEC105 error");
  CHECK(told(scan_file("app/server", std::string(100, '\0') + make.rsa_key(""), {0, true})) ==
        "SEC105 error");
}

TEST_CASE("keys of AWS are errors with their secret") {
  Maker make(6);
  const std::string id = glued({"AK", "IA"}) + make.some(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
  const std::string secret = make.alnum(39) + "/";
  CHECK(in_file("app/c", id) == "SEC106 warning");
  CHECK(in_file("app/c", "id=" + id + "\nsecret = \"" + secret + "\"\n") == "SEC106 error");
  CHECK(in_file("app/c", "id=" + id + "\nsha=" + make.some(40, "0123456789abcdef")) == "SEC106 warning");
  CHECK(in_file("app/c", glued({"AK", "IA", "IOSFODNN7", "EXAMPLE"})).empty());
  CHECK(in_file("root/.aws/credentials", "[default]\naws_secret_access_key = " + secret + "\n") ==
        "SEC118 error");
  CHECK(told(scan_file("app/server", id, {0, true})).empty());
}

TEST_CASE("credential files") {
  CHECK(in_file("root/.netrc", "machine github.com login me password " + strong_password + "\n") ==
        "SEC118 error");
  CHECK(in_file("root/.netrc", "machine github.com login me password <token>\n").empty());
  CHECK(in_file("root/.pypirc", "[pypi]\nusername = me\npassword = " + strong_password + "\n") ==
        "SEC118 error");
  CHECK(in_file("root/.pgpass", "db:5432:shop:me:" + strong_password + "\n#a:b:c:d:efghijk9\n") ==
        "SEC118 error");
  CHECK(in_file("root/.git-credentials", "https://me:" + strong_password + "@github.com\n") ==
        "SEC118 error");
  CHECK(in_file("root/.kube/config", "users:\n- user:\n    token: " + Maker(1).alnum(40) + "\n") ==
        "SEC118 error");
  CHECK(in_file("root/.kube/config", "    client-key-data: " + Maker(1).base64_of(Maker(2).rsa_key("RSA ")) +
                                         "\n") == "SEC105 error");
  CHECK(in_file("root/.npmrc", glued({"//registry.npmjs.org/:_auth", "Token="}) + Maker(1).alnum(36) +
                                   "\n") == "SEC109 error");
  CHECK(in_file("root/.npmrc", glued({"//registry.npmjs.org/:_auth", "Token=${NPM_TOKEN}\n"})).empty());
  const std::string login = Maker(1).base64_of("me:" + strong_password);
  CHECK(in_file("root/.docker/config.json", R"({"auths":{"ghcr.io":{"auth":")" + login + R"("}}})") ==
        "SEC117 error");
  CHECK(in_file("root/.docker/config.json", R"({"auths": {"ghcr.io": {}}, "credsStore": "gcloud"})").empty());
  CHECK(in_file("root/.docker/config.json", R"({"auths":{"ghcr.io":{"auth":"bm90aGluZw=="}}})").empty());
  CHECK(in_file("root/.dockercfg", R"({"ghcr.io": {"auth": ")" + login + R"("}})") == "SEC117 error");
  CHECK(told(scan_file("root/.config/gcloud/credentials.db", "SQLite format 3 … refresh_token …",
                       {0, true})) == "SEC102 error");
  CHECK(in_file("app/.env", "# A_TOKEN=no\r\nDB_PASSWORD=" + strong_password + "\r\nDEBUG=1\r\n") ==
        "SEC120 error");
  CHECK(in_file("app/config.txt", "DB_PASSWORD=" + strong_password)
            .empty());  // no rule goes by names in any file
}

TEST_CASE("passwords in URLs") {
  const std::string url = "https://me:" + strong_password;
  CHECK(in_file("app/c", "x " + url + "@git.corp/x") == "SEC119 warning");
  CHECK(in_words("git clone " + url + "@git.corp/x") == "SEC119 error");
  CHECK(in_file("app/c", "https://me:hunter2x@example.com/").empty());
  CHECK(in_file("app/c", "https://user:password@git.corp/ https://me:$PASS123@git.corp/ http://a/b:c@d")
            .empty());
  CHECK(in_file("app/c",
                "https://me:%s@git.corp/ postgres://postgres:postgres@db/ https://me:<token>@git.corp/")
            .empty());
  const std::string token = Maker(1).with_checksum(glued({"gh", "p_"}), 30);
  CHECK(in_words("git clone https://x-access-token:" + token + "@github.com/a/b") == "SEC107 error");
}

TEST_CASE("variables that are secret by name") {
  CHECK(in_variable("DB_PASSWORD", strong_password) == "SEC120 error");
  CHECK(in_variable("dbPassword", strong_password) == "SEC120 error");
  CHECK(in_variable("PRIMARY_KEY", "customer_id").empty());
  CHECK(in_variable("GPG_KEY", Maker(1).some(40, "0123456789ABCDEF")).empty());
  CHECK(in_variable("PUBLIC_API_KEY", Maker(1).alnum(30)).empty());
  CHECK(in_variable("API_KEY", Maker(1).alnum(30)) == "SEC120 error");
  CHECK(in_variable("PASSWORD_FILE", "/run/secrets/password").empty());
  CHECK(in_variable("DB_PASSWORD", "/run/secrets/password").empty());
  CHECK(in_variable("DB_PASSWORD", "${DB_PASSWORD}").empty());
  CHECK(in_variable("DB_PASSWORD", "changeme123").empty());
  CHECK(in_variable("AUTH_SECRET", "projects/1/secrets/a/versions/1").empty());
  CHECK(in_variable("MONKEY", Maker(1).alnum(30)).empty());
  CHECK(in_variable("PATH", "/usr/bin").empty());
  CHECK(in_variable("PYTHON_SHA256", Maker(1).some(64, "0123456789abcdef")).empty());
  CHECK(in_variable("GOOGLE_KEY", glued({"AI", "za", "Sy"}) + Maker(1).alnum(33)) == "SEC103 error");
  const auto hits = scan_variable("DB_PASSWORD", strong_password, {});
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].what == "a value that is secret by its name (DB_PASSWORD)");
}

TEST_CASE("history rows, command lines and flags of the linker") {
  CHECK(in_words("|1 NPM_TOKEN=" + Maker(1).alnum(36) + " /bin/sh -c npm ci # buildkit") == "SEC120 error");
  CHECK(in_words("ENV DB_PASSWORD=" + strong_password) == "SEC120 error");
  CHECK(in_words("RUN /bin/sh -c curl -H \"Authorization: Bearer " + Maker(1).alnum(40) + "\" https://x/") ==
        "SEC120 error");
  CHECK(in_words(R"(["app","--db-password",")" + strong_password + R"("])") == "SEC120 error");
  CHECK(in_words("-X main.version=1.2.3 -X 'main.apiKey=" + Maker(1).alnum(32) + "' -s -w") ==
        "SEC120 error");
  CHECK(in_words("RUN --mount=type=secret,id=npm_token npm ci").empty());
  CHECK(in_words("ARG NPM_TOKEN").empty());
  CHECK(in_words("RUN gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys \"$GPG_KEY\"").empty());
  CHECK(in_words("RUN echo \"$PASSWORD\" | docker login --password-stdin registry.example.com").empty());
}

TEST_CASE("where a file stands changes the severity") {
  const std::string key = glued({"AI", "za", "Sy"}) + Maker(1).alnum(33);
  CHECK(in_file("app/config.yaml", key) == "SEC103 error");
  CHECK(in_file("app/static/main.js", key) == "SEC103 info");
  CHECK(in_file("usr/share/doc/x/README", key) == "SEC103 warning");
  CHECK(in_file("app/latest/config", key) == "SEC103 error");
}

TEST_CASE("texts and other bytes") {
  const auto text = [](std::string_view head) { return is_text(std::as_bytes(std::span<const char>(head))); };
  CHECK(text("hello\r\n\tworld"));
  CHECK(text("grüße"));
  CHECK_FALSE(text(""));
  CHECK_FALSE(text(std::string_view("a\0b", 3)));
  CHECK_FALSE(text(std::string_view("\xFF\xFEz\0", 4)));
  CHECK_FALSE(text("\x01\x02\x03\x04 abc"));
}

TEST_CASE("hostile texts take linear time") {
  constexpr std::size_t kSize = 1024 * 1024;
  const std::string body(100, 'A');
  for (const std::string& piece : {(glued({"AI", "za"})),
                                   (glued({" AI", "za"})),
                                   std::string("://"),
                                   std::string("://a:b"),
                                   std::string("-----BEGIN"),
                                   (glued({"-----BEGIN PRIVATE", " KEY-----\n"})),
                                   std::string("\""),
                                   std::string("\"auths\":{"),
                                   (glued({"gl", "pat-"})),
                                   (glued({"T3Blbk", "FJ"})),
                                   (glued({"LS0tLS1", "CRUdJTi"})),
                                   std::string("eyJ0eXBl "),
                                   (glued({"ya", "29."})),
                                   std::string("authorized_user\""),
                                   std::string("\"client_secret"),
                                   std::string("KEY=\""),
                                   std::string("TOKEN='a "),
                                   std::string("--token "),
                                   std::string("a="),
                                   std::string("="),
                                   std::string("\\"),
                                   std::string("authorization:"),
                                   glued({"AK", "IA", "ABCDEFGH234567ZY "}) + body,
                                   (glued({"xo", "xb-1-"})),
                                   std::string("\n"),
                                   std::string("_authToken=a")}) {
    std::string text;
    while (text.size() < kSize) text += piece;
    const std::clock_t begin = std::clock();
    scan_file("root/.npmrc", text, {});
    scan_file("app/.env", text, {});
    scan_words(text, {});
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    // Squares of a MiB would take minutes.
    CHECK_MESSAGE(seconds < 6, seconds << " s for a MiB of " << piece);
  }
}

TEST_CASE("a text of nothing but secrets is told in part") {
  std::string text;
  Maker make(1);
  for (int i = 0; i < 1500; ++i) text += make.with_checksum(glued({"gh", "p_"}), 30) + "\n";
  CHECK(scan_file("a", text, {}).size() == 1000);
}
