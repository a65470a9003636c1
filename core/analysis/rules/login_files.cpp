#include "core/analysis/rules/cure.hpp"
#include "core/analysis/rules/rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

// The accounts of /etc/shadow that a password opens; an empty field opens without one. Source: shadow(5).
std::size_t open_accounts(std::string_view shadow, std::string& first) {
  std::size_t accounts = 0;
  while (!shadow.empty()) {
    const auto line = shadow.substr(0, shadow.find('\n'));
    shadow.remove_prefix(std::min(shadow.size(), line.size() + 1));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) continue;
    const auto field = line.substr(colon + 1, line.find(':', colon + 1) - colon - 1);
    const bool is_locked = field.starts_with('*') || field.starts_with('!') || field == "x";
    if (is_locked) continue;
    if (accounts++ == 0) first = base::one_line(line.substr(0, colon), 40);
  }
  return accounts;
}

}  // namespace

void check_login_files(const Subject& subject, Findings& findings) {
  for (const EntryId id : subject.census.login_files()) {
    const EntryId file = subject.files.file_of(id);
    if (file == kNoEntry || subject.files.entry(file).size == 0) continue;
    const std::uint32_t layer = subject.files.layer_of(id);
    if (!subject.is_users(layer)) continue;
    const std::string path = subject.path_text(id);
    const auto& summary = subject.analysis.layers[layer];
    if (path == "/etc/shadow") {
      std::string first;
      const auto accounts = open_accounts(subject.facts.text(file), first);
      if (accounts == 0) continue;
      findings.add_file(id, fmt::format("{} accounts can log in with a password, {} first", accounts, first),
                        cure_line(summary, {"passwd -l " + first, ""}, path));
    } else if (path.ends_with("_key")) {
      findings.add_file(
          id, "the private key of an SSH server is in the image, the same for all who have the image",
          cure_line(summary, {"rm -f /etc/ssh/ssh_host_*", "**/ssh_host_*"}, path));
    } else if (path.ends_with("/authorized_keys")) {
      findings
          .add_file(id,
                    "keys that may log in are in the image, and nothing on Cloud Run reaches an SSH server",
                    cure_line(summary, {"rm -f {root}", "**/.ssh"}, path))
          .severity = model::Severity::info;
    }
  }
}

}  // namespace crtune::analysis::rules
