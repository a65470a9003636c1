#include "core/analysis/rules/bytecode.hpp"

#include "core/analysis/rules/affected_binaries.hpp"

namespace crtune::analysis::rules {

namespace {

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[i]);
  return value;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<BytecodeHeader> read_bytecode_header(std::string_view head) {
  constexpr std::size_t kSize = 16;
  if (head.size() < kSize) return std::nullopt;
  return BytecodeHeader{.flags = little_endian(head.substr(4)),
                        .source_time = little_endian(head.substr(8)),
                        .source_size = little_endian(head.substr(12))};
}

EntryId source_of_bytecode(const Subject& subject, model::PathId pyc) {
  const auto& paths = subject.image.paths;
  const model::PathId folder = paths.parent(pyc);
  if (folder == model::kRootPath || paths.name(folder) != "__pycache__") return kNoEntry;
  const std::string_view name = paths.name(pyc);
  const auto dot = name.find('.');  // module names have none
  const auto source = paths.find_child(paths.parent(folder), std::string(name.substr(0, dot)) + ".py");
  if (!source) return kNoEntry;
  const EntryId holder = subject.files.holder(*source);
  if (holder == kNoEntry) return kNoEntry;
  const EntryId file = subject.files.file_of(holder);
  return file != kNoEntry ? file : subject.files.file_at(paths.text(*source));
}

StartedPython started_python(const Subject& subject) {
  StartedPython python;
  const Start& start = subject.start;
  const EntryId file = start.interpreter_file != kNoEntry ? start.interpreter_file : start.program;
  if (file == kNoEntry) return python;
  const std::string path = subject.path_text(file);
  const std::string_view name = base_name(path);
  if (name.starts_with("python")) {
    python.is_started = true;
    python.tag = tag_of_path("/" + std::string(name) + "/");
  }
  return python;
}

std::string tag_of_path(std::string_view path) {
  constexpr std::string_view kFolder = "/python3.";
  for (auto at = path.find(kFolder); at != std::string_view::npos; at = path.find(kFolder, at + 1)) {
    const auto digits = path.substr(at + kFolder.size());
    std::size_t count = 0;
    while (count < digits.size() && count < 3 && is_digit(digits[count])) ++count;
    if (count > 0 && count < digits.size() && digits[count] == '/')
      return "cpython-3" + std::string(digits.substr(0, count));
  }
  return {};
}

}  // namespace crtune::analysis::rules
