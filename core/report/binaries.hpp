// What is in an image's executables, for a person and as JSON.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"
#include "core/report/json_writer.hpp"
#include "core/report/text_options.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::report {

// "static, go1.26.8, not stripped".
std::string binary_words(const model::Binary& binary);

// The bytes of a binary by module (Go) or by section, the largest first.
struct BinaryPart {
  std::string name;
  std::uint64_t bytes = 0;
  std::string largest;  // its largest package; empty where it has one alone, or none
  std::uint64_t largest_bytes = 0;
};
std::vector<BinaryPart> binary_parts(const model::Binary& binary);

// The executables of an image, the first one divided. Empty where none was looked into.
std::string binaries_text(const model::Image& image, const model::Analysis& analysis,
                          const TextOptions& options);

// A report about one executable that stands alone.
std::string executable_text(const model::Image& image, const model::Analysis& analysis,
                            const TextOptions& options);

// The member "binaries" of the current object.
void write_binaries(JsonWriter& json, const model::Image& image, const model::Analysis& analysis);

}  // namespace crtune::report
