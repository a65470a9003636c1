#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

// The number that an earlier command of the image gives the user.
std::string number_of(const Subject& subject, std::string_view name) {
  for (const auto& call : subject.calls) {
    if (!subject.is_final(call.instruction()) || !call.is({"useradd", "adduser"}) || !call.has({name}))
      continue;
    const std::size_t option = call.find({"-u", "--uid"});
    if (option == 0 || option + 1 >= call.words().size()) continue;
    const auto& number = call.words()[option + 1].text;
    if (std::all_of(number.begin(), number.end(), dockerfile::is_digit)) return number;
  }
  return {};
}

}  // namespace

void check_user_name(const Subject& subject, Findings& findings) {
  const auto index = subject.last_final("USER");
  if (!index || subject.facts(*index).words.empty()) return;
  const auto& value = subject.facts(*index).words.front().value;
  if (!value || value->empty() || dockerfile::is_digit(value->front()) || *value == "root") return;
  const auto name = value->substr(0, value->find(':'));
  auto& found = findings.add_span(*index, subject.at(*index).words.front().span,
                                  fmt::format("'{}' is a name, not a number", shown(name)));
  const std::string number = name == "nonroot" ? "65532" : number_of(subject, name);
  if (number.empty() || value->find(':') != std::string::npos) return;
  found.unsafe().edit(subject.at(*index).words.front().span, fmt::format("{}:{}", number, number));
}

}  // namespace crtune::check::rules
