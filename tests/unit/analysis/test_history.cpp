#include "core/analysis/history.hpp"

#include <doctest/doctest.h>

namespace crtune::analysis {

namespace {

// How many layers are the base image's. A row that begins with "-" makes no layer.
std::size_t base_layers(const std::vector<std::string>& rows) {
  std::vector<model::HistoryRow> history;
  std::size_t layers = 0;
  for (const auto& row : rows) {
    const bool is_empty = row.starts_with('-');
    history.push_back({.created_by = is_empty ? row.substr(1) : row, .empty_layer = is_empty});
    if (!is_empty) ++layers;
  }
  const auto origins = match_history(history, layers);
  std::size_t base = 0;
  while (base < layers && origins[base].base) ++base;
  return base;
}

std::vector<std::string> joined(std::vector<std::string> rows, const std::vector<std::string>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

const std::vector<std::string> kDebian = {"ADD rootfs.tar.xz /", R"(-CMD ["bash"])"};

// As docker-library/golang's image has them.
const std::vector<std::string> kGolang = joined(
    kDebian,
    {"RUN /bin/sh -c apt-get install -y gcc # buildkit", "-ENV GOLANG_VERSION=1.26.0",
     "-ENV GOTOOLCHAIN=local", "-ENV GOPATH=/go",
     "-ENV PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
     "COPY /target/ / # buildkit",
     R"(RUN /bin/sh -c mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH" # buildkit)",
     "WORKDIR /go"});

}  // namespace

TEST_CASE("a golang image ends with its own WORKDIR") {
  CHECK(base_layers(joined(kGolang, {"COPY . . # buildkit", "RUN /bin/sh -c go build # buildkit"})) == 5);
  CHECK(base_layers(joined(kGolang, {"WORKDIR /go", "COPY . ."})) == 5);
  CHECK(base_layers(joined(kGolang, {"COPY . .", R"(-CMD ["/app"])"})) == 5);
  // A later command ends a base image that stands on golang.
  CHECK(base_layers(joined(kGolang, {"COPY a /", R"(-CMD ["/a"])", "COPY b /"})) == 6);
  // The image itself is nobody's base here.
  CHECK(base_layers(kGolang) == 1);
  // One ENV row for all, and a WORKDIR without a layer, as other builders write them.
  CHECK(base_layers(joined(kDebian, {"/bin/sh -c #(nop) COPY dir:1 in /usr/local/go ",
                                     "-/bin/sh -c #(nop)  ENV GOTOOLCHAIN=local GOPATH=/go "
                                     "PATH=/go/bin:/usr/local/go/bin:/usr/bin",
                                     "-/bin/sh -c #(nop) WORKDIR /go", "COPY . ."})) == 2);
}

TEST_CASE("whoever works in /go on a base of their own is not taken for golang") {
  CHECK(base_layers(joined(kDebian, {"WORKDIR /go", "COPY . ."})) == 1);
  CHECK(base_layers(joined(kDebian, {"-ENV GOPATH=/go", "WORKDIR /go", "COPY . ."})) == 1);
  CHECK(base_layers(joined(kDebian, {"-ENV GOPATH=/go", "-ENV PATH=/go/bin:/usr/local/go/bin:/bin",
                                     "WORKDIR /go", "COPY . ."})) == 1);
  CHECK(base_layers(joined(kDebian, {"-ENV GOTOOLCHAIN=local GOPATH=/go PATH=/go/bin:/usr/local/go/bin:/bin",
                                     "RUN go install x", "WORKDIR /go", "COPY . ."})) == 1);
  CHECK(base_layers(joined(kDebian, {"-ENV GOTOOLCHAIN=local GOPATH=/go PATH=/go/bin:/usr/local/go/bin:/bin",
                                     "WORKDIR /go/src/app", "COPY . .", "WORKDIR /go", "RUN x"})) == 1);
}

TEST_CASE("rust and gcc images end with their installation") {
  CHECK(base_layers(joined(
            kDebian, {"-ENV RUSTUP_HOME=/usr/local/rustup CARGO_HOME=/usr/local/cargo RUST_VERSION=1.80",
                      "RUN /bin/sh -c set -eux; ./rustup-init -y --no-modify-path; rustc --version",
                      "COPY . .", "RUN cargo build"})) == 2);
  CHECK(base_layers(joined(kDebian, {"RUN ./rustup-init -y --no-modify-path", "COPY . ."})) == 1);
  CHECK(base_layers(joined(
            kDebian,
            {"-ENV GCC_VERSION=12.3.0", "RUN make",
             "RUN set -ex; dpkg-divert --divert /usr/bin/gcc.orig --rename /usr/bin/gcc", "COPY . ."})) == 3);
}

}  // namespace crtune::analysis
