#include "core/analysis/policy_reader.hpp"

#include "core/base/byte_size.hpp"
#include "core/base/edit_distance.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <functional>

namespace crtune::analysis {

using base::ErrorCode;
using base::Result;
using base::Status;
using base::YamlNode;
using model::Policy;

namespace {

Result<double> parse_between(std::string_view text, double least, double most, std::string_view what) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value >= least && value <= most))
    return base::fail(ErrorCode::usage, fmt::format("'{}' is not {}", base::one_line(text, 40), what));
  return value;
}

base::Place place_of(const YamlNode& node, const std::string& file) {
  return {.file = file, .line = node.line, .column = node.column};
}

// Moves an error to where the value stands.
template <typename Value>
Status store(Result<Value> parsed, const YamlNode& node, const std::string& file,
             std::optional<Value>& slot) {
  if (!parsed)
    return base::fail(ErrorCode::usage, parsed.error().message, place_of(node, file), parsed.error().hint);
  if (!slot) slot = *parsed;
  return {};
}

struct PolicyKey {
  std::string_view name;
  Status (*read)(const YamlNode& value, const std::string& file, Policy& policy);
};

constexpr std::array kKeys = {
    PolicyKey{"max-size", [](const YamlNode& v, const std::string& f,
                             Policy& p) { return store(base::parse_bytes(v.scalar), v, f, p.max_size); }},
    PolicyKey{"max-layers", [](const YamlNode& v, const std::string& f,
                               Policy& p) { return store(parse_count(v.scalar), v, f, p.max_layers); }},
    PolicyKey{"max-reclaimable",
              [](const YamlNode& v, const std::string& f, Policy& p) {
                return store(base::parse_bytes(v.scalar), v, f, p.max_reclaimable);
              }},
    PolicyKey{"max-reclaimable-percent",
              [](const YamlNode& v, const std::string& f, Policy& p) {
                return store(parse_percent(v.scalar), v, f, p.max_reclaimable_percent);
              }},
    PolicyKey{"reclaimable-floor",
              [](const YamlNode& v, const std::string& f, Policy& p) {
                return store(base::parse_bytes(v.scalar), v, f, p.reclaimable_floor);
              }},
    PolicyKey{"max-growth", [](const YamlNode& v, const std::string& f,
                               Policy& p) { return store(parse_growth(v.scalar), v, f, p.max_growth); }},
    PolicyKey{"max-package-growth",
              [](const YamlNode& v, const std::string& f, Policy& p) {
                return store(parse_growth(v.scalar), v, f, p.max_package_growth);
              }},
    PolicyKey{"max-push", [](const YamlNode& v, const std::string& f,
                             Policy& p) { return store(base::parse_bytes(v.scalar), v, f, p.max_push); }},
    PolicyKey{"fail-on",
              [](const YamlNode& v, const std::string& f, Policy& p) {
                const auto parsed = parse_fail_on(v.scalar);
                if (!parsed)
                  return Status(base::fail(ErrorCode::usage, parsed.error().message, place_of(v, f)));
                if (!p.fail_on) p.fail_on = *parsed;
                return Status();
              }},
    PolicyKey{"min-efficiency",
              [](const YamlNode& v, const std::string& f, Policy& p) {
                return store(parse_fraction(v.scalar), v, f, p.min_efficiency);
              }},
};

Status unknown_key(const YamlNode& key, const std::string& file, std::span<const std::string_view> known) {
  const auto meant = base::nearest(key.scalar, known);
  return base::fail(ErrorCode::usage, fmt::format("unknown key '{}'", base::one_line(key.scalar, 60)),
                    place_of(key, file), meant ? fmt::format("did you mean '{}'?", *meant) : std::string());
}

// YYYY-MM-DD, as ISO 8601 writes days.
bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data() + from, text.data() + from + count, value);
    return error == std::errc{} && end == text.data() + from + count ? value : -1;
  };
  const int month = number(5, 2);
  const int day = number(8, 2);
  return number(0, 4) > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

Result<model::Ignore> read_ignore(const YamlNode& item, const std::string& file) {
  model::Ignore ignore;
  if (item.kind != YamlNode::Kind::mapping)
    return base::fail(ErrorCode::usage, "ignore is a list of {path, rule, reason, expires}",
                      place_of(item, file));
  for (const auto& [key, value] : item.members) {
    std::string* slot = key.scalar == "path"      ? &ignore.glob
                        : key.scalar == "reason"  ? &ignore.reason
                        : key.scalar == "rule"    ? &ignore.rule
                        : key.scalar == "expires" ? &ignore.expires
                                                  : nullptr;
    constexpr std::array<std::string_view, 4> kKnown = {"path", "rule", "reason", "expires"};
    if (slot == nullptr) return base::fail(unknown_key(key, file, kKnown).error());
    *slot = value.scalar;
  }
  if (ignore.glob.empty() && ignore.rule.empty())
    return base::fail(ErrorCode::usage, "what is to be ignored needs its 'path', its 'rule' or both",
                      place_of(item, file));
  const std::string& name = ignore.glob.empty() ? ignore.rule : ignore.glob;
  if (ignore.reason.empty())
    return base::fail(ErrorCode::usage,
                      fmt::format("ignoring '{}' needs a 'reason'", base::one_line(name, 60)),
                      place_of(item, file));
  if (!ignore.expires.empty() && !is_day(ignore.expires))
    return base::fail(ErrorCode::usage, fmt::format("'{}' is no day", base::one_line(ignore.expires, 40)),
                      place_of(item, file), "write expires: 2027-03-31");
  return ignore;
}

