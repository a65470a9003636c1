#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_file_mode(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    if (call.program() != "chmod" || !subject.is_final(call.instruction())) continue;
    const auto operands = call.operands(0, {});
    if (operands.size() < 2) continue;
    const auto& mode = operands.front()->text;
    const bool octal = mode.find_first_not_of("01234567") == std::string::npos;
    const bool sets_id = mode.find("+s") != std::string::npos ||
                         (octal && mode.size() == 4 && (mode[0] == '4' || mode[0] == '6' || mode[0] == '2'));
    const bool sticky = octal && mode.size() == 4 && mode[0] == '1';  // as /tmp has
    const bool open = mode == "a+w" || mode == "o+w" || mode == "a+rwx" ||
                      (octal && !sticky && (mode.ends_with("77") || mode.ends_with("66")));
    if (sets_id)
      findings.add_word(call, *operands.front(), "the file runs with its owner's rights, whoever starts it");
    else if (open)
      findings.add_word(call, *operands.front(), "everyone may write what this mode is given");
  }
}

}  // namespace crtune::check::rules
