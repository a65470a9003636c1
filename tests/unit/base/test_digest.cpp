#include "core/base/digest.hpp"

#include <doctest/doctest.h>

using namespace crtune::base;

TEST_CASE("a digest is checked before it can reach a path") {
  const std::string hex(64, 'a');
  CHECK(Digest::parse("sha256:" + hex).value().hex() == hex);
  CHECK(Digest::parse("sha512:" + hex + hex).has_value());
  for (const auto& bad : {hex, "md5:" + hex, "sha256:" + std::string(64, 'A'), "sha256:" + hex.substr(1),
                          std::string("sha256:../../../x"), std::string(), std::string("sha256:")}) {
    CAPTURE(bad);
    CHECK(Digest::parse(bad).error().code == ErrorCode::invalid);
  }
}
