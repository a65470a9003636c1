// Which files a package manager brought, by the lists it keeps in the image.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace crtune::inspect {

// Whether the file at `path`, without a leading slash, is such a list: dpkg's (info/NAME.list, and
// status.d/NAME.md5sums in distroless images) or apk's.
bool is_package_list(std::string_view path);

// The files that the list names, each as base::path_hash of its path without a leading slash.
// Source: dpkg-query(1), files of the admindir; apk's database, https://wiki.alpinelinux.org/wiki/Apk_spec.
std::vector<std::uint64_t> packaged_files(std::string_view path, std::string_view text);

}  // namespace crtune::inspect
