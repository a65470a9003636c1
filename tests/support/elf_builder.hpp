// Builds small ELF files, right ones and broken ones, and Go function tables of every format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::testing {

struct ElfShape {
  bool is_64 = true;
  bool big_endian = false;
};

// Appends numbers in the byte order of a shape.
class Bytes {
 public:
  explicit Bytes(ElfShape shape) : shape_(shape) {}
  Bytes& number(std::uint64_t value, unsigned width);
  Bytes& word(std::uint64_t value) { return number(value, shape_.is_64 ? 8 : 4); }
  Bytes& text(std::string_view value) {
    data_ += value;
    return *this;
  }
  Bytes& zeros_to(std::size_t size) {
    if (data_.size() < size) data_.resize(size, '\0');
    return *this;
  }
  Bytes& align(std::size_t to) { return zeros_to((data_.size() + to - 1) / to * to); }
  void patch(std::size_t at, std::uint64_t value, unsigned width);
  std::size_t size() const { return data_.size(); }
  const std::string& data() const { return data_; }

 private:
  ElfShape shape_;
  std::string data_;
};

struct SectionSpec {
  std::string name;
  std::uint32_t type = 1;
  std::uint64_t flags = 2;
  std::string content = {};
  std::uint32_t link = 0;
  std::size_t alignment = 1;
};

// One loaded segment (read, write, execute) maps the whole file at kBase.
class ElfBuilder {
 public:
  static constexpr std::uint64_t kBase = 0x400000;

  explicit ElfBuilder(ElfShape shape = {}) : shape_(shape) {}
  ElfBuilder& section(SectionSpec spec) {
    sections_.push_back(std::move(spec));
    return *this;
  }
  // A further program header that covers the section of that name.
  ElfBuilder& segment(std::uint32_t type, std::string section) {
    segments_.emplace_back(type, std::move(section));
    return *this;
  }
  ElfBuilder& type(std::uint16_t value) {
    type_ = value;
    return *this;
  }
  ElfBuilder& machine(std::uint16_t value) {
    machine_ = value;
    return *this;
  }
  ElfBuilder& without_section_headers() {
    with_headers_ = false;
    return *this;
  }
  ElfShape shape() const { return shape_; }
  // Where the section's content will lie in the file; its address is kBase more.
  std::size_t offset_of(std::string_view section) const;
  std::string build() const;

 private:
  std::size_t start() const;

  ElfShape shape_;
  std::uint16_t type_ = 2;
  std::uint16_t machine_ = 62;
  bool with_headers_ = true;
  std::vector<SectionSpec> sections_;
  std::vector<std::pair<std::uint32_t, std::string>> segments_;
};

struct FunctionSpec {
  std::string name;
  std::uint64_t size;
};

// A pclntab with `magic` for functions that follow each other from `text` on.
std::string function_table(ElfShape shape, std::uint32_t magic, std::uint64_t text,
                           const std::vector<FunctionSpec>& functions);

// .go.buildinfo as Go 1.18 and later write it.
std::string build_info(std::string_view version, std::string_view modules);

inline std::span<const std::byte> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

}  // namespace crtune::testing
