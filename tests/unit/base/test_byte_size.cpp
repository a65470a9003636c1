#include "core/base/byte_size.hpp"

#include <doctest/doctest.h>

using namespace crtune::base;

TEST_CASE("bytes are printed with three digits") {
  CHECK(format_bytes(0) == "0 B");
  CHECK(format_bytes(999) == "999 B");
  CHECK(format_bytes(1000) == "1.00 kB");
  CHECK(format_bytes(48'200'000) == "48.2 MB");
  CHECK(format_bytes(999'960) == "1.00 MB");
  CHECK(format_bytes(2'147'483'648, Units::iec) == "2.00 GiB");
}

TEST_CASE("sizes are read as people write them") {
  CHECK(parse_bytes("1024").value() == 1024);
  CHECK(parse_bytes("20MB").value() == 20'000'000);
  CHECK(parse_bytes("20 MiB").value() == 20'971'520);
  CHECK(parse_bytes("1.5GB").value() == 1'500'000'000);
  CHECK(parse_bytes("10k").value() == 10'000);
  for (const auto* bad : {"", "MB", "-1", "1e400", "12 parsecs", "nan", "inf", "99999999999GB", "1MBx"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_bytes(bad).has_value());
  }
}
