// The source files of a project, read and taken apart when they are asked for, and never twice.
#pragma once

#include "core/base/files.hpp"
#include "core/project/script_tokens.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

struct ScriptFile {
  std::string path;  // from the project's folder
  std::unique_ptr<const std::string> text;
  std::vector<ScriptToken> tokens;
};

class ScriptTree {
 public:
  ScriptTree(base::Files& files, std::string root, ScriptSyntax syntax)
      : files_(files), root_(std::move(root)), syntax_(syntax) {}

  // The file at `path`, or nullptr where there is none, it is a link, or it is over a limit: 2 MiB for one,
  // 64 MiB and 4,000 files for all.
  const ScriptFile* open(const std::string& path);
  base::FileKind kind(const std::string& path) const;
  // The whole text of a small file, empty where there is none; `max_bytes` at most.
  std::string text_of(const std::string& path, std::uint64_t max_bytes = 1U << 20U) const;

  // The files whose names end in one of `endings`, those of the upper folders first, in byte order. Hidden
  // folders, dependencies, tests and what builds leave behind are left out; 20,000 entries are looked at.
  std::vector<std::string> find(std::span<const std::string_view> endings, const std::string& below = ".",
                                std::size_t depth = 8) const;

  base::Files& files() const { return files_; }
  const std::string& root() const { return root_; }

 private:
  std::string full(const std::string& path) const;

  base::Files& files_;
  std::string root_;
  ScriptSyntax syntax_;
  std::uint64_t total_bytes_ = 0;
  std::map<std::string, std::unique_ptr<ScriptFile>, std::less<>> opened_;
};

// The line of `text` on which `part` first stands, or 0.
std::uint64_t line_of(std::string_view text, std::string_view part);

// Whether a path names a test, a fixture, an example or a mock by one of its folders or its own name.
bool is_test_path(std::string_view path);

}  // namespace crtune::project
