// What is known of public base images by their names.
#pragma once

#include "core/dockerfile/image_name.hpp"

#include <string_view>

namespace crtune::check {

// An image without a C library and without a shell: scratch, distroless/static, chainguard/static.
bool is_static_base(const dockerfile::ImageName& image);
// An image without a shell, so that shell form cannot run.
bool has_no_shell(const dockerfile::ImageName& image);
// An image whose user is not root already: tags with nonroot, Chainguard's images.
bool is_nonroot_base(const dockerfile::ImageName& image);
// What a build needs and a service does not, in words; empty where it is no such image.
std::string_view toolchain_of(const dockerfile::ImageName& image);
// An image whose /bin/sh is busybox's: Alpine and images made from it.
bool is_alpine(const dockerfile::ImageName& image);
// Whether the base brings the CA bundle, or the time zones; false also where it is not known.
bool lacks_certificates(const dockerfile::ImageName& image);
bool lacks_time_zones(const dockerfile::ImageName& image);

}  // namespace crtune::check
