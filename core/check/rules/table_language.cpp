#include "core/check/rules/rules.hpp"

#include <array>

namespace crtune::check::rules {

using model::Severity;

// What a builder refuses or reads otherwise than meant.
namespace {

constexpr std::array kRules = {
    Rule{{"DF401", "A builder refuses the file", Severity::error, "The build ends here.",
          "Write the instruction as docs.docker.com/reference/dockerfile has it.", "hadolint DL1000"},
         check_syntax},
    Rule{{"DF402", "No such instruction", Severity::error, "The build ends here.",
          "One of Dockerfile's eighteen instructions; is the line before it missing its \\?",
          "hadolint DL1000"},
         check_unknown_instruction},
    Rule{{"DF403", "The file begins with something else than FROM", Severity::error,
          "Before the first FROM only ARG may stand; the build ends here.", "FROM, or ARG, first.",
          "hadolint DL3061"},
         check_first_instruction},
    Rule{{"DF404", "A flag that is not known here", Severity::info,
          "It may be newer than this program; an older builder refuses it.",
          "See docs.docker.com/reference/dockerfile; a # syntax= line asks for a new enough reader.", ""},
         check_unknown_flag},
    Rule{{"DF405", "Two stages have one name", Severity::error,
          "COPY --from takes the last of them, which need not be the one that was meant; newer builders "
          "refuse it.",
          "A name of its own for each stage.", "hadolint DL3024; BuildKit DuplicateStageName"},
         check_stage_name},
    Rule{{"DF406", "A stage is named scratch or context", Severity::error,
          "Both words mean something else to the builder: the empty image and the build context.",
          "Another name.", "hadolint DL3063; BuildKit ReservedStageName"},
         check_reserved_name},
    Rule{{"DF407", "COPY --from names no stage of this file", Severity::warning,
          "The builder then looks for an image of that name in a registry: a misspelt stage becomes "
          "somebody's image.",
          "The name of an earlier stage; for an image, its full name with a tag.", "hadolint DL3022"},
         check_unknown_stage},
    Rule{{"DF408", "COPY --from its own stage", Severity::error,
          "A stage cannot copy from itself: the build ends here.", "The name of an earlier stage.",
          "hadolint DL3023"},
         check_own_stage},
    Rule{{"DF409", "An instruction that a later one undoes", Severity::warning,
          "Of several CMD, ENTRYPOINT or HEALTHCHECK of a stage only the last counts.", "Keep the last.",
          "hadolint DL3012, DL4003, DL4004; BuildKit MultipleInstructionsDisallowed"},
         check_only_last_counts},
};

}  // namespace

std::span<const Rule> language_rules() {
  return kRules;
}

}  // namespace crtune::check::rules
