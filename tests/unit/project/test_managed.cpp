#include "core/platform/documents.hpp"
#include "core/project/detect.hpp"
#include "core/project/xml_document.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using model::JavaTool;
using model::PortSource;
using model::ServiceKind;

namespace {

using Tree = std::map<std::string, std::string>;

model::Project detect(const Tree& tree, const std::string& main = "") {
  Tree placed;
  for (const auto& [name, text] : tree) placed["/p/" + name] = text;
  test::MemoryFiles files(std::move(placed));
  const platform::ParsedDocuments documents;
  auto project = project::detect(
      files, "/p", {.main = main.empty() ? std::nullopt : std::optional(main), .documents = &documents});
  REQUIRE(project.has_value());
  return *project;
}

std::string java_main(const std::string& body, const std::string& name = "Main") {
  return "package a.b;\nclass " + name + " {\n  public static void main(String[] args) {\n" + body +
         "\n  }\n}\n";
}
std::string pom(const std::string& more) {
  return "<project><artifactId>shop</artifactId>" + more + "</project>";
}

}  // namespace

TEST_CASE("XML as build files have it") {
  const auto read = project::parse_xml(
      "<?xml version='1.0'?><!DOCTYPE x><a k='1' m:n=\"&lt;2\"><!-- <b>no</b> --><m:b> t &amp; u "
      "</m:b><c/><![CDATA[<raw>]]></a>\n",
      "f");
  REQUIRE(read.has_value());
  CHECK(read->attribute("k") == "1");
  CHECK(read->attribute("m:n") == "<2");
  CHECK(read->text_of("b") == "t & u");
  CHECK(read->text == "<raw>");
  CHECK(read->find("c") != nullptr);
  for (const char* broken : {"", "<a>", "<a></b>", "</a>", "<a", "<a/><b/>", "<a><b></a></b>"}) {
    CAPTURE(broken);
    CHECK_FALSE(project::parse_xml(broken, "f").has_value());
  }
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  CHECK_FALSE(project::parse_xml(deep, "f").has_value());
}

TEST_CASE("the version of Java") {
  const auto version = [](const std::string& file, const std::string& text) {
    return detect({{file, text}, {"src/main/java/a/b/Main.java", java_main("new ServerSocket(1)")}}).version;
  };
  CHECK(version("pom.xml",
                pom("<properties><maven.compiler.release>17</maven.compiler.release></properties>")) == "17");
  CHECK(version("pom.xml", pom("<properties><v>21</v><java.version>${v}</java.version></properties>")) ==
        "21");
  CHECK(version("pom.xml",
                pom("<properties><maven.compiler.source>1.8</maven.compiler.source></properties>")) == "8");
  CHECK(version("pom.xml",
                pom("<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>"
                    "<release>11</release></configuration></plugin></plugins></build>")) == "11");
  CHECK(version("build.gradle", "java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\n") ==
        "21");
  CHECK(version("build.gradle", "sourceCompatibility = '17'\n") == "17");
  CHECK(version("build.gradle.kts", "java { sourceCompatibility = JavaVersion.VERSION_1_8 }\n") == "8");
  CHECK(version("pom.xml", pom("")).empty());
}

TEST_CASE("Java's main class and port") {
  const auto plain =
      detect({{"pom.xml", pom("")},
              {"src/main/java/a/b/Main.java",
               java_main("int p = Integer.parseInt(System.getenv(\"PORT\")); new InetSocketAddress(p);")},
              {"src/main/java/a/b/Tool.java", java_main("", "Tool")}});
  CHECK(plain.main == "a.b.Main");
  CHECK(plain.java->tool == JavaTool::javac);
  CHECK(plain.port.source == PortSource::port_variable);
  const auto spring = detect(
      {{"pom.xml", pom("<dependencies><dependency><groupId>org.springframework.boot</groupId>"
                       "<artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>")},
       {"src/main/java/a/b/App.java", "@SpringBootApplication\n" + java_main("", "App")},
       {"src/main/resources/application.yml", "server:\n  port: ${PORT:9090}\n"}});
  CHECK(spring.framework == "spring-boot");
  CHECK(spring.java->tool == JavaTool::maven);
  CHECK(spring.port.source == PortSource::port_variable);
  CHECK(spring.port.number == 9090);
  const Tree two = {{"pom.xml", pom("")},
                    {"src/main/java/a/b/One.java", java_main("new ServerSocket(1234)", "One")},
                    {"src/main/java/a/b/Two.java", java_main("new ServerSocket(1235)", "Two")}};
  CHECK(detect(two).choices == std::vector<std::string>{"a.b.One", "a.b.Two"});
  CHECK(detect(two, "a.b.Two").port.number == 1235);
  CHECK(detect({{"pom.xml", pom("")}, {"src/main/java/a/X.java", "class X {}"}}).kind ==
        ServiceKind::library);
  CHECK(detect({{"pom.xml", pom("")}, {"src/main/java/a/b/Main.java", java_main("")}}).kind ==
        ServiceKind::cli);
}

TEST_CASE(".NET projects") {
  const auto csproj = [](const std::string& sdk, const std::string& framework) {
    return "<Project Sdk=\"" + sdk + "\"><PropertyGroup><TargetFramework>" + framework +
           "</TargetFramework></PropertyGroup></Project>";
  };
  const auto web = detect({{"a.sln", ""},
                           {"Api/Api.csproj", csproj("Microsoft.NET.Sdk.Web", "net10.0")},
                           {"Api.Tests/Api.Tests.csproj", csproj("Microsoft.NET.Sdk.Web", "net10.0")}});
  CHECK(web.language == "dotnet");
  CHECK(web.version == "10.0");
  CHECK(web.main == "Api/Api.csproj");
  CHECK(web.dotnet->trims);
  CHECK(web.port.name == "ASPNETCORE_HTTP_PORTS");
  CHECK(detect({{"X.csproj", csproj("Microsoft.NET.Sdk.Web", "net9.0;net10.0;net8.0")}}).version == "10.0");
  CHECK_FALSE(detect({{"X.csproj", csproj("Microsoft.NET.Sdk.Web", "net8.0")}, {"P.cs", "AddControllers()"}})
                  .dotnet->trims);
  CHECK(detect({{"X.csproj", csproj("Microsoft.NET.Sdk", "net8.0")}}).kind == ServiceKind::library);
  const auto two = detect({{"x.sln", ""},
                           {"A/A.csproj", csproj("Microsoft.NET.Sdk.Web", "net8.0")},
                           {"B/B.csproj", csproj("Microsoft.NET.Sdk.Web", "net8.0")}});
  CHECK(two.choices.size() == 2);
}

TEST_CASE("static sites, and tools that bring a package.json") {
  const auto site = detect({{"index.html", ""}, {"css/a.css", ""}, {"README.md", ""}, {".env", ""}});
  CHECK(site.kind == ServiceKind::static_site);
  CHECK(site.main == ".");
  CHECK(site.site->files == std::vector<std::string>{"index.html"});
  CHECK(site.site->folders == std::vector<std::string>{"css"});
  CHECK(detect({{"public/index.html", ""}}).main == "public");
  const auto django = detect({{"package.json", R"({"devDependencies": {"tailwindcss": "3"}})"},
                              {"requirements.txt", "django\n"},
                              {"manage.py", ""},
                              {"shop/wsgi.py", ""}});
  CHECK(django.language == "python");
}
