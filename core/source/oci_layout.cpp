#include "core/source/oci_layout.hpp"

#include "core/base/escape.hpp"
#include "core/platform/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace crtune::source {

using base::Digest;
using base::ErrorCode;
using base::Json;
using base::Result;
using base::Status;

namespace {

constexpr std::size_t kMaxDepth = 4;
constexpr std::size_t kMaxDescriptors = 1'024;
constexpr std::size_t kMaxLayers = 1'024;

struct Descriptor {
  Digest digest;
  std::uint64_t size = 0;
  std::string media_type;
};

// An image manifest found under index.json.
struct Candidate {
  std::vector<std::string> names;
  std::string platform;  // from the index or the configuration; empty where neither tells
  Digest digest;
  Json manifest;
};

std::string text_of(const Json& value) {
  return value.string() != nullptr ? *value.string() : std::string();
}

std::string member_of(const Digest& digest) {
  return fmt::format("blobs/{}/{}", digest.algorithm(), digest.hex());
}

std::string platform_of(const Json& platform) {
  const std::string os = text_of(platform["os"]);
  const std::string architecture = text_of(platform["architecture"]);
  const std::string variant = text_of(platform["variant"]);
  if (os.empty() || architecture.empty()) return {};
  return os + "/" + architecture + (variant.empty() ? "" : "/" + variant);
}

class Layout {
 public:
  explicit Layout(MemberStore& members) : members_(members) {}

  Result<Descriptor> descriptor(const Json& value, const std::string& file) const {
    Descriptor out;
    auto digest = Digest::parse(text_of(value["digest"]));
    if (!digest)
      return base::fail(ErrorCode::invalid, digest.error().message, {.file = file}, digest.error().hint);
    out.digest = std::move(*digest);
    const auto size = value["size"].unsigned_number();
    if (size < 0)
      return base::fail(ErrorCode::invalid, "a descriptor whose size is not a whole number", {.file = file});
    out.size = static_cast<std::uint64_t>(size);
    out.media_type = text_of(value["mediaType"]);
    return out;
  }

  // A document by its descriptor, its size and digest checked.
  Result<Json> document(const Descriptor& wanted) {
    const std::string member = member_of(wanted.digest);
    const std::string file = members_.label() + ":" + member;
    CRT_ASSIGN(const std::string text, members_.document(member));
    if (text.size() != wanted.size)
      return base::fail(ErrorCode::damaged,
                        fmt::format("it has {} bytes, its descriptor says {}", text.size(), wanted.size),
                        {.file = file});
    if (wanted.digest.algorithm() == "sha256" && digest_of(text) != wanted.digest)
      return base::fail(ErrorCode::damaged, fmt::format("its digest is {}", digest_of(text).text()),
                        {.file = file});
    return platform::parse_json(text, file);
  }

  // Collects the image manifests below `index`.
  Status collect(const Json& index, const std::string& file, const std::vector<std::string>& inherited,
                 std::size_t depth) {
    if (depth > kMaxDepth)
      return base::fail(ErrorCode::limit, fmt::format("indexes nested deeper than {} levels", kMaxDepth),
                        {.file = file});
    const auto* list = index["manifests"].array();
    if (list == nullptr)
      return base::fail(ErrorCode::invalid, "an image index without a list of manifests", {.file = file});
    if (index.has("layers") || index.has("config"))
      return base::fail(ErrorCode::invalid, "a document that is both an index and a manifest",
                        {.file = file});
    for (const auto& item : *list) {
      if (++descriptors_ > kMaxDescriptors)
        return base::fail(ErrorCode::limit, fmt::format("over {} images in one index", kMaxDescriptors),
                          {.file = file});
      CRT_TRY(visit(item, file, inherited, depth));
    }
    return {};
  }

  std::vector<Candidate> candidates;
  std::vector<std::string> absent;  // platforms that are listed but whose blobs are not there

 private:
  static std::vector<std::string> names_of(const Json& item, const std::vector<std::string>& inherited) {
    std::vector<std::string> names = inherited;
    // containerd's full name is kept before the OCI one, which may be a bare tag.
    for (const std::string_view key : {"io.containerd.image.name", "org.opencontainers.image.ref.name"})
      if (const std::string name = text_of(item["annotations"][key]); !name.empty()) names.push_back(name);
    return names;
  }

  Status visit(const Json& item, const std::string& file, const std::vector<std::string>& inherited,
               std::size_t depth) {
    CRT_ASSIGN(const Descriptor found, descriptor(item, file));
    const std::string platform = platform_of(item["platform"]);
    const bool attestation =
        platform == "unknown/unknown" || !text_of(item["annotations"]["vnd.docker.reference.type"]).empty();
    if (attestation) return {};
    if (!members_.has(member_of(found.digest))) {
      absent.push_back(platform.empty() ? found.digest.text() : platform);
      return {};
    }
    const auto names = names_of(item, inherited);
    CRT_ASSIGN(Json inner, document(found));
    const std::string inner_file = members_.label() + ":" + member_of(found.digest);
    if (inner.has("manifests")) {
      // An index that leads back to itself would never end.
      if (!visited_.insert(found.digest.text()).second) return {};
      return collect(inner, inner_file, names, depth + 1);
    }
    const std::string config_type = text_of(inner["config"]["mediaType"]);
    const bool is_image = config_type.empty() || config_type.find("image") != std::string::npos;
    if (!is_image) return {};
    for (auto& candidate : candidates) {
      if (candidate.digest != found.digest) continue;
      candidate.names.insert(candidate.names.end(), names.begin(), names.end());
      return {};
    }
    candidates.push_back(
        {.names = names, .platform = platform, .digest = found.digest, .manifest = std::move(inner)});
    return {};
  }

