#include "core/project/go_constraint.hpp"
#include "core/project/go_lexer.hpp"
#include "core/project/go_mod.hpp"
#include "core/project/struct_tag.hpp"

#include <doctest/doctest.h>

using namespace crtune::project;

namespace {
std::string joined(std::string_view source) {
  std::string out;
  const GoTokens all = lex_go(source);
  for (const auto& token : all.tokens) out += (out.empty() ? "" : " ") + std::string(token.text);
  return out;
}
}  // namespace

TEST_CASE("Go tokens: comments vanish, statements end, literals stay whole") {
  CHECK(joined("a := f(x) // c\n") == "a := f ( x ) ;");
  CHECK(joined("x /* one\ntwo */ y") == "x ; y ;");
  CHECK(joined("s := `http.ListenAndServe(\n\":1\")`\n") == "s := `http.ListenAndServe(\n\":1\")` ;");
  CHECK(joined("r := '\"'; s := \"a\\\"b\"") == "r := '\"' ; s := \"a\\\"b\" ;");
  CHECK(joined("if x {\n}\n") == "if x { } ;");
  CHECK(joined("a = \"unfinished\nb") == "a = \"unfinished ; b ;");
  CHECK(joined("\xEF\xBB\xBFpackage p") == "package p ;");
}

TEST_CASE("Go tokens keep their lines and the go command's directives") {
  const std::string source = "//go:build linux\n\npackage p\n\n//go:embed a b\nvar x string\n";
  const GoTokens all = lex_go(source);
  REQUIRE(all.directives.size() == 2);
  CHECK(all.directives[1].text == "go:embed a b");
  CHECK(all.directives[1].line == 5);
  CHECK(all.tokens.back().line == 6);
}

TEST_CASE("Go string literals") {
  CHECK(unquote_go(R"("a\n\x41\u00e9\101")") ==
        "a\nA\xC3\xA9"
        "A");
  CHECK(unquote_go("`a\\n`") == "a\\n");
  CHECK(unquote_go("\"") == "");
}

TEST_CASE("files of other systems, and tests, are not built") {
  CHECK(file_name_is_built("main.go"));
  CHECK(file_name_is_built("linux.go"));
  CHECK(file_name_is_built("x_linux_amd64.go"));
  CHECK(file_name_is_built("x_unix.go"));
  CHECK_FALSE(file_name_is_built("x_windows.go"));
  CHECK_FALSE(file_name_is_built("x_linux_arm64.go"));
  CHECK_FALSE(file_name_is_built("x_arm64.go"));
  CHECK_FALSE(file_name_is_built("x_test.go"));
  CHECK_FALSE(file_name_is_built("_x.go"));
}

TEST_CASE("build expressions") {
  CHECK(expression_is_built("linux && !windows", Cgo::on));
  CHECK(expression_is_built("(darwin || unix) && go1.21", Cgo::on));
  CHECK(expression_is_built("!cgo", Cgo::off));
  CHECK_FALSE(expression_is_built("!cgo", Cgo::on));
  CHECK_FALSE(expression_is_built("ignore", Cgo::on));
  CHECK_FALSE(expression_is_built("linux && (tools || wasm)", Cgo::on));
  const std::string source = "// +build linux,!amd64 darwin\n// +build cgo\n\npackage p";
  CHECK_FALSE(directives_are_built(lex_go(source).directives, Cgo::on));
  CHECK(expression_is_built(std::string(100'000, '('), Cgo::on));
}

TEST_CASE("go.mod") {
  const GoMod mod = parse_go_mod(
      "// a comment\nmodule \"example.com/x\" // y\n\ngo 1.24.3\ntoolchain go1.26.8-custom\n"
      "require (\n\ta.com/b v1.0.0\n\tc.com/d v2.0.0 // indirect\n)\nrequire e.com/f v0.1.0\n"
      "replace a.com/b => ../b\nreplace (\n\tc.com/d v2.0.0 => g.com/h v1.0.0\n)\nunknown x\n");
  CHECK(mod.module == "example.com/x");
  CHECK(mod.go == "1.24.3");
  CHECK(mod.toolchain == "1.26.8");
  CHECK(mod.toolchain_line == 5);
  REQUIRE(mod.requires_modules.size() == 3);
  CHECK(mod.requires_modules[1].indirect);
  REQUIRE(mod.replaces.size() == 2);
  CHECK(mod.replaces[0].is_local());
  CHECK_FALSE(mod.replaces[1].is_local());
  CHECK(parse_go_mod("module x\ntoolchain default\n").toolchain.empty());
  CHECK(parse_go_mod("go 1.22\nuse (\n\t./a\n\t../b\n)\n").uses.size() == 2);
}

TEST_CASE("struct tags") {
  CHECK(tag_value(R"(json:"p" env:"PORT,required" default:"80")", "env") == "PORT,required");
  CHECK_FALSE(tag_value("json", "env").has_value());
  const auto value = value_of_tag(R"(env:"PORT,default=8080")", "", {});
  REQUIRE(value.has_value());
  CHECK(value->name == "PORT");
  CHECK(value->text == "8080");
}
