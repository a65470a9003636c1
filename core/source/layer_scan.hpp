// One layer's tar stream into a LayerScan.
#pragma once

#include "core/platform/byte_source.hpp"
#include "core/source/member_store.hpp"

namespace crtune::source {

// What is known of a layer before it is read.
struct LayerInput {
  std::string file;               // as errors name it
  std::uint64_t base_offset = 0;  // of the stored bytes in `file`
  std::uint64_t stored_size = 0;  // 0 where it is not known
  bool can_seek = false;          // contents need not be read to be passed over
};

// Reads a whole layer, compressed or not; which is seen from its bytes. Where contents are read anyway, each
// file's content hash is kept. Errors: invalid, damaged, limit, unsupported.
base::Result<LayerScan> scan_layer_stream(platform::ByteSource& stored, const LayerInput& input,
                                          const ScanOptions& options);

// A region of a file; uncompressed layers are read by their headers alone.
base::Result<LayerScan> scan_layer_region(const platform::InputFile& file, const LayerInput& input,
                                          const ScanOptions& options);

}  // namespace crtune::source
