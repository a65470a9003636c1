// What rules on shell commands share: mounts, installs, and how a command is added to a script.
#pragma once

#include "core/check/rules/rule.hpp"

#include <initializer_list>
#include <string_view>

namespace crtune::check::rules {

// Whether a cache or tmpfs mount of RUN covers this folder or lies in it.
bool mounts(const dockerfile::Instruction& instruction, std::string_view folder);

// Adds "&& command" to the end of the script (a line, in a heredoc) that `call` belongs to, where that can be
// done without changing what is there.
void append_command(Found& found, const Subject& subject, const Call& call, std::string_view command);

// Whether any command of the instruction has this word, or one that begins with it.
bool mentions(const Subject& subject, std::size_t instruction, std::string_view text);

// The index of the word "install" of pip, pip3 and python -m pip; 0 where it is no such command.
std::size_t pip_install(const Call& call);
// The index of the verb that installs packages with apt, apk, yum, dnf and zypper; 0 where there is none.
std::size_t system_install(const Call& call);

// A JSON array of strings, as exec form is written.
std::string exec_form(const std::vector<std::string>& words);

// What the container starts: the last ENTRYPOINT, else the last CMD; nothing where the base decides.
std::optional<std::size_t> start_instruction(const Subject& subject);

}  // namespace crtune::check::rules
