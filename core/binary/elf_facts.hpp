// What an ELF file says of itself outside its code: linkage, libraries, notes, language.
#pragma once

#include "core/base/random_bytes.hpp"
#include "core/binary/elf_file.hpp"
#include "core/model/binary.hpp"

namespace crtune::binary {

// What is told of a file on the way to knowing its language.
struct GoTraces {
  bool note = false;      // the linker's build ID note
  bool sections = false;  // .go.buildinfo or a function table by name
};

// Fills everything of `binary` but Go's part and the owners.
GoTraces read_facts(base::RandomBytes& bytes, const ElfFile& file, model::Binary& binary);

}  // namespace crtune::binary
