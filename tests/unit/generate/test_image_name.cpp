#include "core/generate/image_name.hpp"

#include <doctest/doctest.h>

#include <string>

using crtune::generate::image_name_fault;

TEST_CASE("names of images") {
  for (const std::string good : {"app", "a/b", "europe-west1-docker.pkg.dev/my-project/apps/shop:v1.2",
                                 "localhost/x", "localhost:5000/x:y", "Registry.Example.com/x", "a__b/c--d.e",
                                 "x:Tag_1", "x@sha256:0123456789abcdef0123456789abcdef"}) {
    CAPTURE(good);
    CHECK(image_name_fault(good).empty());
  }
  for (const std::string bad : {"UPPER/x", "gcr.io/Proj/x", "x:", "x:-t", "x@sha256:12", "/x", "x/", "a//b",
                                "a..b", "a___b", "-x", "x y", "x:t:u", "gcr.io:/x", "a.-/x", "x\nRUN y"}) {
    CAPTURE(bad);
    CHECK_FALSE(image_name_fault(bad).empty());
  }
  CHECK(image_name_fault("UPPER/x") == "its repository must be in lower case");
  CHECK_FALSE(image_name_fault(std::string(300, 'a')).empty());
}
