// What `go build` wrote about the build: versions, modules, settings.
// Source: debug/buildinfo, runtime/debug.ParseBuildInfo of Go 1.12 to 1.27.
#pragma once

#include "core/base/random_bytes.hpp"
#include "core/binary/elf_file.hpp"
#include "core/model/binary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::binary {

// Fills `go` from the file's build info; false where there is none that can be read, and then `notes` says
// why if one was begun. Without section headers it is searched in the first MiB of the writable segments.
bool read_go_build_info(base::RandomBytes& bytes, const ElfFile& file, model::GoInfo& go,
                        std::vector<std::string>& notes);

// Fills `go` from the lines of the module info (path, mod, dep, =>, build).
void parse_module_info(std::string_view text, model::GoInfo& go);

}  // namespace crtune::binary
