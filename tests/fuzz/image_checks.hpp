// What must hold of every image that was read, whatever its bytes were.
#pragma once

#include "core/base/reporter.hpp"
#include "core/base/result.hpp"
#include "core/model/analysis.hpp"
#include "core/source/open.hpp"

#include <string>
#include <string_view>

namespace crtune::fuzz {

class Silent final : public base::Reporter {
 public:
  void progress(std::uint64_t, std::uint64_t) override {}
  void finish() override {}
  void note(std::string_view) override {}
};

// Gives every block that looks like a tar header (the magic stands) its right checksum, so that a mutated
// header is read and not refused at once.
void repair_checksums(std::string& bytes);

// Looks into all contents, as the program does.
source::Inspection inspection();

// Analyses the image and checks the sums: of each layer live, reclaimable and framing make up the tar stream;
// of the image the fates, the groups and the rows of waste agree. Prints every report and drops it. Gives the
// analysis as JSON, or empty where the analysis was refused.
std::string analysis_of(source::OpenedImage& opened);

}  // namespace crtune::fuzz
