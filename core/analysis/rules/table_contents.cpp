#include "core/analysis/rules/rules.hpp"

#include <array>

namespace crtune::analysis::rules {

using model::Severity;

namespace {

constexpr std::array kRules = {
    Rule{{"IMG110", "Caches of package managers", Severity::info,
          "Every deployment pushes and imports them, and no service reads them. They do not slow its start "
          "down: Cloud Run streams what is read.",
          "Clean up in the RUN instruction that fills the cache, or keep the cache out of the image: RUN "
          "--mount=type=cache,target=/root/.cache"},
         check_caches},
    Rule{{"IMG111", "Compilers and build tools", Severity::info,
          "They are pushed and imported with every deployment, scanners report their flaws as the "
          "service's, "
          "and they are what an intruder builds with.",
          "Build in a stage of its own: FROM … AS build, and COPY --from=build in the last stage."},
         check_compilers},
    Rule{{"IMG112", "Sources of compiled languages and what compilers left", Severity::info,
          "Only the result runs. Everyone who can pull the image can read the sources.",
          "COPY --from=build the executable alone, or name the sources in .dockerignore."},
         check_sources},
    Rule{{"IMG113", "Modules that a build downloaded", Severity::info,
          "The build has linked or copied what it needs; the cache is pushed and imported for nothing.",
          "RUN --mount=type=cache,target=/go/pkg/mod go build …, or build in a stage of its own."},
         check_module_caches},
    Rule{{"IMG114", "A repository's history", Severity::warning,
          "It holds every version of every file, deleted secrets among them, and everyone who can pull the "
          "image can read it.",
          "Write **/.git into .dockerignore. A Go build that wants its version gets it with -ldflags=-X or "
          "-buildvcs=false."},
         check_version_control},
    Rule{{"IMG115", "Tests", Severity::info,
          "No request runs them; every deployment pushes and imports them.", "Name them in .dockerignore."},
         check_tests},
    Rule{{"IMG116", "Manuals and documents", Severity::info,
          "Nobody reads a manual in a Cloud Run instance. Copyright files are not counted: they have to "
          "stay.",
          "Base the image on debian:bookworm-slim, which leaves them out, or delete them in the RUN "
          "instruction that installs."},
         check_documents},
    Rule{{"IMG117", "Translations that are not asked for", Severity::info,
          "Programs read the catalogues of the languages of LANG, LANGUAGE and LC_* alone.",
          "Delete the others of /usr/share/locale in the RUN instruction that installs. Leave "
          "/usr/lib/locale, which setlocale reads."},
         check_locales},
    Rule{{"IMG118", "Packages for development", Severity::info,
          "Test runners, bundlers and linters are pushed and imported with every deployment, and their "
          "flaws "
          "are reported as the service's.",
          "npm ci --omit=dev, pnpm install --prod, composer install --no-dev, poetry install --only main."},
         check_development_packages},
    Rule{{"IMG119", "A toolchain image as the last stage", Severity::warning,
          "What builds is shipped with what runs: every deployment pushes and imports it, unless the "
          "registry "
          "has the layers already, and scanners report its flaws as the service's.",
          "Name the toolchain's image as a build stage and a lean one as the last: FROM golang:1.26 AS "
          "build, "
          "FROM gcr.io/distroless/static-debian12:nonroot, COPY --from=build."},
         check_toolchain_base},
    Rule{{"IMG120", "Headers and static libraries without a compiler", Severity::info,
          "Only compilers and linkers read them, and the image has none.",
          "Install the package without -dev, or delete them in the RUN instruction that installs."},
         check_development_files},
    Rule{{"IMG121", "The same content at several paths", Severity::info, "Each copy is pushed and imported.",
          "Keep one and make the others links, in the instruction that writes them."},
         check_same_content},
    Rule{{"IMG122", "Logs, core dumps, temporary and editors' files", Severity::info,
          "They were left behind by the build. Core dumps and shell histories may hold secrets.",
          "Delete them in the RUN instruction that makes them, or name them in .dockerignore."},
         check_left_behind},
};

}  // namespace

std::span<const Rule> contents_rules() {
  return kRules;
}

}  // namespace crtune::analysis::rules
