#include "core/check/rules/rules.hpp"

#include <array>

namespace crtune::check::rules {

using model::Severity;

// How the container starts, listens and stops.
namespace {

constexpr std::array kRules = {
    Rule{{"DF201", "The program is started by a shell", Severity::warning,
          "In shell form /bin/sh is process 1 and does not pass SIGTERM on: Cloud Run waits ten seconds, "
          "then kills, and requests in flight are lost. A base without a shell does not start at all.",
          "The exec form: CMD [\"/app\", \"--flag\"]; where variables are needed, CMD [\"sh\", \"-c\", "
          "\"exec app --port $PORT\"].",
          "hadolint DL3025; BuildKit JSONArgsRecommended"},
         check_shell_form},
    Rule{{"DF202", "A tool stands between Cloud Run and the program", Severity::warning,
          "npm, yarn, poetry, uv, gradle and the like stay in memory beside the program, take 0.2 to 2 s of "
          "each cold start, and some swallow SIGTERM.",
          "Start the program itself: CMD [\"node\", \"server.js\"], CMD [\"gunicorn\", \"app:app\"].", ""},
         check_wrapper},
    Rule{{"DF203", "HEALTHCHECK does nothing on Cloud Run", Severity::info,
          "Cloud Run ignores it; its own probes stand in service.yaml. Elsewhere it runs a process every 30 "
          "seconds.",
          "startupProbe and livenessProbe in service.yaml; drop the line.",
          "hadolint DL3057 (which wants one)"},
         check_health_check},
    Rule{{"DF204", "Migrations or installs run at each start", Severity::warning,
          "Every new instance does the work again, before its first request and beside the others that do "
          "the same.",
          "A Cloud Run job for migrations, in the pipeline before the deploy; installs in RUN.", ""},
         check_work_at_start},
    Rule{{"DF205", "Python compiles its modules at each start", Severity::info,
          "With PYTHONDONTWRITEBYTECODE and no .pyc files in the image every cold start compiles every "
          "module that it imports.",
          "RUN python -m compileall -q /app, or UV_COMPILE_BYTECODE=1 while installing; "
          "PYTHONDONTWRITEBYTECODE only while building.",
          ""},
         check_no_bytecode},
    Rule{{"DF206", "A Java program starts from one large archive", Severity::info,
          "A jar of jars is unpacked in memory at each start, and is one layer that changes with every line "
          "of code. Google's advice for Cloud Run is to avoid nested jars; class data sharing takes about a "
          "quarter of the start.",
          "Extract the layers (java -Djarmode=tools -jar app.jar extract), and add a class archive: "
          "-XX:SharedArchiveFile.",
          ""},
         check_fat_jar},
    Rule{{"DF207", "EXPOSE names another port than service.yaml", Severity::warning,
          "Cloud Run sends requests to containerPort (8080 where none is written) and never reads EXPOSE; "
          "people and other platforms do.",
          "One number in EXPOSE, in containerPort and in the program.", ""},
         check_exposed_port},
    Rule{{"DF208", "The program listens on another port than Cloud Run asks for", Severity::error,
          "The start fails with 'failed to start and listen on the port defined by the PORT environment "
          "variable'.",
          "Read PORT in the program, or set containerPort to the number that it uses.", ""},
         check_fixed_port},
    Rule{{"DF209", "The program listens on this host only", Severity::error,
          "Requests come over the container's network interface; 127.0.0.1 and localhost cannot be reached "
          "from there, and the start fails.",
          "Listen on 0.0.0.0, or on :PORT without an address.", ""},
         check_loopback},
    Rule{{"DF210", "A gRPC service without the h2c port name", Severity::warning,
          "Cloud Run speaks HTTP/1 to a container unless the port is named h2c; gRPC then fails with a "
          "broken connection.",
          "ports: [{name: h2c, containerPort: 8080}]", ""},
         check_http2_port},
    Rule{{"DF211", "STOPSIGNAL does nothing on Cloud Run", Severity::info,
          "Cloud Run sends SIGTERM whatever the image says, and SIGKILL ten seconds later.",
          "Handle SIGTERM in the program; drop the line.", ""},
         check_stop_signal},
    Rule{{"DF212", "Many small files are opened at each start", Severity::info,
          "node_modules of a service often has tens of thousands of files; each that is opened at start is a "
          "round trip to the image's file system.",
          "Bundle the program into one file (esbuild), or install without packages for development.", ""},
         check_file_count},
};

}  // namespace

std::span<const Rule> start_rules() {
  return kRules;
}

}  // namespace crtune::check::rules
