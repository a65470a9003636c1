// Files that //go:embed put into a Go program.
#pragma once

#include "core/binary/byte_map.hpp"
#include "core/binary/go_layout.hpp"
#include "core/binary/go_owners.hpp"
#include "core/binary/go_symbols.hpp"

#include <cstdint>

namespace crtune::binary {

struct EmbeddedSearch {
  const ElfFile& file;
  const ByteReader& whole;
  const ElfPointers& pointers;
  const GoSymbols& symbols;
};

// Gives the contents of embed.FS variables to the package whose symbol names the list of files, or to the
// remainder "embedded files"; returns their bytes, a content that two lists share counted once. The lists are
// told by their form (cmd/compile/internal/staticdata.WriteEmbed): a slice that points right behind itself,
// to records of two strings and a hash. Files embedded in a string or a []byte look like any other constant
// and cannot be told.
std::uint64_t divide_embedded(const EmbeddedSearch& search, GoOwners& owners, ByteMap& map);

}  // namespace crtune::binary
