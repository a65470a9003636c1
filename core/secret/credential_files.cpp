#include "core/secret/credential_files.hpp"

#include "core/secret/characters.hpp"
#include "core/secret/judges.hpp"
#include "core/secret/names.hpp"
#include "core/secret/place.hpp"
#include "core/secret/value_checks.hpp"

#include <algorithm>
#include <array>

namespace crtune::secret {
namespace {

using model::Severity;

struct Line {
  std::size_t begin;
  std::string_view text;
};

template <class Visit>
void each_line(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    visit(Line{at, line});
    at = end + 1;
  }
}

bool is_value(std::string_view value, std::size_t least) {
  return value.size() >= least && !is_placeholder(value) && !is_made_of_words(value);
}

void add(Hits& hits, std::string_view what, std::string_view value) {
  const auto begin = static_cast<std::size_t>(value.data() - hits.text().data());
  hits.add({Rule::credential_file, Severity::error, what, begin, begin + value.size()});
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (is_space(text.front()) || text.front() == '"' || text.front() == '\''))
    text.remove_prefix(1);
  while (!text.empty() && (is_space(text.back()) || text.back() == '"' || text.back() == '\''))
    text.remove_suffix(1);
  return text;
}

// The value of "key = value" or "key: value"; empty for another key.
std::string_view value_of(std::string_view line, std::string_view key) {
  while (!line.empty() && (is_space(line.front()) || line.front() == '-')) line.remove_prefix(1);
  if (!line.starts_with(key)) return {};
  line.remove_prefix(key.size());
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  if (!line.starts_with('=') && !line.starts_with(':')) return {};
  return trimmed(line.substr(1));
}

// machine host login name password value
void judge_netrc(Hits& hits) {
  const std::string_view text = hits.text();
  bool is_next = false;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && is_space(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    if (is_next && is_value(word, 4)) add(hits, "a password in .netrc", word);
    is_next = word == "password";
    at = end;
  }
}

void judge_pypirc(Hits& hits) {
  each_line(hits.text(), [&hits](const Line& line) {
    const auto value = value_of(line.text, "password");
    if (is_value(value, 4)) add(hits, "a password in .pypirc", value);
  });
}

// host:port:database:user:password, with \: inside a field
void judge_pgpass(Hits& hits) {
  each_line(hits.text(), [&hits](const Line& line) {
    if (line.text.starts_with('#')) return;
    int colons = 0;
    for (std::size_t i = 0; i < line.text.size(); ++i) {
      if (line.text[i] == '\\')
        ++i;
      else if (line.text[i] == ':' && ++colons == 4) {
        const std::string_view value = line.text.substr(i + 1);
        if (is_value(value, 4)) add(hits, "a password in .pgpass", value);
        return;
      }
    }
  });
}

// https://user:token@host
void judge_git_credentials(Hits& hits) {
  each_line(hits.text(), [&hits](const Line& line) {
    const auto scheme = line.text.find("://");
    const auto host = line.text.rfind('@');
    if (scheme == std::string_view::npos || host == std::string_view::npos || host < scheme) return;
    const std::string_view info = line.text.substr(scheme + 3, host - scheme - 3);
    const auto colon = info.find(':');
    const std::string_view value =
        colon == std::string_view::npos ? std::string_view() : info.substr(colon + 1);
    if (is_value(value, 4)) add(hits, "a password of Git", value);
  });
}

void judge_kubeconfig(Hits& hits) {
  each_line(hits.text(), [&hits](const Line& line) {
    const auto token = value_of(line.text, "token");
    const auto password = value_of(line.text, "password");
    if (is_value(token, 16)) add(hits, "a token in a kubeconfig", token);
    if (is_value(password, 6)) add(hits, "a password in a kubeconfig", password);
  });
}

void judge_aws_credentials(Hits& hits) {
  if (hits.has(Rule::aws_key)) return;  // the pair is told already
  each_line(hits.text(), [&hits](const Line& line) {
    const auto value = value_of(line.text, "aws_secret_access_key");
    if (value.size() == 40 && is_value(value, 40)) add(hits, "an AWS secret key", value);
  });
}

void judge_npmrc(Hits& hits) {
  each_line(hits.text(), [&hits](const Line& line) {
    // "//registry.npmjs.org/:_password=…", or without the registry.
    for (const std::string_view key : {std::string_view("_auth"), std::string_view("_password")}) {
      const auto at = line.text.find(key);
      if (at == std::string_view::npos) continue;
      const auto value = value_of(line.text.substr(at), key);
      if (is_value(value, 8)) add(hits, "a password of npm", value);
    }
  });
}

// gcloud keeps these in SQLite: what is looked for is a row, not the empty schema.
void judge_gcloud_database(Hits& hits, std::string_view row, Severity severity) {
  const std::string_view text = hits.text();
  const auto at = text.find(row);
  if (!text.starts_with("SQLite format 3") || at == std::string_view::npos) return;
  hits.add({Rule::google_user, severity, "gcloud's credentials", at, at + row.size()});
}

bool is_environment_file(std::string_view name) {
  return name == ".env" || name.starts_with(".env.") || (name.size() > 4 && name.ends_with(".env"));
}

bool is_kubeconfig(std::string_view path, std::string_view name) {
  return path.ends_with(".kube/config") || name == "kubeconfig" || name.ends_with(".kubeconfig") ||
         path.ends_with("k3s/k3s.yaml") ||
         (path.find("etc/kubernetes/") != std::string_view::npos && name.ends_with(".conf"));
}

void judge_gcloud(Hits& hits, std::string_view name) {
  if (hits.path().find("gcloud") == std::string_view::npos) return;
  if (name == "credentials.db") judge_gcloud_database(hits, "refresh_token", Severity::error);
  if (name == "access_tokens.db") judge_gcloud_database(hits, "ya29.", Severity::warning);
}

}  // namespace

void judge_credential_file(Hits& hits) {
  const std::string_view path = hits.path();
  const std::string_view name = base_name(path);
  if (name.ends_with(".db")) judge_gcloud(hits, name);
  if (hits.is_binary()) return;
  if (name == ".netrc" || name == "_netrc") judge_netrc(hits);
  if (name == ".pypirc") judge_pypirc(hits);
  if (name == ".pgpass") judge_pgpass(hits);
  if (name == ".npmrc" || name == "npmrc") judge_npmrc(hits);
  if (name == ".git-credentials" || path.ends_with("git/credentials")) judge_git_credentials(hits);
  if (name == ".dockercfg") judge_docker_logins_of_object(hits);
  if (path.ends_with(".aws/credentials")) judge_aws_credentials(hits);
  if (is_kubeconfig(path, name)) judge_kubeconfig(hits);
  if (is_environment_file(name)) judge_environment_file(hits);
}

}  // namespace crtune::secret
