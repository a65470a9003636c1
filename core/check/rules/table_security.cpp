#include "core/check/rules/rules.hpp"

#include <array>

namespace crtune::check::rules {

using model::Severity;

// Who the program runs as, and what others can read.
namespace {

constexpr std::array kRules = {
    Rule{{"DF301", "The last USER is root", Severity::warning,
          "Whoever gets into the program is root in the container, may change every file of it, and is one "
          "flaw of the sandbox away from more.",
          "USER 65532:65532 as the last USER.", "hadolint DL3002"},
         check_root_user},
    Rule{{"DF302", "No USER: the program runs as root", Severity::warning,
          "Without USER, and with a base that sets none, the program is root in the container.",
          "USER 65532:65532 before the ENTRYPOINT; the files that it writes must belong to it.", ""},
         check_no_user},
    Rule{{"DF303", "USER is a name", Severity::info,
          "A platform that forbids root cannot tell from a name; a name needs /etc/passwd, which an empty "
          "image does not have.",
          "The number: USER 65532:65532.", "hadolint DL3066"},
         check_user_name},
    Rule{{"DF304", "sudo in RUN", Severity::warning,
          "RUN is root unless USER says otherwise. sudo keeps a way to root in the image, and behaves "
          "differently without a terminal.",
          "Run the command itself; USER root before it where the user was changed.", "hadolint DL3004"},
         check_sudo},
    Rule{{"DF305", "ADD where COPY does the same", Severity::warning,
          "ADD also unpacks archives and fetches addresses, so that a renamed file gives another image.",
          "COPY", "hadolint DL3020"},
         check_add_for_copy},
    Rule{
        {"DF306", "A secret goes through ARG or ENV", Severity::error,
         "ENV is in the image's configuration, ARG in its history; both can be read by everyone who can "
         "pull.",
         "RUN --mount=type=secret,id=token,env=TOKEN … at build, Secret Manager in service.yaml at run time.",
         "hadolint DL3064; BuildKit SecretsUsedInArgOrEnv"},
        check_secret_variable},
    Rule{{"DF307", "COPY takes a secret along", Severity::error,
          "Everyone who can pull the image can read the file, also where a later instruction deletes it.",
          "Name the file in .dockerignore; mount it with RUN --mount=type=secret where the build needs it.",
          ""},
         check_secret_in_context},
    Rule{{"DF308", "A script from the network is run unseen", Severity::warning,
          "What the server answers that day is run as root. A broken transfer runs half a script.",
          "Fetch with ADD --checksum=sha256:…, then run it.", ""},
         check_piped_script},
    Rule{{"DF309", "ADD fetches a file without a checksum", Severity::warning,
          "Whoever controls the server or the way to it chooses what is in the image.",
          "ADD --checksum=sha256:…", ""},
         check_unchecked_download},
    Rule{{"DF310", "A secret stands in the file", Severity::error,
          "The Dockerfile is in the repository and, line by line, in the image's history.",
          "Take it out, and revoke it: it was seen.", ""},
         check_secret_text},
    Rule{{"DF311", "An image of a registry that is not trusted", Severity::error,
          "What a base image holds is run with the service's rights.",
          "Take the image from one of the registries that --trusted-registry names.", "hadolint DL3026"},
         check_trusted_registry},
    Rule{{"DF312", "A mode that gives rights away", Severity::warning,
          "A set-user-ID file lets whoever gets in become its owner; a file that all may write is changed by "
          "the first flaw of the program.",
          "chmod 0755, 0644; no u+s.", ""},
         check_file_mode},
    Rule{{"DF313", "RUN with the host's rights", Severity::warning,
          "--security=insecure lets the build do what the host may; --network=host lets it reach what the "
          "host reaches.",
          "Leave the flag out; mount what is needed.", ""},
         check_build_rights},
};

}  // namespace

std::span<const Rule> security_rules() {
  return kRules;
}

}  // namespace crtune::check::rules
