// A whole image file: a flag byte, then the file. It is opened by its path and as a stream, which must agree.
#include "tests/fuzz/image_checks.hpp"
#include "tests/fuzz/input.hpp"

#include <fmt/format.h>

#include <sys/mman.h>
#include <unistd.h>

using namespace crtune;
using namespace crtune::fuzz;

namespace {

constexpr unsigned kRepairChecksums = 1;
constexpr unsigned kAddEndBlocks = 2;
constexpr unsigned kVerify = 4;

// A file without a name, so that nothing is left behind.
class NamelessFile {
 public:
  explicit NamelessFile(std::string_view content) : descriptor_(memfd_create("image", MFD_CLOEXEC)) {
    require(descriptor_ >= 0, "a file in memory can be had");
    require(write(descriptor_, content.data(), content.size()) == static_cast<ssize_t>(content.size()),
            "it can be written");
    lseek(descriptor_, 0, SEEK_SET);
  }
  ~NamelessFile() { close(descriptor_); }
  NamelessFile(const NamelessFile&) = delete;
  NamelessFile& operator=(const NamelessFile&) = delete;

  int descriptor() const { return descriptor_; }
  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

 private:
  int descriptor_;
};

// The report of the image, or empty where it was refused.
std::string report_of(const std::string& reference, const NamelessFile& file, bool verify) {
  source::OpenOptions options;
  options.verify = verify ? source::Verify::everything : source::Verify::as_read;
  options.inspection = inspection();
  options.standard_input = file.descriptor();
  Silent silent;
  auto opened = source::open_image(reference, options, silent);
  if (!opened) {
    require(!base::describe(opened.error()).empty(), "an error says something");
    return {};
  }
  opened->image.source = "image";
  return analysis_of(*opened);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const unsigned flags = input.byte();
  std::string bytes(input.rest());
  if ((flags & kRepairChecksums) != 0) repair_checksums(bytes);
  if ((flags & kAddEndBlocks) != 0) bytes.append(1024, '\0');
  const NamelessFile file(bytes);
  const bool verify = (flags & kVerify) != 0;
  const std::string by_path = report_of(file.path(), file, verify);
  const std::string as_stream = report_of("-", file, verify);
  require(by_path.empty() || as_stream.empty() || by_path == as_stream, "file and stream tell the same");
  return 0;
}
