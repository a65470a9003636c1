// What the contents of an image's files say: executables, secrets, and small files that rules look into.
#pragma once

#include "core/model/inspection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::inspect {

enum class Depth : std::uint8_t {
  facts,       // of a base image's layer: libraries, the start files and what rules look into
  everything,  // all executables, and all texts for secrets
};

struct InspectorOptions {
  Depth depth = Depth::everything;
  std::uint64_t fingerprint_key = 0;     // of secrets; new in every run
  std::vector<std::string> start_files;  // last components of what a container starts: entrypoint, command
};

class ContentInspector final : public model::FileInspector {
 public:
  explicit ContentInspector(InspectorOptions options) : options_(std::move(options)) {}

  bool may_matter(const model::FileTraits& file) const override;
  model::Interest interest(const model::FileTraits& file, std::span<const std::byte> head) const override;
  model::FileFacts inspect(const model::FileTraits& file, model::Interest interest,
                           base::RandomBytes& content) const override;

 private:
  bool is_start_file(std::string_view path) const;

  InspectorOptions options_;
};

}  // namespace crtune::inspect
