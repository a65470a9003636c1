#include "core/project/cmake_build.hpp"
#include "core/project/cmake_lexer.hpp"
#include "core/project/cmake_scope.hpp"
#include "tests/unit/project/native_detection.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using model::ServiceKind;
using project::CMakeScopes;
using project::lex_cmake;
using test::detect_native;
using test::proves;

namespace {

const std::string kServer = "int main() { bind(s, &a, n); listen(s, 5); a.sin_port = htons(8080); }\n";

project::CMakeBuild read(test::Tree tree) {
  test::Tree placed;
  for (auto& [name, text] : tree) placed["/p/" + name] = std::move(text);
  test::MemoryFiles files(std::move(placed));
  return project::read_cmake(files, "/p", {}).value();
}

bool holds(const CMakeScopes& scopes, const std::string& condition) {
  return project::cmake_condition(scopes, lex_cmake("if(" + condition + ")").front().arguments, {"app"});
}

std::vector<std::string> names(const project::CMakeBuild& build) {
  std::vector<std::string> out;
  for (const auto& target : build.targets) out.push_back(target.name);
  return out;
}

}  // namespace

TEST_CASE("the language of CMake") {
  const auto commands = lex_cmake(
      "# comment\nSET(a \"x;y\" #[[ block\n]] b\\ c [=[raw ]] text]=] -DX=\"1 2\")\n\nif((A AND B) OR "
      "C)\nendif()");
  REQUIRE(commands.size() == 3);
  CHECK(commands[0].name == "set");
  CHECK(commands[0].line == 2);
  REQUIRE(commands[0].arguments.size() == 5);
  CHECK(commands[0].arguments[3].text == "raw ]] text");
  CHECK(commands[0].arguments[4].text == "-DX=\"1 2\"");
  CHECK(commands[1].line == 5);
  CHECK(commands[1].arguments.size() == 7);
}

TEST_CASE("variables are expanded, nested ones too") {
  CMakeScopes scopes;
  scopes.set("name", "app");
  scopes.set("app_dir", "src;lib");
  CHECK(scopes.expand("${${name}_dir}/x") == "src;lib/x");
  CHECK(scopes.expand(lex_cmake("f(${app_dir} \"${app_dir}\" ${none} \"\")").front().arguments) ==
        std::vector<std::string>{"src", "lib", "src;lib", ""});
  CHECK(scopes.expand("a\\${name}$ENV{HOME}") == "a${name}");
  scopes.push();
  scopes.set("name", "inner");
  scopes.pop();
  CHECK(scopes.get("name") == "app");
}

TEST_CASE("conditions") {
  CMakeScopes scopes;
  scopes.set("ON_VALUE", "ON");
  scopes.set("NAME", "Linux");
  scopes.set("VERSION", "3.10.2");
  scopes.set("LIST", "a;b");
  for (const auto* yes :
       {"ON_VALUE", "NOT OFF", "NAME STREQUAL \"Linux\"", "\"${NAME}\" MATCHES \"^(Linux|Darwin)$\"",
        "1 EQUAL 1", "VERSION VERSION_LESS 3.12", "VERSION VERSION_GREATER_EQUAL 3.10", "b IN_LIST LIST",
        "TARGET app", "DEFINED NAME", "(OFF OR ON) AND NOT (A AND B)", "NOT X_FOUND",
        "ON_VALUE AND NOT UNDEFINED"}) {
    CAPTURE(yes);
    CHECK(holds(scopes, yes));
  }
  for (const auto* no : {"UNDEFINED", "NAME STREQUAL Windows", "WIN32", "\"ON_VALUE\" STREQUAL \"x\"",
                         "x-NOTFOUND", "TARGET other", "c IN_LIST LIST", "", "(", "NOT", "A STREQUAL"}) {
    CAPTURE(no);
    // NOT of nothing is true in our reading; CMake refuses it.
    if (std::string(no) != "NOT") CHECK_FALSE(holds(scopes, no));
  }
}

