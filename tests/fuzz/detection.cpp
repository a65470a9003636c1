// A source tree in one text, a file behind each line "=== NAME". Detection must end, say the same twice,
// prove what it says by lines that are there, and what is written for a service must be whole.
#include "core/generate/generate.hpp"
#include "core/platform/documents.hpp"
#include "core/project/detect.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/support/memory_files.hpp"

#include <algorithm>

using namespace crtune;
using namespace crtune::fuzz;

namespace {

constexpr std::string_view kMark = "=== ";

std::map<std::string, std::string> tree_of(std::string_view text) {
  std::map<std::string, std::string> tree;
  std::string name;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with(kMark)) {
      name = "/p/" + std::string(line.substr(kMark.size()));
      tree[name];
    } else if (!name.empty()) {
      (tree[name] += line) += '\n';
    }
  }
  return tree;
}

void check_files(const model::Project& project) {
  generate::GenerateOptions options;
  options.service = "service";
  options.directory = "/a/b/c/p";
  for (const auto base : {generate::BaseImage::scratch, generate::BaseImage::distroless}) {
    options.base = base;
    const auto dockerfile = generate::dockerfile(project, options);
    require(dockerfile || dockerfile.error().code == base::ErrorCode::usage, "no template is broken");
    const auto ignore = generate::docker_ignore(project, options);
    require(ignore || ignore.error().code == base::ErrorCode::usage, "nor that of .dockerignore");
    const auto service = generate::service_yaml(project, options);
    require(service || service.error().code == base::ErrorCode::usage, "nor that of service.yaml");
    if (service) require(platform::parse_yaml(service->content, "service.yaml").has_value(), "it is YAML");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tree = tree_of(Input(data, size).rest());
  const platform::ParsedDocuments documents;
  test::MemoryFiles files(tree);
  const auto first = project::detect(files, "/p", {.main = std::nullopt, .documents = &documents});
  const auto second = project::detect(files, "/p", {.main = std::nullopt, .documents = &documents});
  require(first.has_value() == second.has_value(), "two runs agree");
  if (!first) return 0;
  require(first->evidence == second->evidence && first->main == second->main, "and find the same");
  for (const auto& row : first->evidence) {
    const auto file = tree.find("/p/" + row.file);
    if (file == tree.end()) continue;
    const auto lines = static_cast<std::uint64_t>(std::count(file->second.begin(), file->second.end(), '\n'));
    require(row.line <= lines + 1, "a fact is proved by a line that is there");
  }
  if (first->refusal.empty()) check_files(*first);
  return 0;
}
