// Python's compiled modules in the final file system.
// Source: PEP 3147 (__pycache__/NAME.TAG.pyc), PEP 552 (the header).
#pragma once

#include "core/analysis/rules/rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crtune::analysis::rules {

struct BytecodeHeader {
  std::uint32_t flags = 0;  // 0: the source's time and size decide; 1 and 3: a hash
  std::uint32_t source_time = 0;
  std::uint32_t source_size = 0;
};

// Nothing where it is shorter than 16 bytes.
std::optional<BytecodeHeader> read_bytecode_header(std::string_view head);

// The file from which a .pyc in a __pycache__ folder was compiled; kNoEntry where there is none.
EntryId source_of_bytecode(const Subject& subject, model::PathId pyc);

// The Python that the container starts: its program or interpreter.
struct StartedPython {
  bool is_started = false;
  std::string tag;  // cpython-312; empty where the version is not known
};
StartedPython started_python(const Subject& subject);

// cpython-312 of /usr/lib/python3.12/…; empty where the path tells no version.
std::string tag_of_path(std::string_view path);

}  // namespace crtune::analysis::rules
