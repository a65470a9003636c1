#include "core/analysis/rules/binary_rules.hpp"
#include "core/analysis/rules/rules.hpp"

#include <array>

namespace crtune::analysis::rules {

using model::Severity;

// What single executables are and hold.
namespace {

constexpr std::array kRules = {
    Rule{{"BIN101", "Symbols and debug data", Severity::warning,
          "They are pushed, stored and imported with every deployment and are never loaded. Panics and "
          "stack traces of Go keep their names and lines without them.",
          "Go: -ldflags=\"-s -w\". Rust: strip = \"symbols\". C and C++: strip -s in the build stage."},
         check_stripped},
    Rule{{"BIN102", "Built without -trimpath", Severity::info,
          "The binary tells the folders of the machine that built it, and differs from one machine to the "
          "next, so that equal sources give different layers to push.",
          "go build -trimpath"},
         check_trimpath},
    Rule{{"BIN103", "Built with the race detector", Severity::warning,
          "Go's documentation: memory may grow 5 to 10 times, and execution time 2 to 20 times "
          "(go.dev/doc/articles/race_detector). On Cloud Run both are billed.",
          "Build without -race."},
         check_race_detector},
    Rule{{"BIN104", "Built without optimisation", Severity::warning,
          "-N and -l are for debuggers: no optimisation and no inlining, so that every request takes more "
          "processor time, which is billed.",
          "Build without -N and -l in -gcflags."},
         check_optimizer},
    Rule{{"BIN105", "Linked with the C library for little", Severity::info,
          "With CGO_ENABLED=1, net and os/user alone make a program need a loader and a C library, so it "
          "does not start on scratch or distroless/static; a static one starts with one file.",
          "CGO_ENABLED=0 go build"},
         check_cgo},
    Rule{{"BIN106", "Built for other processors", Severity::warning,
          "Executables for another architecture cannot be run. GOAMD64=v3 and v4 ask for instructions that "
          "Cloud Run's documents do not promise; the program ends at once where they are missing.",
          "Build with the platform's GOARCH, and GOAMD64=v1 or v2."},
         check_binary_platform},
    Rule{{"BIN107", "Built from uncommitted changes", Severity::info,
          "The revision cannot be built again from the commit that it names.",
          "Commit, then build from a clean checkout."},
         check_modified_source},
    Rule{{"BIN108", "The Go version is past its support", Severity::warning,
          "A Go release gets fixes until there are two newer ones (go.dev/doc/devel/release). Flaws of the "
          "standard library found since then, in net/http and crypto/tls as well, stay in the service.",
          "Build with a supported Go version."},
         check_go_support},
    Rule{{"BIN109", "The CPU limit is not seen", Severity::warning,
          "Until Go 1.25, and with a go line below 1.25 in the main module, GOMAXPROCS is the number of "
          "the machine's processors. On Cloud Run more threads than the limit's processors then run and "
          "are throttled, the garbage collector's too, and latency rises.",
          "Set go 1.25 or later in go.mod, or GOMAXPROCS to ceil(cpu) in service.yaml."},
         check_processor_limit},
    Rule{{"BIN110", "Built without a profile", Severity::info,
          "With a CPU profile of production the Go compiler makes programs 2 to 14 % faster, says its "
          "documentation (go.dev/doc/pgo). Processor time is what Cloud Run bills.",
          "Put default.pgo beside package main."},
         check_profile},
    Rule{{"BIN111", "Unused methods stay in the binary", Severity::info,
          "The linker drops methods that nothing calls, unless a method is looked up by a name that it "
          "cannot know, as templates do. Then every exported method of every reachable type stays; "
          "published cases shrank by 12 to 32 % without it.",
          "Keep text/template, html/template and dependencies that call reflect's MethodByName out of the "
          "service."},
         check_method_pruning},
    Rule{{"BIN112", "Large embedded files", Severity::info,
          "Files of //go:embed are stored uncompressed inside the program and change its layer with each "
          "release.",
          "Embed them compressed, or serve them from Cloud Storage."},
         check_embedded_files},
    Rule{{"BIN113", "The same binary twice", Severity::warning,
          "Both copies are pushed, stored and imported with every deployment.",
          "Keep one, and link to it in the same instruction."},
         check_copies},
    Rule{{"BIN114", "Packed by UPX", Severity::info,
          "Each process that runs the file unpacks it whole into memory of its own, which counts against "
          "the limit.",
          "Ship it unpacked."},
         check_packed_binaries},
    Rule{{"BIN115", "An executable that could not be understood", Severity::warning,
          "Nothing can be said of what it needs to run. Its bytes are counted all the same.",
          "Build and copy it again."},
         check_unreadable},
};

}  // namespace

std::span<const Rule> binary_rules() {
  return kRules;
}

}  // namespace crtune::analysis::rules
