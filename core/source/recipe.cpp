#include "core/source/recipe.hpp"

#include "core/base/escape.hpp"
#include "core/platform/byte_source.hpp"
#include "core/platform/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace crtune::source {

using base::Digest;
using base::ErrorCode;
using base::Json;
using base::Result;
using base::Status;

namespace {

std::string text_or_empty(const Json& value) {
  return value.string() != nullptr ? *value.string() : std::string();
}

tl::unexpected<base::Error> invalid(const std::string& file, std::string message) {
  return base::fail(ErrorCode::invalid, std::move(message), {.file = file});
}

Result<std::vector<std::string>> strings(const Json& value, std::string_view what, const std::string& file) {
  std::vector<std::string> out;
  if (value.is_null()) return out;
  if (value.array() == nullptr) return invalid(file, fmt::format("{} is not a list", what));
  for (const auto& item : *value.array()) {
    if (item.string() == nullptr)
      return invalid(file, fmt::format("{} holds something that is not text", what));
    out.push_back(*item.string());
  }
  return out;
}

// Numeric users and groups must fit 32 bits: what is larger wraps around to somebody else (CVE-2024-40635).
Status check_user(std::string_view user, const std::string& file) {
  for (std::string_view part :
       {user.substr(0, user.find(':')),
        user.find(':') == std::string_view::npos ? std::string_view() : user.substr(user.find(':') + 1)}) {
    if (part.empty() || part.find_first_not_of("0123456789") != std::string_view::npos) continue;
    std::uint64_t id = 0;
    const auto parsed = std::from_chars(part.data(), part.data() + part.size(), id);
    if (parsed.ec != std::errc{} || id > 0x7FFFFFFF)
      return invalid(file, fmt::format("the user '{}' is over 2147483647", base::one_line(user, 60)));
  }
  return {};
}

Result<std::vector<model::HistoryRow>> parse_history(const Json& value, const std::string& file) {
  constexpr std::size_t kMaxRows = 100'000;
  std::vector<model::HistoryRow> rows;
  if (value.is_null()) return rows;
  if (value.array() == nullptr) return invalid(file, "the history is not a list");
  if (value.array()->size() > kMaxRows)
    return base::fail(ErrorCode::limit, fmt::format("a history of over {} rows", kMaxRows), {.file = file});
  for (const auto& row : *value.array()) {
    const bool* empty = row["empty_layer"].boolean();
    rows.push_back({.created = text_or_empty(row["created"]),
                    .created_by = text_or_empty(row["created_by"]),
                    .comment = text_or_empty(row["comment"]),
                    .empty_layer = empty != nullptr && *empty});
  }
  return rows;
}

}  // namespace

bool is_platform(const std::string& wanted, const std::string& is) {
  return is == wanted || is.starts_with(wanted + "/") || (wanted == "linux/arm64/v8" && is == "linux/arm64");
}

Result<Json> read_json(MemberStore& members, const std::string& member) {
  CRT_ASSIGN(const std::string text, members.document(member));
  return platform::parse_json(text, fmt::format("{}:{}", members.label(), member));
}

Digest digest_of(const std::string& text) {
  return platform::sha256(std::as_bytes(std::span(text)));
}

namespace {

// Docker writes sets as objects with empty values.
std::vector<std::string> keys(const Json& set) {
  std::vector<std::string> out;
  if (set.object() == nullptr) return out;
  for (const auto& [name, value] : *set.object()) out.push_back(name);
  return out;
}

}  // namespace

Result<model::ImageConfig> parse_config(const Json& config, const std::string& file) {
  if (config.object() == nullptr) return invalid(file, "the image configuration is not an object");
  model::ImageConfig out;
  const std::string os = text_or_empty(config["os"]);
  const std::string architecture = text_or_empty(config["architecture"]);
  const std::string variant = text_or_empty(config["variant"]);
  if (!os.empty() && !architecture.empty())
    out.platform = os + "/" + architecture + (variant.empty() ? "" : "/" + variant);
  const Json& run = config["config"];
  CRT_ASSIGN(out.entrypoint, strings(run["Entrypoint"], "Entrypoint", file));
  CRT_ASSIGN(out.command, strings(run["Cmd"], "Cmd", file));
  CRT_ASSIGN(out.environment, strings(run["Env"], "Env", file));
  out.user = text_or_empty(run["User"]);
  CRT_TRY(check_user(out.user, file));
  out.working_directory = text_or_empty(run["WorkingDir"]);
  if (run["Labels"].object() != nullptr)
    for (const auto& [name, value] : *run["Labels"].object())
      out.labels.emplace_back(name, text_or_empty(value));
  CRT_ASSIGN(out.healthcheck, strings(run["Healthcheck"]["Test"], "Healthcheck.Test", file));
  out.exposed_ports = keys(run["ExposedPorts"]);
  out.volumes = keys(run["Volumes"]);
  out.stop_signal = text_or_empty(run["StopSignal"]);
  CRT_ASSIGN(const auto diff_ids, strings(config["rootfs"]["diff_ids"], "rootfs.diff_ids", file));
  for (const auto& text : diff_ids) {
    auto digest = Digest::parse(text);
    if (!digest) return invalid(file, digest.error().message);
    out.diff_ids.push_back(std::move(*digest));
  }
  CRT_ASSIGN(out.history, parse_history(config["history"], file));
  return out;
}

Status read_config(MemberStore& members, const std::string& member, const Digest& expected, Recipe& recipe) {
  CRT_ASSIGN(const std::string text, members.document(member));
  const std::string file = fmt::format("{}:{}", members.label(), member);
  recipe.config_digest = digest_of(text);
  if (!expected.empty() && expected.algorithm() == "sha256" && expected != recipe.config_digest)
    return base::fail(ErrorCode::damaged,
                      fmt::format("its digest is {}, not {}", recipe.config_digest.text(), expected.text()),
                      {.file = file});
  CRT_ASSIGN(const Json config, platform::parse_json(text, file));
  CRT_ASSIGN(recipe.config, parse_config(config, file));
  return {};
}

bool means_same_name(const std::string& name, const std::string& tag) {
  const auto full = [](std::string text) {
    const auto slash = text.rfind('/');
    if (text.find('@') == std::string::npos &&
        text.find(':', slash == std::string::npos ? 0 : slash) == std::string::npos)
      text += ":latest";
    for (const std::string_view prefix : {"docker.io/", "library/"})
      if (text.starts_with(prefix)) text.erase(0, prefix.size());
    return text;
  };
  return name == tag || full(name) == full(tag);
}

tl::unexpected<base::Error> choose_image(const std::string& file, const std::vector<std::string>& choices,
                                         const std::string& wanted) {
  std::string list;
  for (const auto& choice : choices) list += (list.empty() ? "" : ", ") + choice;
  const std::string message = wanted.empty() ? fmt::format("{} images are inside", choices.size())
                                             : fmt::format("there is no image '{}' inside", wanted);
  return base::fail(ErrorCode::usage, message, {.file = file},
                    fmt::format("choose one with --image: {}", list));
}

}  // namespace crtune::source
