// What an image is made of, before any layer was read.
#pragma once

#include "core/base/json.hpp"
#include "core/model/image.hpp"
#include "core/source/member_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crtune::source {

struct LayerRecipe {
  std::string member;
  base::Digest digest = {};                // of the stored bytes; empty where the input does not tell
  std::optional<std::uint64_t> size = {};  // likewise
  std::string media_type = {};             // never trusted, only compared
};

struct Recipe {
  std::vector<std::string> names;
  base::Digest manifest_digest;  // empty where there is no manifest
  base::Digest config_digest;
  model::ImageConfig config;
  std::vector<LayerRecipe> layers;
  std::vector<std::string> notes;
  bool predates_diff_ids = false;  // images of before Docker 1.10 have none
};

// Which image of an input is wanted.
struct Selection {
  std::string name;                      // --image; empty: the only one
  std::string platform = "linux/amd64";  // os/architecture[/variant]
  bool platform_is_explicit = false;
};

// Whether an image for the platform `is` serves where `wanted` is asked for; linux/arm64 and linux/arm64/v8
// mean each other.
bool is_platform(const std::string& wanted, const std::string& is);

// The member's document as JSON. Errors: invalid, limit.
base::Result<base::Json> read_json(MemberStore& members, const std::string& member);

// An image configuration (OCI config.md, Docker v1.2 images). Errors: invalid.
base::Result<model::ImageConfig> parse_config(const base::Json& config, const std::string& file);

// Reads the configuration `member`, checks its digest where `expected` is not empty, and fills the recipe
// with it.
base::Status read_config(MemberStore& members, const std::string& member, const base::Digest& expected,
                         Recipe& recipe);

// The digest of a document's bytes.
base::Digest digest_of(const std::string& text);

// Whether `name` as a user writes it means the tag `tag`: "app" is "docker.io/library/app:latest".
bool means_same_name(const std::string& name, const std::string& tag);

// A usage error that lists what could be chosen.
tl::unexpected<base::Error> choose_image(const std::string& file, const std::vector<std::string>& choices,
                                         const std::string& wanted);

}  // namespace crtune::source