TEST_CASE("targets through folders, loops, functions and conditions") {
  const auto build = read(
      {{"CMakeLists.txt",
        "cmake_minimum_required(VERSION 3.14...3.28)\nproject(shop LANGUAGES C CXX)\n"
        "include(cmake/tools.cmake)\nset(apps api;worker)\nforeach(app IN LISTS apps)\n  "
        "add_app(${app})\nendforeach()\n"
        "if(WIN32)\n  add_executable(windows w.cpp)\nelseif(UNIX)\n  add_executable(unix u.cpp)\nelse()\n"
        "  add_executable(other o.cpp)\nendif()\nadd_subdirectory(lib)\nadd_executable(alias ALIAS unix)\n"
        "add_executable(tool IMPORTED)\ninstall(TARGETS shop_api RUNTIME DESTINATION bin)\n"},
       {"cmake/tools.cmake",
        "function(add_app name)\n  add_executable(shop_${name} ${name}.cpp ${ARGN})\n"
        "  target_link_libraries(shop_${name} PRIVATE core)\nendfunction()\n"},
       {"lib/CMakeLists.txt", "file(GLOB_RECURSE files *.cpp)\nadd_library(core ${files})\n"},
       {"lib/x/a.cpp", ""}});
  CHECK(names(build) == std::vector<std::string>{"shop_api", "shop_worker", "unix", "core"});
  CHECK(build.project == "shop");
  CHECK(build.minimum == "3.14");
  CHECK(build.targets[0].installed);
  CHECK_FALSE(build.targets[1].installed);
  CHECK(build.targets[0].sources == std::vector<std::string>{"api.cpp"});
  CHECK(build.targets[0].file == "cmake/tools.cmake");
  CHECK(build.targets[3].sources == std::vector<std::string>{"lib/x/a.cpp"});
  CHECK(build.targets[3].line == 2);
}

TEST_CASE("tests, examples and benchmarks are no services") {
  const auto project = detect_native(
      {{"CMakeLists.txt",
        "project(app)\noption(APP_BUILD_TESTS \"\" ON)\nadd_executable(server "
        "main.cpp)\nadd_executable(server_test t.cpp)\n"
        "add_executable(check c.cpp)\nadd_test(NAME check COMMAND check)\nadd_executable(speed b.cpp)\n"
        "target_link_libraries(speed benchmark::benchmark)\nadd_subdirectory(examples)\n"
        "if(APP_BUILD_TESTS)\nadd_executable(more m.cpp)\nendif()\n"},
       {"examples/CMakeLists.txt", "add_executable(hello hello.cpp)\n"},
       {"main.cpp", kServer}});
  CHECK(project.main == "server");
  CHECK(project.kind == ServiceKind::service);
  CHECK(project.language == "c++");
  CHECK(proves(project, "main: server", "CMakeLists.txt", 3));
  CHECK(proves(project, "port: 8080", "main.cpp", 1));
  REQUIRE(project.native_build.has_value());
  CHECK(project.native_build->definitions ==
        std::vector<std::string>{"BUILD_TESTING=OFF", "APP_BUILD_TESTS=OFF"});
}