  MemberStore& members_;
  std::size_t descriptors_ = 0;
  std::unordered_set<std::string> visited_;
};

std::string describe(const Candidate& candidate) {
  const std::string name = candidate.names.empty() ? candidate.digest.text() : candidate.names.front();
  return candidate.platform.empty() ? name : fmt::format("{} ({})", name, candidate.platform);
}

bool is_named(const Candidate& candidate, const std::string& wanted) {
  if (candidate.digest.text() == wanted) return true;
  return std::any_of(candidate.names.begin(), candidate.names.end(),
                     [&](const auto& name) { return means_same_name(wanted, name); });
}

// Of several images, those for the wanted platform; of one image, itself.
Result<const Candidate*> choose(const std::vector<const Candidate*>& named,
                                const std::vector<std::string>& absent, const Selection& selection,
                                const std::string& file) {
  std::vector<const Candidate*> fitting;
  std::vector<std::string> choices;
  std::string platforms;
  for (const auto* candidate : named) {
    if (candidate->platform.empty() || is_platform(selection.platform, candidate->platform))
      fitting.push_back(candidate);
    choices.push_back(candidate->names.empty() ? candidate->digest.text() : candidate->names.front());
    if (!candidate->platform.empty()) platforms += (platforms.empty() ? "" : ", ") + candidate->platform;
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.size() > 1) return choose_image(file, choices, selection.name);
  // A sole platform is what the user has; a note will say so.
  if (named.size() == 1) return named.front();
  std::string missing;
  for (const auto& platform : absent)
    missing += (missing.empty() ? "; listed, but its parts are not here: " : ", ") + platform;
  if (named.empty())
    return base::fail(ErrorCode::invalid, "no image is inside" + missing, {.file = file},
                      "save the image again for one platform");
  return base::fail(ErrorCode::usage, fmt::format("no image for {} is inside", selection.platform),
                    {.file = file}, fmt::format("choose with --platform: {}{}", platforms, missing));
}

Status add_layers(Layout& layout, const Candidate& chosen, const std::string& file, Recipe& recipe) {
  const auto* layers = chosen.manifest["layers"].array();
  if (layers == nullptr)
    return base::fail(ErrorCode::invalid, "an image manifest without a list of layers", {.file = file});
  if (layers->size() > kMaxLayers)
    return base::fail(ErrorCode::limit, fmt::format("an image of over {} layers", kMaxLayers),
                      {.file = file});
  for (const auto& item : *layers) {
    CRT_ASSIGN(const Descriptor layer, layout.descriptor(item, file));
    recipe.layers.push_back({.member = member_of(layer.digest),
                             .digest = layer.digest,
                             .size = layer.size,
                             .media_type = layer.media_type});
  }
  return {};
}

}  // namespace

Result<Recipe> read_oci_layout(MemberStore& members, const Selection& selection) {
  CRT_ASSIGN(const Json index, read_json(members, "index.json"));
  Layout layout(members);
  CRT_TRY(layout.collect(index, members.label() + ":index.json", {}, 1));
  std::vector<const Candidate*> named;
  std::vector<std::string> choices;
  for (const auto& candidate : layout.candidates) {
    if (selection.name.empty() || is_named(candidate, selection.name)) named.push_back(&candidate);
    choices.push_back(describe(candidate));
  }
  if (named.empty() && !choices.empty()) return choose_image(members.label(), choices, selection.name);
  CRT_ASSIGN(const Candidate* chosen, choose(named, layout.absent, selection, members.label()));
  const std::string file = members.label() + ":" + member_of(chosen->digest);
  Recipe recipe;
  recipe.names = chosen->names;
  recipe.manifest_digest = chosen->digest;
  CRT_ASSIGN(const Descriptor config, layout.descriptor(chosen->manifest["config"], file));
  if (const auto size = members.stored_size(member_of(config.digest)); size && *size != config.size)
    return base::fail(
        ErrorCode::damaged,
        fmt::format("the configuration has {} bytes, its descriptor says {}", *size, config.size),
        {.file = file});
  CRT_TRY(read_config(members, member_of(config.digest), config.digest, recipe));
  CRT_TRY(add_layers(layout, *chosen, file, recipe));
  if (recipe.config.platform.empty()) recipe.config.platform = chosen->platform;
  return recipe;
}

}  // namespace crtune::source
