// Prints what core/binary tells of files, a JSON line for each: for tests that need real linkers' files.
#include "core/base/error.hpp"
#include "core/binary/inspect.hpp"
#include "core/report/json_writer.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <string>

using namespace crtune;

namespace {

class MappedFile final : public base::RandomBytes {
 public:
  explicit MappedFile(const char* path) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status = {};
    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
      size_ = static_cast<std::size_t>(status.st_size);
      if (size_ > 0) data_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (fd >= 0) close(fd);
    if (data_ == MAP_FAILED) data_ = nullptr, size_ = 0;
  }
  ~MappedFile() override {
    if (data_ != nullptr) munmap(data_, size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::uint64_t size() const override { return size_; }
  base::Result<std::span<const std::byte>> view(std::uint64_t offset, std::uint64_t count) override {
    viewed_ += count;
    return base::BytesInMemory({static_cast<const std::byte*>(data_), size_}).view(offset, count);
  }
  std::uint64_t viewed() const { return viewed_; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
  std::uint64_t viewed_ = 0;
};

void write_go(report::JsonWriter& json, const model::GoInfo& go) {
  json.key("go").begin_object();
  json.key("version").text(go.version).key("path").text(go.path);
  json.key("main_module").text(go.main_module).key("main_version").text(go.main_version);
  json.key("has_build_info").boolean(go.has_build_info);
  json.key("method_pruning_is_off").boolean(go.method_pruning_is_off);
  json.key("method_by_name_callers").texts(go.method_by_name_callers);
  json.key("embedded_bytes").number(go.embedded_bytes);
  json.key("settings").begin_array();
  for (const auto& [key, value] : go.settings) json.begin_array().text(key).text(value).end_array();
  json.end_array().key("modules").begin_array();
  for (const auto& module : go.modules)
    json.begin_array()
        .text(module.path)
        .text(module.version)
        .text(module.replaced_by_path)
        .text(module.replaced_by_version)
        .number(module.bytes)
        .end_array();
  json.end_array().end_object();
}

void write(report::JsonWriter& json, const model::Binary& binary) {
  json.key("type").text(binary.type).key("machine").text(binary.machine);
  json.key("linkage").text(model::linkage_word(binary.linkage));
  json.key("interpreter").text(binary.interpreter).key("needed").texts(binary.needed);
  json.key("rpath").text(binary.rpath).key("runpath").text(binary.runpath).key("soname").text(binary.soname);
  json.key("stripped").boolean(binary.stripped).key("strippable_bytes").number(binary.strippable_bytes);
  json.key("build_id").text(binary.build_id).key("packed_by_upx").boolean(binary.packed_by_upx);
  json.key("language").text(binary.language);
  if (binary.go) write_go(json, *binary.go);
  json.key("owners").begin_array();
  for (const auto& owner : binary.owners)
    json.begin_array()
        .text(model::owner_word(owner.kind))
        .text(owner.name)
        .text(owner.module)
        .number(owner.bytes)
        .number(owner.text)
        .number(owner.code)
        .end_array();
  json.end_array().key("notes").texts(binary.notes);
}

void inspect_file(const char* path, bool divide) {
  MappedFile file(path);
  const auto start = std::chrono::steady_clock::now();
  const auto binary = binary::inspect(file, {.divide = divide});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::string text;
  report::JsonWriter json(text);
  json.begin_object()
      .key("file")
      .text(path)
      .key("size")
      .number(file.size())
      .key("viewed")
      .number(file.viewed());
  json.key("seconds").number(seconds.count());
  if (binary)
    write(json, *binary);
  else
    json.key("error").text(base::describe(binary.error()));
  json.end_object();
  // Line breaks stand only between values: the writer escapes those within.
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::puts(text.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  const bool divide = argc < 2 || std::string_view(argv[1]) != "--facts";
  for (int i = divide ? 1 : 2; i < argc; ++i) inspect_file(argv[i], divide);
  return 0;
}