TEST_CASE("which program it is, and what is asked where the source does not say") {
  const std::string two = "project(shop)\nadd_executable(a a.cpp)\nadd_executable(b b.cpp)\n";
  const auto one = detect_native({{"CMakeLists.txt", two}, {"a.cpp", "int main() {}"}, {"b.cpp", kServer}});
  CHECK(one.main == "b");
  const auto both = detect_native({{"CMakeLists.txt", two}, {"a.cpp", kServer}, {"b.cpp", kServer}});
  CHECK_FALSE(both.main.has_value());
  CHECK(both.choices == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(both.refusal.empty());
  const auto chosen = detect_native({{"CMakeLists.txt", two}, {"a.cpp", kServer}, {"b.cpp", kServer}}, "a");
  CHECK(chosen.main == "a");
  CHECK(chosen.refusal.empty());
  const auto wrong = detect_native({{"CMakeLists.txt", two}, {"a.cpp", kServer}}, "c");
  CHECK(wrong.choices == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(wrong.refusal.empty());
  const auto library = detect_native({{"CMakeLists.txt", "project(x)\nadd_library(x x.cpp)\n"}});
  CHECK(library.kind == ServiceKind::library);
}

TEST_CASE("packages become Debian's, and decide how the program is linked") {
  const auto make = [](const std::string& more) {
    return detect_native(
        {{"CMakeLists.txt", "project(app)\nadd_executable(app main.cpp)\n" + more}, {"main.cpp", kServer}});
  };
  const auto plain = make("find_package(Threads REQUIRED)\nfind_package(Doxygen)\n");
  CHECK(plain.native_build->packages.empty());
  CHECK_FALSE(plain.native_build->linking.dynamic);
  const auto tls = make("find_package(OpenSSL REQUIRED)\nfind_package(nlohmann_json CONFIG REQUIRED)\n");
  CHECK(tls.native_build->packages == std::vector<std::string>{"libssl-dev", "nlohmann-json3-dev"});
  CHECK_FALSE(tls.native_build->linking.dynamic);
  CHECK(tls.native_build->definitions.back() == "OPENSSL_USE_STATIC_LIBS=TRUE");
  CHECK(proves(tls, "package: OpenSSL is libssl-dev", "CMakeLists.txt", 3));
  const auto curl =
      make("find_package(PkgConfig)\npkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl>=7.80)\n");
  CHECK(curl.native_build->packages == std::vector<std::string>{"libcurl4-openssl-dev", "pkg-config"});
  CHECK(curl.native_build->linking.dynamic);
  const auto boost = make("find_package(Boost 1.74 REQUIRED COMPONENTS system json)\n");
  CHECK(boost.native_build->packages ==
        std::vector<std::string>{"libboost-dev", "libboost-system-dev", "libboost-json-dev"});
  const auto unknown = make("find_package(Frobnicate REQUIRED)\n");
  CHECK(unknown.native_build->linking.dynamic);
  REQUIRE(unknown.notes.size() == 1);
  CHECK(unknown.notes[0].find("CMakeLists.txt:3: no Debian package is known for Frobnicate") == 0);
  const auto optional = make("find_package(ZLIB)\n");
  CHECK(optional.native_build->packages.empty());
  CHECK(optional.notes.size() == 1);
  const auto linked = make("find_package(ZLIB)\ntarget_link_libraries(app ZLIB::ZLIB)\n");
  CHECK(linked.native_build->packages == std::vector<std::string>{"zlib1g-dev"});
  const auto fetched =
      make("include(FetchContent)\nFetchContent_Declare(fmt GIT_REPOSITORY u)\nfind_package(fmt REQUIRED)\n");
  CHECK(fetched.native_build->downloads);
  CHECK(fetched.native_build->packages.empty());
}

TEST_CASE("presets, package managers and newer tools") {
  const auto project =
      detect_native({{"CMakeLists.txt",
                      "cmake_minimum_required(VERSION "
                      "3.28)\nproject(app)\nif(WITH_SERVER)\nadd_executable(app main.cpp)\nendif()\n"},
                     {"CMakePresets.json",
                      R"({"version": 3, "configurePresets": [
           {"name": "base", "hidden": true, "cacheVariables": {"WITH_SERVER": "ON"}},
           {"name": "win", "inherits": "base", "cacheVariables": {"CMAKE_BUILD_TYPE": "Release"},
            "condition": {"type": "equals", "lhs": "${hostSystemName}", "rhs": "Windows"}},
           {"name": "debug", "inherits": "base", "cacheVariables": {"CMAKE_BUILD_TYPE": "Debug"}},
           {"name": "release", "inherits": ["base"], "cacheVariables": {"CMAKE_BUILD_TYPE": {"value": "Release"}}}]})"},
                     {"vcpkg.json", "{}"},
                     {"main.cpp", kServer}});
  REQUIRE(project.native_build.has_value());
  CHECK(project.native_build->preset == "release");
  CHECK(project.native_build->package_manager == "vcpkg");
  CHECK_FALSE(project.native_build->newer_system.empty());
}

TEST_CASE("hostile CMake files end") {
  const auto ends = [](const std::string& text) { return read({{"CMakeLists.txt", text}}).targets.size(); };
  CHECK(ends("function(f)\nf()\nf()\nendfunction()\nf()\nadd_executable(a a.c)\n") <= 1);
  CHECK(ends("include(CMakeLists.txt)\nadd_subdirectory(.)\nadd_executable(a a.c)\n") == 1);
  CHECK(ends("while(TRUE)\nendwhile()\nadd_executable(a a.c)\n") == 1);
  CHECK(ends("if(A)\nif(B)\n") == 0);
  CHECK(ends("endif()\nelse()\nendforeach()\nadd_executable(a a.c)\n") == 1);
  CHECK(ends("add_executable(") == 0);
  CHECK(ends("add_executable()\nset()\ninstall()\nfind_package()\nproject()\nset_property(TARGET)\n") == 0);
  std::string doubling = "set(a xxxxxxxxxxxxxxxx)\n";
  for (int i = 0; i < 200; ++i) doubling += "set(a ${a}${a})\n";
  CHECK(ends(doubling) == 0);
  std::string nested(200'000, '(');
  CHECK(ends("if(" + nested + ")\nendif()\n") == 0);
  std::string references;
  for (int i = 0; i < 50'000; ++i) references += "${";
  CHECK(ends("set(a " + references + ")\n") == 0);
}
