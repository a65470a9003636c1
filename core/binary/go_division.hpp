// Who owns the bytes of a Go program.
#pragma once

#include "core/binary/byte_map.hpp"
#include "core/binary/byte_reader.hpp"
#include "core/binary/elf_file.hpp"
#include "core/model/binary.hpp"

#include <string>
#include <vector>

namespace crtune::binary {

// Gives bytes of the sealed `map` to packages, by the function table and, where there are any, the symbols;
// fills what `go` tells of methods and embedded files. What the table does not tell stays with its section,
// and `notes` says what could not be read. Returns whether there is a function table.
bool divide_go(const ElfFile& file, const ByteReader& whole, model::GoInfo& go, ByteMap& map,
               std::vector<std::string>& notes);

}  // namespace crtune::binary
