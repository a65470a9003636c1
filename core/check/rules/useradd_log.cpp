#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_useradd_log(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    if (call.program() != "useradd" || call.has_letter('l') || call.has({"--no-log-init"})) continue;
    const std::size_t option = call.find({"-u", "--uid"});
    if (option == 0 || option + 1 >= call.words().size()) continue;
    const auto& number = call.words()[option + 1];
    if (number.text.size() < 6 || !std::all_of(number.text.begin(), number.text.end(), dockerfile::is_digit))
      continue;
    auto& found = findings.add_word(
        call, number, fmt::format("the user number {} makes huge sparse files", shown(number.text)));
    if (call.is_editable()) found.insert(call.after(call.words().front()), " -l");
  }
}

}  // namespace crtune::check::rules
