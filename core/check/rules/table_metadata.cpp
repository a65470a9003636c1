#include "core/check/rules/rules.hpp"

#include <array>

namespace crtune::check::rules {

using model::Severity;

// Names, labels and style.
namespace {

constexpr std::array kRules = {
    Rule{{"DF601", "A stage name with capitals", Severity::info,
          "Names of stages are compared without regard to case; people do regard it.", "Lower case.",
          "BuildKit StageNameCasing"},
         check_stage_casing},
    Rule{{"DF602", "FROM and AS in different case", Severity::info, "One style is easier to read.",
          "FROM image AS name", "BuildKit FromAsCasing"},
         check_as_casing},
    Rule{{"DF603", "Instructions in different case", Severity::info, "One style is easier to read.",
          "Upper case.", "BuildKit ConsistentInstructionCasing"},
         check_keyword_casing},
    Rule{{"DF604", "MAINTAINER is deprecated", Severity::info, "It is a key of its own that few tools read.",
          "LABEL org.opencontainers.image.authors=\"…\"", "hadolint DL4000; BuildKit MaintainerDeprecated"},
         check_maintainer},
    Rule{{"DF605", "ENV or LABEL without =", Severity::info,
          "The old form takes the rest of the line as one value, and is to go.", "ENV NAME=value",
          "BuildKit LegacyKeyValueFormat"},
         check_legacy_assignment},
    Rule{{"DF606", "--platform=$TARGETPLATFORM is the default", Severity::info, "It says nothing.",
          "Leave it out.", "hadolint DL3065; BuildKit RedundantTargetPlatform"},
         check_default_platform},
    Rule{{"DF607", "A protocol of EXPOSE in capitals", Severity::info, "One style is easier to read.",
          "EXPOSE 8080/tcp", "BuildKit ExposeProtoCasing"},
         check_protocol_casing},
    Rule{{"DF608", "cd in place of WORKDIR", Severity::info,
          "It holds for one RUN only, and is easily overlooked.", "WORKDIR", "hadolint DL3003"},
         check_change_folder},
    Rule{{"DF609", "wget fills the log", Severity::info, "A line for every 50 kB.",
          "wget -q, or --progress=dot:giga", "hadolint DL3047"},
         check_wget_progress},
    Rule{{"DF610", "A label whose key is malformed", Severity::info,
          "Tools that read labels expect lower-case letters, digits, dots and dashes, each part begun by a "
          "letter.",
          "LABEL com.example.name=\"…\"", "hadolint DL3048"},
         check_label_key},
    Rule{{"DF611", "A label whose value is not what its key says", Severity::info,
          "Registries and scanners read the OCI keys; a wrong value is worse than none.",
          "An RFC 3339 time for created, a URL for url and source, an SPDX expression for licenses, a commit "
          "for revision.",
          "hadolint DL3051, DL3052, DL3053, DL3054, DL3055, DL3056, DL3058"},
         check_label_value},
    Rule{{"DF612", "ln onto /bin/sh", Severity::info,
          "The shell is changed for every program of the image; SHELL changes it for RUN.",
          "SHELL [\"/bin/bash\", \"-c\"]", "hadolint DL4005"},
         check_shell_link},
    Rule{{"DF613", "An archive is copied, then unpacked", Severity::info,
          "Both the archive and what was in it are in the image's layers.",
          "ADD archive.tar.gz /target/, which unpacks it", "hadolint DL3010"},
         check_archive_copy},
    Rule{{"DF614", "A comment above a stage or ARG that does not describe it", Severity::info,
          "Builders show '# name text' above FROM … AS name and ARG name as its description (docker build "
          "--call=outline).",
          "# name what it is, or an empty line in between", "BuildKit InvalidDefinitionDescription"},
         check_description},
};

}  // namespace

std::span<const Rule> metadata_rules() {
  return kRules;
}

}  // namespace crtune::check::rules
