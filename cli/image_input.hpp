// An image named on the command line: its options, and how it is opened and analysed. Shared by every command
// that looks into images.
#pragma once

#include "cli/context.hpp"
#include "core/analysis/analyze.hpp"
#include "core/inspect/content_inspector.hpp"
#include "core/source/open.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace crtune::cli {

struct ImageOptions {
  std::string name;      // --image
  std::string platform;  // --platform
  std::string base;      // --base
  bool verify = false;
  bool deep = false;
  // Keys what is told of secrets; of two images that are compared it is the same. New in every run otherwise.
  std::optional<std::uint64_t> fingerprint_key = {};
};

std::uint64_t random_key();

// Adds --image, --platform, --verify and --deep: those that mean the same for each of several images.
void add_compared_image_options(CLI::App& app, ImageOptions& options);

// The same and --base.
void add_image_options(CLI::App& app, ImageOptions& options);

// What one run looks for in contents. Lives as long as the image that was opened with it.
class ContentPlan {
 public:
  ContentPlan(bool deep, std::optional<std::vector<base::Digest>> base_layers,
              std::optional<std::uint64_t> key);

  source::Inspection inspection();
  const model::FileInspector& everything() const { return everything_; }
  std::uint64_t fingerprint_key() const { return key_; }
  // How many of the image's layers are the base's, where a base was named. Errors: usage, where it is no base
  // of it.
  base::Result<std::optional<std::size_t>> base_layers(const model::ImageConfig& config) const;

 private:
  std::vector<const model::FileInspector*> plan(const model::ImageConfig& config, std::size_t layers);

  bool deep_;
  std::optional<std::vector<base::Digest>> base_;
  std::uint64_t key_;
  inspect::ContentInspector everything_;
  std::unique_ptr<inspect::ContentInspector> facts_;
};

struct AnalyzedImage {
  std::unique_ptr<ContentPlan> plan;
  source::OpenedImage opened;
  model::Analysis analysis;
};

// Opens and analyses. Errors: those of source::open_image and analysis::analyze; usage.
base::Result<AnalyzedImage> analyze_image(const std::string& reference, const ImageOptions& options,
                                          const model::Policy& policy, bool with_files, Context& context);

// Today as YYYY-MM-DD in UTC; SOURCE_DATE_EPOCH, where it is set, so that reports can be repeated.
std::string today(const Context& context);

}  // namespace crtune::cli
