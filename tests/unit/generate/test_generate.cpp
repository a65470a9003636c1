#include "core/generate/generate.hpp"
#include "core/generate/go_image.hpp"
#include "core/generate/line_diff.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/template.hpp"

#include <doctest/doctest.h>

using namespace crtune::generate;

TEST_CASE("templates are strict") {
  TemplateValues values;
  values.set("a", "x & y").set_texts("list", {"1", "2"}).set_flag("no", false);
  CHECK(
      render("t", "<%a%>\n<%#list%>\n- <%text%>\n<%/list%>\n<%#no%>\nhidden\n<%/no%>\n\nend {{a}}\n", values)
          .value() == "x & y\n- 1\n- 2\n\nend {{a}}\n");
  CHECK_FALSE(render("t", "<%a%><%list%><%no%><%unknown%>", values).has_value());
  CHECK_FALSE(render("t", "<%a%>", values).has_value());  // list and no are never used
  CHECK_FALSE(render("t", "<%#a%>", TemplateValues().set("a", "x")).has_value());
  CHECK_FALSE(render("t", "<%a%>", TemplateValues().set("a", "x\nRUN evil")).has_value());
}

TEST_CASE("values are quoted for the file they go into") {
  CHECK(yaml_scalar("europe-docker.pkg.dev/a/b:v1") == "europe-docker.pkg.dev/a/b:v1");
  CHECK(yaml_scalar("yes") == "\"yes\"");
  CHECK(yaml_scalar("a: b # c") == "\"a: b # c\"");
  CHECK(yaml_scalar("--port=1") == "\"--port=1\"");
  CHECK(copy_arguments({"a", "/app/"}).value() == "a /app/");
  CHECK(copy_arguments({"a b", "/app/"}).value() == R"(["a b", "/app/"])");
  CHECK_FALSE(copy_arguments({"a$b", "/app/"}).has_value());
  CHECK_FALSE(copy_arguments({"a\nRUN x", "/app/"}).has_value());
  CHECK_FALSE(ignore_pattern("*").has_value());
}

TEST_CASE("service names") {
  CHECK(service_name("My_App.v2") == "my-app-v2");
  CHECK(service_name("9lives") == "app-9lives");
  CHECK(service_name("--") == "app");
  CHECK(is_service_name(service_name(std::string(80, 'x'))));
  CHECK(is_service_name("a"));
  CHECK_FALSE(is_service_name("a-"));
  CHECK_FALSE(is_service_name("1a"));
  CHECK_FALSE(is_service_name(std::string(50, 'a')));
}

TEST_CASE("the image that builds") {
  CHECK(choose_go_image("1.26.8", "1.26").name == "golang:1.26.8-bookworm");
  CHECK(choose_go_image("1.26", "1.26").name == "golang:1.26-bookworm");
  CHECK(choose_go_image("1.20", "1.20").name == "golang:1.26-bookworm");
  CHECK(choose_go_image("1.26.1", "1.27.2").name == "golang:1.27.2-bookworm");
  CHECK(choose_go_image("1.28rc1", "1.28rc1").name == "golang:1.28-bookworm");
  CHECK(choose_go_image("", "").name == "golang:1.26-bookworm");
  CHECK(version_less("1.9", "1.25.1"));
  CHECK_FALSE(version_less("1.25", "1.25"));
}

TEST_CASE("differences as diff -u shows them") {
  CHECK(unified_diff("f", nullptr, "a\nb\n") == "--- /dev/null\n+++ b/f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  const std::string old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  CHECK(unified_diff("f", &old, old).empty());
  CHECK(unified_diff("f", &old, "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}
