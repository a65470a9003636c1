// Detection over a tree of texts.
#pragma once

#include "core/platform/documents.hpp"
#include "core/project/detect.hpp"
#include "tests/support/memory_files.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace crtune::test {

using Tree = std::map<std::string, std::string>;

inline base::Result<model::Project> try_detect(Tree tree, const std::string& main = "") {
  Tree placed;
  for (auto& [name, text] : tree) placed["/p/" + name] = std::move(text);
  MemoryFiles files(std::move(placed));
  const platform::ParsedDocuments documents;
  return project::detect(
      files, "/p", {.main = main.empty() ? std::nullopt : std::optional(main), .documents = &documents});
}

inline model::Project detect_native(Tree tree, const std::string& main = "") {
  return try_detect(std::move(tree), main).value();
}

// Whether a row of the evidence starts with `fact` and names `file` and `line`.
inline bool proves(const model::Project& project, const std::string& fact, const std::string& file,
                   std::uint64_t line) {
  return std::any_of(project.evidence.begin(), project.evidence.end(), [&](const model::Evidence& row) {
    return row.fact.starts_with(fact) && row.file == file && row.line == line;
  });
}

}  // namespace crtune::test
