// What a command line given to a shell runs, as far as that can be told without being a shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crtune::analysis::rules {

struct ShellText {
  // The words of the last command, without variables set before it and without exec.
  std::vector<std::string> words;
  std::size_t commands = 0;  // between ; && || | & and line ends
  bool execs = false;        // a command is exec'ed, which ends the shell
  bool pipes = false;        // some run beside each other: | or &
  bool sets_variables = false;
  bool is_plain = true;  // no quotes, variables, patterns, redirections or keywords
};

// Looks at the first 64 KiB.
ShellText read_shell_text(std::string_view text);

// As a Dockerfile's JSON form has it: ["node", "server.js"]; control characters escaped.
std::string json_form(const std::vector<std::string>& words);

}  // namespace crtune::analysis::rules
