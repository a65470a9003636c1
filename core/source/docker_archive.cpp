#include "core/source/docker_archive.hpp"

#include "core/base/escape.hpp"
#include "core/source/member_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace crtune::source {

using base::Digest;
using base::ErrorCode;
using base::Json;
using base::Result;

namespace {

constexpr std::size_t kMaxImages = 1'024;
constexpr std::size_t kMaxLayers = 1'024;

tl::unexpected<base::Error> invalid(const MemberStore& members, std::string message) {
  return base::fail(ErrorCode::invalid, std::move(message), {.file = members.label() + ":manifest.json"});
}

std::vector<std::string> tags_of(const Json& image) {
  std::vector<std::string> tags;
  if (const auto* list = image["RepoTags"].array())
    for (const auto& tag : *list)
      if (tag.string() != nullptr) tags.push_back(*tag.string());
  return tags;
}

std::string config_of(const Json& image) {
  return image["Config"].string() != nullptr ? *image["Config"].string() : std::string();
}

bool is_wanted(const Json& image, const std::string& name) {
  const auto tags = tags_of(image);
  if (std::any_of(tags.begin(), tags.end(), [&](const auto& tag) { return means_same_name(name, tag); }))
    return true;
  // An image without a tag goes by its ID: the start of its configuration's digest.
  std::string id = config_of(image);
  for (const std::string_view prefix : {"blobs/sha256/", "sha256:"})
    if (id.starts_with(prefix)) id.erase(0, prefix.size());
  const std::string_view wanted = name.starts_with("sha256:") ? std::string_view(name).substr(7) : name;
  return wanted.size() >= 6 && id.starts_with(wanted);
}

Result<const Json*> select(const MemberStore& members, const base::JsonArray& images,
                           const std::string& name) {
  std::vector<const Json*> found;
  std::vector<std::string> choices;
  for (const auto& image : images) {
    if (name.empty() || is_wanted(image, name)) found.push_back(&image);
    const auto tags = tags_of(image);
    choices.push_back(tags.empty() ? config_of(image) : tags.front());
  }
  if (found.size() == 1) return found.front();
  return choose_image(members.label(), choices, name);
}

// `blobs/sha256/<hex>` names its own digest; other members do not.
Digest digest_in_name(const std::string& member) {
  constexpr std::string_view kBlobs = "blobs/sha256/";
  if (!member.starts_with(kBlobs)) return {};
  return Digest::parse("sha256:" + member.substr(kBlobs.size())).value_or(Digest());
}

}  // namespace

Result<Recipe> read_docker_archive(MemberStore& members, const Selection& selection) {
  CRT_ASSIGN(const Json manifest, read_json(members, "manifest.json"));
  if (manifest.array() == nullptr) return invalid(members, "manifest.json is not a list of images");
  if (manifest.array()->empty()) return invalid(members, "manifest.json lists no image");
  if (manifest.array()->size() > kMaxImages)
    return base::fail(ErrorCode::limit, fmt::format("over {} images in one archive", kMaxImages),
                      {.file = members.label()});
  CRT_ASSIGN(const Json* image, select(members, *manifest.array(), selection.name));
  Recipe recipe;
  recipe.names = tags_of(*image);
  const std::string config = config_of(*image);
  if (config.empty()) return invalid(members, "manifest.json names no configuration");
  const auto* layers = (*image)["Layers"].array();
  if (layers == nullptr && !(*image)["Layers"].is_null()) return invalid(members, "Layers is not a list");
  if (layers != nullptr && layers->size() > kMaxLayers)
    return base::fail(ErrorCode::limit, fmt::format("an image of over {} layers", kMaxLayers),
                      {.file = members.label()});
  const auto normal = [&](const std::string& name) -> Result<std::string> {
    auto member = MemberNames::normalise(name);
    if (!member) return invalid(members, member.error().message);
    return member;
  };
  CRT_ASSIGN(const std::string config_member, normal(config));
  CRT_TRY(read_config(members, config_member, digest_in_name(config_member), recipe));
  for (std::size_t i = 0; layers != nullptr && i < layers->size(); ++i) {
    if ((*layers)[i].string() == nullptr) return invalid(members, "Layers holds something that is not text");
    LayerRecipe layer;
    CRT_ASSIGN(layer.member, normal(*(*layers)[i].string()));
    layer.digest = digest_in_name(layer.member);
    recipe.layers.push_back(std::move(layer));
  }
  return recipe;
}

Result<Recipe> read_legacy_archive(MemberStore& members, const Selection& selection) {
  const std::string file = members.label() + ":repositories";
  CRT_ASSIGN(const Json repositories, read_json(members, "repositories"));
  std::vector<std::pair<std::string, std::string>> tags;  // name:tag, layer ID
  if (const auto* names = repositories.object())
    for (const auto& [name, list] : *names)
      if (const auto* versions = list.object())
        for (const auto& [tag, id] : *versions)
          if (id.string() != nullptr) tags.emplace_back(fmt::format("{}:{}", name, tag), *id.string());
  if (tags.empty()) return base::fail(ErrorCode::invalid, "the file lists no image", {.file = file});
  std::vector<std::string> choices;
  const std::pair<std::string, std::string>* chosen = nullptr;
  std::unordered_set<std::string> ids;
  for (const auto& tag : tags) {
    if (selection.name.empty() || means_same_name(selection.name, tag.first)) {
      chosen = &tag;
      ids.insert(tag.second);
    }
    choices.push_back(tag.first);
  }
  if (ids.size() != 1) return choose_image(members.label(), choices, selection.name);
  Recipe recipe;
  recipe.names = {chosen->first};
  recipe.predates_diff_ids = true;
  std::unordered_set<std::string> seen;
  for (std::string id = chosen->second; !id.empty();) {
    CRT_ASSIGN(id, MemberNames::normalise(id));
    if (!seen.insert(id).second || seen.size() > kMaxLayers)
      return base::fail(ErrorCode::invalid, "the layers' parents run in a circle", {.file = file});
    CRT_ASSIGN(const Json layer, read_json(members, id + "/json"));
    CRT_ASSIGN(const model::ImageConfig config, parse_config(layer, members.label() + ":" + id + "/json"));
    if (seen.size() == 1) {
      recipe.config = config;
      CRT_ASSIGN(const std::string text, members.document(id + "/json"));
      recipe.config_digest = digest_of(text);
    }
    const auto* words = layer["container_config"]["Cmd"].array();
    std::string created_by;
    for (std::size_t i = 0; words != nullptr && i < words->size(); ++i)
      if ((*words)[i].string() != nullptr) created_by += (i > 0 ? " " : "") + *(*words)[i].string();
    recipe.config.history.insert(recipe.config.history.begin(), model::HistoryRow{.created_by = created_by});
    recipe.layers.insert(recipe.layers.begin(), LayerRecipe{.member = id + "/layer.tar"});
    id = layer["parent"].string() != nullptr ? *layer["parent"].string() : std::string();
  }
  return recipe;
}

}  // namespace crtune::source
