// What one ELF file is and who owns each of its bytes.
#pragma once

#include "core/base/random_bytes.hpp"
#include "core/model/binary.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace crtune::binary {

// Whether the first bytes are those of an ELF file; 4 are enough.
bool is_elf(std::span<const std::byte> head);

// What another well-known executable format is called, for messages: "a PE executable", "a Mach-O
// executable", "a script", "a WebAssembly module", "an ar archive". Empty where `head` is none of them; 16
// bytes are enough.
std::string_view format_name(std::span<const std::byte> head);

struct InspectOptions {
  // Tell who owns the bytes. Without it `owners` stays empty, the modules' bytes are 0, and of a Go program
  // only the build info is read: nothing is told that stands in its function table.
  bool divide = true;
};

// Of a file that is no Go program only the headers, .dynamic, .dynstr, .interp, notes and .comment are read;
// a Go program is viewed whole, once. Takes linear time and, besides the file, less memory than its size.
// Errors: invalid where the file is no ELF file, damaged where its header is cut, and what `bytes` answers.
// What is damaged further in becomes a note, and its bytes are counted all the same.
base::Result<model::Binary> inspect(base::RandomBytes& bytes, const InspectOptions& options = {});

}  // namespace crtune::binary
