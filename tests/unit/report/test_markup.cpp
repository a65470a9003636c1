#include "core/report/markup.hpp"
#include "tests/support/findings_in_memory.hpp"

#include <doctest/doctest.h>

using namespace crtune::report;

TEST_CASE("text for Markdown is inert") {
  CHECK(markdown_text("/usr/lib/x-1.2.so", 80) == "/usr/lib/x-1.2.so");
  CHECK(markdown_text("a|b <b> `c` *d* [e](f) \\", 80) ==
        "a&#124;b &#60;b&#62; &#96;c&#96; &#42;d&#42; &#91;e&#93;(f) &#92;");
  CHECK(markdown_text("@everyone #12 GH-7 gh-8 high-5", 80) ==
        "&#64;&#8203;everyone &#35;&#8203;12 GH&#8203;-7 gh&#8203;-8 high-5");
  CHECK(markdown_text("http://a.b www.c.d Www.e", 80) == "http:&#8203;//a.b www&#8203;.c.d Www&#8203;.e");
  CHECK(markdown_text("a\nb\x1b[1m\xff", 80) == "a b&#92;x1b&#91;1m&#92;xff");
  CHECK(markdown_text("&amp;", 80) == "&#38;amp;");
  CHECK(markdown_text("abcdef", 4) == "abc…");
}

TEST_CASE("code for Markdown needs no longer fence") {
  CHECK(markdown_code("RUN a && b", 80) == "`RUN a && b`");
  CHECK(markdown_code("<script>@x #1", 80) == "`<script>@x #1`");
  CHECK(markdown_code("a|b", 80) == "<code>a&#124;b</code>");
  CHECK(markdown_code("a`b", 80) == "<code>a&#96;b</code>");
  CHECK(markdown_code("a\\", 80) == "<code>a&#92;</code>");
  CHECK(markdown_code(" a", 80) == "<code> a</code>");
  CHECK(markdown_code("", 80) == "<code></code>");
}

TEST_CASE("text for XML is well-formed whatever it holds") {
  CHECK(xml_text("a<b>&\"'") == "a&#60;b&#62;&#38;&#34;&#39;");
  CHECK(xml_text("]]>") == "]]&#62;");
  CHECK(xml_text("ü\n\n\t\x01\xff") == "ü\n\n\\t\\x01\\xff");
  CHECK(xml_text("\xEF\xBF\xBE\xEF\xBF\xBF") == "\uFFFD\uFFFD");
  CHECK(xml_text("\xED\xA0\x80") == "\\xed\\xa0\\x80");
  CHECK(xml_text(std::string_view("\0", 1)) == "\\x00");
}

TEST_CASE("paths as URIs") {
  CHECK(uri_path("app/server-1.2_x~") == "app/server-1.2_x~");
  CHECK(uri_path("a b:c?d#e%f") == "a%20b%3Ac%3Fd%23e%25f");
  CHECK(uri_path("ü\xff\n") == "%C3%BC%FF%0A");
}

TEST_CASE("a long text is cut at the same place as a short one") {
  CHECK(cut_line("äöü", 3) == "äöü");
  CHECK(cut_line("äöüx", 3) == "äö…");
  std::string emoji;
  for (int i = 0; i < 100; ++i) emoji += "\U0001F600";
  CHECK(cut_line(emoji, 3) == "\U0001F600\U0001F600…");
  CHECK(cut_line(std::string(1'000'000, 'x'), 5) == "xxxx…");
}
