#include "core/check/rules/rules.hpp"

#include <array>

namespace crtune::check::rules {

using model::Severity;

// Instructions that do something else than they seem to.
namespace {

constexpr std::array kRules = {
    Rule{{"DF410", "WORKDIR is relative", Severity::warning,
          "Where it leads depends on the base image; another base moves the program's files.",
          "An absolute path.", "hadolint DL3000; BuildKit WorkdirRelativePath"},
         check_workdir_path},
    Rule{{"DF411", "COPY to a relative path without WORKDIR", Severity::warning,
          "The files land where the base image happens to be, mostly /.",
          "WORKDIR before it, or an absolute target.", "hadolint DL3045"},
         check_relative_target},
    Rule{{"DF412", "Several sources and a target that is no folder", Severity::error,
          "The builder refuses it: the target must end in /.", "A / at the end.", "hadolint DL3021"},
         check_target_folder},
    Rule{{"DF413", "EXPOSE names no port", Severity::error, "A port is a number from 1 to 65535.",
          "EXPOSE 8080", "hadolint DL3011"},
         check_port_number},
    Rule{{"DF414", "EXPOSE with an address or a host port", Severity::warning,
          "EXPOSE only names the container's port; builders will refuse more.", "EXPOSE 8080",
          "BuildKit ExposeInvalidFormat"},
         check_port_mapping},
    Rule{{"DF415", "An empty line inside an instruction", Severity::warning,
          "Builders warn of it and will refuse it.", "Take the line out, or put a comment on it.",
          "BuildKit NoEmptyContinuation"},
         check_empty_continuation},
    Rule{{"DF416", "FROM uses a variable that is not declared", Severity::error,
          "Only ARG before the first FROM reaches FROM; anything else is empty there.",
          "ARG NAME=value above the first FROM.", "BuildKit UndefinedArgInFrom"},
         check_from_argument},
    Rule{{"DF417", "A base image that is empty unless an argument is given", Severity::warning,
          "A plain build fails: the ARG has no value of its own.", "ARG NAME=value",
          "BuildKit InvalidDefaultArgInFrom"},
         check_from_default},
    Rule{{"DF418", "A variable that nothing defines", Severity::warning,
          "It is empty: COPY then takes another path, ENV another value.",
          "Declare it with ARG or ENV in this stage; a global ARG needs its name repeated.",
          "BuildKit UndefinedVar"},
         check_undefined_variable},
    Rule{{"DF419", "ENV uses a variable of the same line", Severity::warning,
          "All values of one ENV are computed before any is set: the variable is empty, or the old one.",
          "Two ENV instructions.", "hadolint DL3044"},
         check_env_same_line},
    Rule{{"DF420", "ONBUILD with an instruction that it cannot hold", Severity::error,
          "ONBUILD FROM, ONBUILD ONBUILD and ONBUILD MAINTAINER are refused.", "Leave it out.",
          "hadolint DL3043"},
         check_onbuild},
    Rule{{"DF421", "FROM with a fixed platform", Severity::warning,
          "The file then builds for one processor only, and silently emulates it elsewhere.",
          "docker build --platform=linux/amd64; in FROM $BUILDPLATFORM where the stage cross-compiles.",
          "hadolint DL3029; BuildKit FromPlatformFlagConstDisallowed"},
         check_constant_platform},
    Rule{{"DF422", "An install that asks", Severity::error,
          "There is nobody to answer: the build ends, or installs nothing.",
          "apt-get install -y, yum -y, dnf -y, zypper --non-interactive.",
          "hadolint DL3014, DL3030, DL3034, DL3038"},
         check_assume_yes},
    Rule{{"DF423", "apt is made for people", Severity::warning,
          "Its output and options may change with any release, it says so itself.", "apt-get, apt-cache",
          "hadolint DL3027"},
         check_apt_program},
    Rule{
        {"DF424", "A pipe hides that its first command failed", Severity::warning,
         "A shell takes the last command's status: half a download, unpacked without an error, becomes the "
         "image.",
         "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"], or set -o pipefail first.", "hadolint DL4006"},
        check_pipe_failure},
    Rule{{"DF425", "A command that makes no sense in a build", Severity::warning,
          "There is no terminal, no init system and no other machine.", "Leave it out.", "hadolint DL3001"},
         check_interactive_command},
};

}  // namespace

std::span<const Rule> instructions_rules() {
  return kRules;
}

}  // namespace crtune::check::rules
