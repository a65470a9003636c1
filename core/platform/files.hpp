// base::Files on the real file system.
#pragma once

#include "core/base/files.hpp"

namespace crtune::platform {

class RealFiles final : public base::Files {
 public:
  base::FileKind kind(const std::string& path) override;
  base::Result<std::string> read(const std::string& path, std::uint64_t max_bytes) override;
  base::Result<std::vector<base::DirectoryEntry>> list(const std::string& path) override;
  base::Status write(const std::string& path, std::string_view content, Replace replace) override;
};

}  // namespace crtune::platform
