#include "core/analysis/known_names.hpp"
#include "core/analysis/node_packages.hpp"
#include "core/analysis/path_census.hpp"

#include <doctest/doctest.h>

namespace crtune::analysis {

TEST_CASE("programs are known with target and version in their names") {
  CHECK(tool_named("gcc") == Tool::c_compiler);
  CHECK(tool_named("x86_64-linux-gnu-gcc-12") == Tool::c_compiler);
  CHECK(tool_named("x86_64-alpine-linux-musl-g++") == Tool::c_compiler);
  CHECK(tool_named("clang-14") == Tool::c_compiler);
  CHECK(tool_named("go") == Tool::go);
  CHECK(tool_named("javac") == Tool::javac);
  CHECK(tool_named("x86_64-linux-gnu-ld.bfd") == Tool::other);
  for (const auto* other :
       {"", "-", "gcc-", "-12", "java", "python3.11", "gccgo-wrapper", "makeinfo", "bash"}) {
    CAPTURE(other);
    CHECK(tool_named(other) == Tool::none);
  }
}

TEST_CASE("only devDependencies that nothing asks for at run time are for development") {
  using Names = std::vector<std::string>;
  CHECK(read_node_packages(R"({"devDependencies":{"b":"1","a":"2"}})").development == Names{"a", "b"});
  CHECK(read_node_packages(R"({"x":{"devDependencies":{"a":"1"}}})").development.empty());
  CHECK(read_node_packages(R"({"devDependencies":{"a":"1"},"peerDependencies":{"a":"1"}})")
            .development.empty());
  CHECK(
      read_node_packages(R"({"n":"\"devDependencies\":{","devDependencies":{"a":"x,\"b\":"}})").development ==
      Names{"a"});
  for (const auto* hostile : {"", "{", "\"", "{\"", "{\"devDependencies\":{\"a\\", "}}}}", "[[[[", "\\"}) {
    CAPTURE(hostile);
    CHECK(read_node_packages(hostile).development.empty());
  }
}

TEST_CASE("languages are asked for by LANG, LANGUAGE and LC_*") {
  CHECK(asked_languages({"LANG=de_DE.UTF-8", "LC_ALL=C", "LANGUAGE=fr:en_GB", "X=it", "LC_TIME"}) ==
        std::vector<std::string>{"de", "en", "fr"});
  CHECK(asked_languages({"LANG=", "LANG=C.UTF-8", "LC_ALL=POSIX"}).empty());
}

}  // namespace crtune::analysis
