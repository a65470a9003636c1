#include "core/check/rules/rules.hpp"

#include <array>

namespace crtune::check::rules {

using model::Severity;

// Where Dockerfile, source, context and Cloud Run do not fit together.
namespace {

constexpr std::array kRules = {
    Rule{{"DF430", "COPY names what .dockerignore hides", Severity::error,
          "The builder does not see the file: the build ends, or copies an empty pattern.",
          "An exception in .dockerignore: !path", "BuildKit CopyIgnoredFile"},
         check_ignored_source},
    Rule{{"DF431", "COPY names a file that is not there", Severity::warning,
          "The build ends here, unless an earlier step of the pipeline makes the file.",
          "The right path, from the build context.", ""},
         check_missing_source},
    Rule{{"DF432", "The program needs cgo, which is switched off", Severity::error,
          "Without cgo some packages do not compile; others, such as go-sqlite3, compile to a stub that "
          "fails when it is first used.",
          "CGO_ENABLED=1 with gcc in the build stage, or a package in pure Go.", ""},
         check_cgo_disabled},
    Rule{{"DF433", "A program that needs a C library on a base without one", Severity::error,
          "The loader named in the program is not there: the start fails with 'no such file or directory'.",
          "CGO_ENABLED=0 for Go; a static link; or a base with the library, such as distroless/base.", ""},
         check_dynamic_program},
    Rule{{"DF434", "No CA bundle in the image", Severity::info,
          "Calls to any service over TLS fail with 'certificate signed by unknown authority'.",
          "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/", ""},
         check_certificates},
    Rule{{"DF435", "The program asks for time zones that the image has not", Severity::warning,
          "time.LoadLocation fails with 'unknown time zone'.",
          "COPY --from=build /usr/local/go/lib/time/zoneinfo.zip and ENV ZONEINFO; apk add tzdata; or go "
          "build -tags timetzdata.",
          ""},
         check_time_zones},
    Rule{{"DF436", "The image is built for a processor that Cloud Run does not have", Severity::error,
          "Cloud Run runs linux/amd64; another architecture fails with 'exec format error'.",
          "linux/amd64: GOARCH=$TARGETARCH, and no fixed platform.", ""},
         check_processor},
    Rule{{"DF437", "The Go image is older than go.mod asks for", Severity::error,
          "The official images set GOTOOLCHAIN=local: the build ends with 'go.mod requires go >= …'.",
          "A tag that is at least go.mod's go line.", ""},
         check_go_version},
    Rule{{"DF438", "Modules are downloaded before a local one is there", Severity::error,
          "go mod download reads the go.mod of every folder that a replace line or go.work names, and ends "
          "where one is missing.",
          "COPY its go.mod too before go mod download.", ""},
         check_local_modules},
    Rule{{"DF439", "go build of one file of a package", Severity::warning,
          "The other files of the package are left out: the build ends with undefined names, or misses what "
          "their init does.",
          "go build ./cmd/server: the folder.", ""},
         check_single_file},
    Rule{{"DF440", ".dockerignore hides what //go:embed needs", Severity::error,
          "The build ends with 'no matching files found'.", "An exception in .dockerignore: !path", ""},
         check_embedded_file},
    Rule{{"DF441", "A file that the program opens is not in the image", Severity::warning,
          "The program starts and fails at the first request that needs the file.",
          "COPY the file to where the program looks, below its WORKDIR.", ""},
         check_runtime_file},
    Rule{{"DF442", "An empty image without /tmp", Severity::info,
          "os.CreateTemp, uploads over 32 MB and many libraries write to /tmp, which scratch does not have.",
          "COPY --from=build a /tmp with mode 1777, or a base such as distroless/static.", ""},
         check_temporary_folder},
    Rule{{"DF443", "VOLUME does nothing on Cloud Run", Severity::info,
          "Cloud Run ignores it; what is written is kept in memory and counts against the limit.",
          "volumes: in service.yaml for a bucket or memory; drop the line.", ""},
         check_volume},
};

}  // namespace

std::span<const Rule> project_rules() {
  return kRules;
}

}  // namespace crtune::check::rules
