#include "core/analysis/rules/rules.hpp"
#include "core/analysis/rules/start_rules.hpp"

#include <array>

namespace crtune::analysis::rules {

using model::Severity;

// How the container starts, and whether it does.
namespace {

constexpr std::array kRules = {
    Rule{{"IMG201", "A shell is process 1", Severity::warning,
          "Cloud Run ends an instance with SIGTERM and ten seconds of grace. A shell that is process 1 "
          "gets the signal and does not pass it on, so the service is killed with its requests and buffers "
          "unfinished; each start also reads and runs the shell first.",
          "Use the JSON form, CMD [\"/app/server\"], or write exec before the shell's last command."},
         check_shell_form},
    Rule{{"IMG202", "A package manager starts the service", Severity::warning,
          "npm, yarn, poetry, uv and the like are programs of many files that are read and run at every "
          "cold start before the service is, and they stand between the service and SIGTERM. Google's tips "
          "for Node.js say to start node index.js and not npm start "
          "(docs.cloud.google.com/run/docs/tips/nodejs).",
          "Name the program that the script would run: CMD [\"node\", \"server.js\"]."},
         check_wrapper},
    Rule{{"IMG203", "The started program is packed by UPX", Severity::warning,
          "Cloud Run streams what a start reads; a packed program is read whole, unpacked by the processor "
          "at every cold start, and kept in anonymous memory that counts against the limit. One published "
          "trial (docker-agent): 114,874,072 bytes became 30,089,008, and each cold invocation took some "
          "300 to 800 ms more. The size saved does not shorten a start.",
          "Ship the program unpacked."},
         check_packed_program},
    Rule{{"IMG204", "Stale .pyc files", Severity::warning,
          "A .pyc records its source's time and size. Where they differ from the file in the image (times "
          "rewritten by a builder, sources copied again), Python compiles the module at every cold start, "
          "and a read-only or foreign folder keeps it from saving the result.",
          "Compile as the last step, by hash: python3 -m compileall -q -f --invalidation-mode "
          "unchecked-hash FOLDER."},
         check_stale_bytecode},
    Rule{{"IMG205", "No .pyc files", Severity::warning,
          "Without .pyc files each cold start compiles every module that it imports; published "
          "measurements of applications show starts 1.4 to 2.2 times as long. Official Python images come "
          "without those of the standard library.",
          "RUN python3 -m compileall -q --invalidation-mode unchecked-hash FOLDER, or "
          "UV_COMPILE_BYTECODE=1 with uv."},
         check_missing_bytecode},
    Rule{{"IMG206", "The JVM's class archive is missing or out of date", Severity::warning,
          "An archive of loaded classes (AppCDS) shortens a JVM's start by a quarter and more. It holds "
          "the time and size of every jar, and the JVM silently goes on without it where they differ.",
          "Make the archive in the final image after the last step that touches the jars, and name it with "
          "-XX:SharedArchiveFile."},
         check_class_archive},
    Rule{{"IMG207", "What a start reads", Severity::info,
          "Google: \"Because of Cloud Run's container image streaming technology, the size of your "
          "container image does not affect container startup times or request processing time.\" "
          "(docs.cloud.google.com/run/docs/tips/general). What does take time is each file that is read at "
          "start; this counts those that every start reads.",
          "Open fewer and smaller files before the port listens."},
         check_start_reads},
    Rule{{"IMG301", "The program to start is not there", Severity::error,
          "The container exits before it listens, and the deployment of the revision fails.",
          "Correct the path in ENTRYPOINT or CMD, or copy the program to where it says."},
         check_program_exists},
    Rule{{"IMG302", "The program to start may not be executed", Severity::error,
          "Starting it fails with \"permission denied\", and the deployment of the revision fails. What "
          "counts are the mode, the owner and the folders above, for the user that the image sets.",
          "COPY --chmod=0755."},
         check_program_is_executable},
    Rule{{"IMG303", "The loader or interpreter is not there", Severity::error,
          "The kernel answers \"no such file or directory\" although the program is there, because what it "
          "names to run it is not: the dynamic loader, or the program of the #! line. The deployment of "
          "the revision fails.",
          "Build statically (CGO_ENABLED=0), or start from a base image that has the loader or "
          "interpreter."},
         check_interpreter},
    Rule{{"IMG304", "A shared library is not there", Severity::error,
          "The loader ends the program before main with \"error while loading shared libraries\", and the "
          "deployment of the revision fails. Libraries that are loaded later by name are not seen.",
          "Install the package with the library in the final stage, or link statically."},
         check_libraries},
    Rule{{"IMG305", "No CA certificates", Severity::warning,
          "Calls to Google APIs and to every other HTTPS server fail with \"certificate signed by unknown "
          "authority\". A service that only answers requests does not need them: Cloud Run ends TLS in "
          "front of it.",
          "Copy /etc/ssl/certs/ca-certificates.crt from the build stage, or use a distroless base."},
         check_certificates},
    Rule{{"IMG306", "No data of the time zone that TZ names", Severity::warning,
          "Programs take UTC instead and say nothing; Go's time.LoadLocation fails.",
          "Copy /usr/share/zoneinfo, install tzdata, or link Go's time/tzdata."},
         check_time_zones},
    Rule{{"IMG307", "The user or group does not exist", Severity::error,
          "A name in USER is looked up in the image's /etc/passwd and /etc/group when the container "
          "starts; where it is not there the container does not start.",
          "Use numbers: USER 65532:65532."},
         check_user_exists},
    Rule{{"IMG308", "No folder for temporary files", Severity::info,
          "Programs that write temporary files (uploads above a limit, subprocesses, SQLite) fail where "
          "/tmp or TMPDIR is not there. On Cloud Run what is written there counts as memory.",
          "Make the folder in the image, or mount an in-memory volume at it."},
         check_temporary_folder},
    Rule{{"IMG309", "Made for another platform", Severity::error,
          "Cloud Run runs executables for Linux on x86_64 "
          "(docs.cloud.google.com/run/docs/container-contract). Others fail with \"exec format error\", "
          "and the deployment of the revision fails.",
          "docker build --platform=linux/amd64, GOARCH=amd64."},
         check_platform},
};

}  // namespace

std::span<const Rule> start_rules() {
  return kRules;
}

}  // namespace crtune::analysis::rules
