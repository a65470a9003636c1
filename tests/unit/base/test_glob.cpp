#include "core/base/glob.hpp"

#include <doctest/doctest.h>

#include <string>

using crtune::base::glob_matches;

TEST_CASE("globs select paths as .gitignore does") {
  CHECK(glob_matches("*.pyc", "/usr/lib/a.pyc"));
  CHECK(glob_matches("/usr/**", "/usr/lib/a"));
  CHECK(glob_matches("usr/*/a", "/usr/lib/a"));
  CHECK_FALSE(glob_matches("usr/*/a", "/usr/lib/x/a"));
  CHECK(glob_matches("/usr/**/a", "/usr/a"));
  CHECK(glob_matches("/usr/**/a", "/usr/x/y/a"));
  CHECK(glob_matches("var/cache/", "/var/cache/x/y"));
  CHECK_FALSE(glob_matches("var/cache/", "/var/cache"));
  CHECK(glob_matches("/etc/[a-c]?", "/etc/bz"));
  CHECK_FALSE(glob_matches("/etc/[!a-c]?", "/etc/bz"));
  CHECK_FALSE(glob_matches("/lib", "/usr/lib"));
  CHECK(glob_matches("lib", "/usr/lib"));
}

TEST_CASE("a hostile glob is linear") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  CHECK_FALSE(glob_matches(pattern + "b", std::string(4000, 'a')));
}
