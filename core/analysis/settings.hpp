// An image's configuration as it may be shown: secrets in it are hidden.
#pragma once

#include "core/model/image.hpp"
#include "core/model/setting.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::analysis {

// Every setting that is set, by kind; variables, labels, ports and volumes by name. A variable or label whose
// name is that of a secret is hidden, whatever its value; in other values what the secret rules find is
// hidden. `key` keys the fingerprints: equal keys make them comparable.
std::vector<model::Setting> settings_of(const model::ImageConfig& config, std::uint64_t key);

}  // namespace crtune::analysis
