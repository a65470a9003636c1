#include "core/base/escape.hpp"

#include <doctest/doctest.h>

using namespace crtune::base;

TEST_CASE("control characters cannot reach a terminal") {
  CHECK(escape_controls("plain ünï") == "plain ünï");
  CHECK(escape_controls("a\x1b[31mb\n") == "a\\x1b[31mb\\n");
  CHECK(escape_controls("x\xE2\x80\xAEy") == "x\\u202ey");
  CHECK(escape_controls("\xff\xc0\xaf") == "\\xff\\xc0\\xaf");
  CHECK(escape_controls("\xC2\x9B") == "\\x9b");
}

TEST_CASE("long text is cut to columns") {
  CHECK(one_line("abc", 3) == "abc");
  CHECK(one_line("abcd", 3) == "ab…");
  CHECK(one_line("a\nb", 10) == "a b");
}
