// Names of images.
// Source: the grammar in github.com/distribution/reference, reference.go.
#pragma once

#include <string>
#include <string_view>

namespace crtune::generate {

// What is wrong with `name` as [registry/]repository[:tag][@digest]; empty where it is right. A first part
// counts as a registry when it has a "." or a ":" or is localhost; all others belong to the repository, which
// is lower case.
std::string image_name_fault(std::string_view name);

}  // namespace crtune::generate
