#include "core/analysis/rules/user_identity.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace crtune::analysis::rules {

namespace {

using Fields = std::array<std::string_view, 4>;

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// The first four fields of each line of /etc/passwd or /etc/group.
template <typename Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    Fields fields;
    for (auto& field : fields) {
      field = line.substr(0, line.find(':'));
      line.remove_prefix(std::min(line.size(), field.size() + 1));
    }
    if (!fields[0].empty()) visit(fields);
  }
}

// A table's text; nothing where it is there and could not be read.
std::optional<std::string_view> table(const Subject& subject, std::string_view path) {
  const EntryId file = subject.files.file_at(path);
  if (file == kNoEntry) return std::string_view();
  const auto text = subject.facts.text(file);
  if (text.empty() && subject.files.entry(file).size > 0) return std::nullopt;
  return text;
}

bool lists(std::string_view members, std::string_view name) {
  while (!members.empty()) {
    const auto member = members.substr(0, members.find(','));
    members.remove_prefix(std::min(members.size(), member.size() + 1));
    if (member == name) return true;
  }
  return false;
}

void find_user(std::optional<std::string_view> passwd, Identity& identity, std::string& name) {
  const auto asked = number(identity.user);
  identity.uid = identity.user.empty() ? std::optional<std::uint32_t>(0) : asked;
  bool found = false;
  each_line(passwd.value_or(std::string_view()), [&](const Fields& fields) {
    const auto uid = number(fields[2]);
    const bool is_it = fields[0] == identity.user || (identity.uid && uid == identity.uid);
    if (found || !is_it) return;
    found = true;
    name = fields[0];
    identity.uid = uid;
    identity.gid = number(fields[3]);
  });
  if (found) return;
  identity.user_is_missing = !identity.uid && passwd.has_value();
  if (identity.uid && passwd) identity.gid = 0;
}

void find_groups(std::optional<std::string_view> groups, const std::string& user, Identity& identity) {
  const auto asked = number(identity.group);
  std::optional<std::uint32_t> found = asked;
  each_line(groups.value_or(std::string_view()), [&](const Fields& fields) {
    const auto gid = number(fields[2]);
    if (!gid) return;
    if (!found && fields[0] == identity.group) found = gid;
    if (identity.group.empty() && !user.empty() && lists(fields[3], user))
      identity.more_groups.push_back(*gid);
  });
  if (identity.group.empty()) return;
  identity.gid = found;
  identity.group_is_missing = !found && groups.has_value();
}

}  // namespace

Identity identity_of(const Subject& subject) {
  Identity identity;
  const std::string& user = subject.image.config.user;
  const auto colon = user.find(':');
  identity.user = user.substr(0, colon);
  if (colon != std::string::npos) identity.group = user.substr(colon + 1);
  std::string name;
  find_user(table(subject, "/etc/passwd"), identity, name);
  find_groups(table(subject, "/etc/group"), name, identity);
  return identity;
}

bool is_allowed(const Identity& identity, const model::LayerEntry& entry, unsigned bit) {
  constexpr unsigned kExecute = 1;
  const unsigned mode = entry.mode;
  // Root reads everything, and runs what anyone may run.
  if (!identity.uid || *identity.uid == 0)
    return bit != kExecute || entry.kind == base::EntryKind::directory || (mode & 0111U) != 0;
  if (entry.uid == *identity.uid) return (mode & (bit << 6U)) != 0;
  const bool in_group = identity.gid == entry.gid ||
                        std::find(identity.more_groups.begin(), identity.more_groups.end(), entry.gid) !=
                            identity.more_groups.end();
  if (!identity.gid) return (mode & ((bit << 3U) | bit)) != 0;  // the group is not known: either may hold
  return (mode & (in_group ? bit << 3U : bit)) != 0;
}

}  // namespace crtune::analysis::rules