Status read_ignores(const YamlNode& list, const std::string& file, Policy& policy) {
  if (list.kind != YamlNode::Kind::sequence)
    return base::fail(ErrorCode::usage, "ignore is a list of {path, rule, reason, expires}",
                      place_of(list, file));
  for (const auto& item : list.items) {
    CRT_ASSIGN(model::Ignore ignore, read_ignore(item, file));
    policy.ignores.push_back(std::move(ignore));
  }
  return {};
}

}  // namespace

Result<double> parse_percent(std::string_view text) {
  if (text.ends_with('%')) text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return parse_between(text, 0, 100, "a percentage from 0 to 100");
}

Result<double> parse_fraction(std::string_view text) {
  return parse_between(text, 0, 1, "a number from 0 to 1");
}

Result<model::GrowthLimit> parse_growth(std::string_view text) {
  model::GrowthLimit limit;
  if (text.ends_with('%')) {
    constexpr double kMost = 1'000'000;
    std::string_view number = text.substr(0, text.size() - 1);
    while (number.ends_with(' ')) number.remove_suffix(1);
    CRT_ASSIGN(limit.percent, parse_between(number, 0, kMost, "a percentage, e.g. 5%"));
  } else {
    CRT_ASSIGN(limit.bytes, base::parse_bytes(text));
  }
  return limit;
}

Result<std::optional<model::Severity>> parse_fail_on(std::string_view text) {
  using model::Severity;
  if (text == "none") return std::optional<Severity>();
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info})
    if (text == model::severity_word(severity)) return std::optional(severity);
  return base::fail(ErrorCode::usage,
                    fmt::format("'{}' is not error, warning, info or none", base::one_line(text, 40)));
}

Result<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    return base::fail(ErrorCode::usage, fmt::format("'{}' is not a whole number", base::one_line(text, 40)));
  return value;
}

Status read_policy(const YamlNode& root, const std::string& file, Policy& policy) {
  if (root.kind == YamlNode::Kind::null) return {};
  if (root.kind != YamlNode::Kind::mapping)
    return base::fail(ErrorCode::usage, "the file is not a list of keys and values", place_of(root, file));
  for (const auto& [key, value] : root.members) {
    if (key.scalar == "ignore") {
      CRT_TRY(read_ignores(value, file, policy));
      continue;
    }
    const PolicyKey* found = nullptr;
    for (const auto& known : kKeys)
      if (known.name == key.scalar) found = &known;
    if (found == nullptr) {
      std::vector<std::string_view> names = {"ignore"};
      for (const auto& known : kKeys) names.push_back(known.name);
      return unknown_key(key, file, names);
    }
    if (value.kind != YamlNode::Kind::scalar)
      return base::fail(ErrorCode::usage, fmt::format("{} wants one value", key.scalar),
                        place_of(value, file));
    CRT_TRY(found->read(value, file, policy));
  }
  return {};
}

Status read_dive_rules(const YamlNode& root, const std::string& file, Policy& policy) {
  constexpr double kDefaultEfficiency = 0.9;
  constexpr double kDefaultUserWastedPercent = 0.1;
  policy.dive_lowest_efficiency = kDefaultEfficiency;
  policy.dive_highest_user_wasted_percent = kDefaultUserWastedPercent;
  const YamlNode* rules = root.find("rules");
  if (rules == nullptr || rules->kind == YamlNode::Kind::null) return {};
  if (rules->kind != YamlNode::Kind::mapping)
    return base::fail(ErrorCode::usage, "rules is not a list of keys and values", place_of(*rules, file));
  for (const auto& [key, value] : rules->members) {
    const std::string& text = value.scalar;
    const bool disabled = text.empty() || text == "disabled" || text == "off" || text == "false";
    const auto read = [&, &at = value](auto& slot, auto parse) -> Status {
      slot.reset();
      return disabled ? Status{} : store(parse(at.scalar), at, file, slot);
    };
    if (key.scalar == "lowestEfficiency") {
      CRT_TRY(read(policy.dive_lowest_efficiency, parse_fraction));
    } else if (key.scalar == "highestWastedBytes") {
      CRT_TRY(read(policy.dive_highest_wasted_bytes, base::parse_bytes));
    } else if (key.scalar == "highestUserWastedPercent") {
      CRT_TRY(read(policy.dive_highest_user_wasted_percent, parse_fraction));
    } else {
      constexpr std::array<std::string_view, 3> kRules = {"lowestEfficiency", "highestWastedBytes",
                                                          "highestUserWastedPercent"};
      return unknown_key(key, file, kRules);
    }
  }
  return {};
}

}  // namespace crtune::analysis
