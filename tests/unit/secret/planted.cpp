#include "tests/unit/secret/planted.hpp"

#include "core/secret/base64.hpp"

namespace crtune::secret::test {
namespace {

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kAlnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

std::string glued(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

unsigned Maker::next() {
  state_ = state_ * 1664525U + 1013904223U;
  return state_ >> 8;
}

std::string Maker::some(std::size_t count, std::string_view alphabet) {
  std::string out;
  while (out.size() < count) out += alphabet[next() % alphabet.size()];
  return out;
}

std::string Maker::alnum(std::size_t count) {
  return some(count, kAlnum);
}

std::string Maker::base64_of(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : kBase64[(group >> (18 - 6 * k)) & 63];
  }
  return out;
}

std::string Maker::private_key(std::string_view label, std::string_view head) {
  std::string body(head);
  while (body.size() < 600) body += static_cast<char>(next() & 0xFF);
  if (head.starts_with('\x02'))
    body = std::string("\x30\x82") + static_cast<char>(body.size() >> 8) +
           static_cast<char>(body.size() & 0xFF) + body;
  const std::string encoded = base64_of(body);
  std::string out = "-----BEGIN " + std::string(label) + glued({"PRIVATE", " KEY-----\n"});
  for (std::size_t i = 0; i < encoded.size(); i += 64) out += encoded.substr(i, 64) + "\n";
  return out + "-----END " + std::string(label) + glued({"PRIVATE", " KEY-----\n"});
}

std::string Maker::with_checksum(std::string_view prefix, std::size_t count) {
  constexpr std::string_view kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const std::string body = alnum(count);
  std::string sum;
  unsigned long crc = crc32(body);
  for (int i = 0; i < 6; ++i, crc /= 62) sum.insert(sum.begin(), kBase62[crc % 62]);
  return std::string(prefix) + body + sum;
}

std::string Maker::service_account(bool minified) {
  const std::string key = escaped(rsa_key(""));
  std::string out =
      "{\n  \"type\": \"service_account\",\n  \"project_id\": \"shop\",\n  \"private_key_id\": \"" +
      some(40, "0123456789abcdef") + "\",\n  \"private_key\": \"" + key +
      "\",\n  \"client_email\": \"deploy@shop.iam.gserviceaccount.com\"\n}\n";
  return minified ? replaced(replaced(out, "\n", ""), ": ", ":") : out;
}

std::string Maker::user_credentials() {
  return "{\n  \"client_id\": \"1.apps.googleusercontent.com\",\n  \"client_secret\": \"d-" + alnum(22) +
         "\",\n  \"refresh_token\": \"1//" + "0" + some(90, kUrlSafe) +
         "Z\",\n  \"type\": \"authorized_user\"\n}\n";
}

std::vector<Planted> Maker::all() {
  const std::string hook = "T" + some(10, kUpper) + "/B" + some(10, kUpper) + "/" + alnum(24);
  std::vector<Planted> out;
  const auto add = [&out](const std::string& rule, const std::string& text, const std::string& value = {}) {
    out.push_back({rule, text, value.empty() ? text : value});
  };
  for (const bool minified : {false, true}) {
    const std::string account = service_account(minified);
    add("SEC101", account, account.substr(account.find("KEY-----\\n") + 10, 60));
  }
  add("SEC101", base64_of(service_account(false)));
  const std::string user = user_credentials();
  add("SEC102", user, user.substr(user.find("1//"), 60));
  add("SEC102", glued({"GOC", "SPX-"}) + alnum(28));
  add("SEC103", glued({"AI", "za", "Sy"}) + some(32, kUrlSafe) + "x");
  add("SEC104", glued({"ya", "29.", "a0"}) + some(120, kUrlSafe) + "x");
  add("SEC104", glued({"1/", "/0"}) + some(60, kUrlSafe) + "x");
  add("SEC105", rsa_key("RSA "));
  add("SEC105", rsa_key(""));
  add("SEC105", private_key("OPENSSH ", std::string_view("openssh-key-v1\0\0\0\0\4none\0\0\0\4none", 30)));
  add("SEC105", base64_of(rsa_key("EC ")));
  add("SEC106", glued({"AK", "IA"}) + some(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
  add("SEC107", with_checksum(glued({"gh", "p_"}), 30));
  add("SEC107", with_checksum(glued({"gh", "s_"}), 30));
  add("SEC107", glued({"gh", "r_"}) + alnum(76));
  add("SEC107", glued({"github", "_pat_"}) + alnum(22) + "_" + alnum(59));
  add("SEC108", glued({"gl", "pat-"}) + some(19, kUrlSafe) + "x");
  add("SEC109", with_checksum(glued({"np", "m_"}), 30));
  add("SEC110", glued({"pypi", "-AgE", "IcHlwaS5vcmc"}) + some(100, kUrlSafe) + "x");
  add("SEC111", glued({"xo", "xb-"}) + some(12, "123456789") + "-" + some(12, "123456789") + "-" + alnum(24));
  add("SEC111", glued({"https://hooks.slack", ".com/services/"}) + hook, hook);
  add("SEC112", glued({"sk_", "live_"}) + alnum(32));
  add("SEC112", glued({"rk_", "live_"}) + alnum(99));
  add("SEC113", glued({"S", "G."}) + alnum(22) + "." + some(42, kUrlSafe) + "x");
  add("SEC114", glued({"sk-", "proj-"}) + alnum(74) + glued({"T3Blbk", "FJ"}) + alnum(74));
  add("SEC114", glued({"sk-", "ant-api03-"}) + some(93, kUrlSafe) + "AA");
  add("SEC115", glued({"h", "f_"}) + some(34, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"));
  add("SEC116",
      glued({"DefaultEndpointsProtocol=https;AccountName=shop;Account", "Key="}) + some(86, kBase64) + "==");
  const std::string password = alnum(12) + "9x";
  add("SEC119", "postgres://shop:" + password + "@db.internal:5432/shop", password);
  return out;
}

std::string escaped(const std::string& text) {
  return replaced(replaced(replaced(text, "\\", "\\\\"), "\"", "\\\""), "\n", "\\n");
}

const std::vector<Surrounding>& surroundings() {
  static const std::vector<Surrounding> all = {
      {"alone", "app/key", [](const std::string& s) { return s; }},
      {"minified JSON", "app/c.json",
       [](const std::string& s) { return R"({"a":1,"v":")" + escaped(s) + R"(","z":[]})"; }},
      {"line of a JSON string", "app/d.json",
       [](const std::string& s) { return R"({"log":"first\n)" + escaped(s) + R"(\n"})"; }},
      {"YAML block", "app/c.yaml",
       [](const std::string& s) { return "a:\n  v: |\n    " + replaced(s, "\n", "\n    ") + "\n  b: 1\n"; }},
      {"shell", "app/run.sh",
       [](const std::string& s) { return "#!/bin/sh\nset -e\nexport V='" + s + "'\nexec x\n"; }},
      {"variable", "app/.env", [](const std::string& s) { return "A=1\nV=\"" + escaped(s) + "\"\nB=2\n"; }},
      {"Go", "app/main.go", [](const std::string& s) { return "package main\n\nvar v = `" + s + "`\n"; }},
      {"CRLF", "app/c.ini",
       [](const std::string& s) { return "[a]\r\nv = " + replaced(s, "\n", "\r\n") + "\r\n[b]\r\n"; }},
      {"end of a long file", "app/log",
       [](const std::string& s) {
         return std::string(100000, '.') + "\n" + replaced("a b c\n", "b", "d") + "v: " + s;
       }},
  };
  return all;
}

}  // namespace crtune::secret::test
