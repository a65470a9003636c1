// The source of one C, C++ or Rust program, as tokens that can be looked up by name.
#pragma once

#include "core/base/files.hpp"
#include "core/project/source_lexer.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crtune::project {

// A token's place in a program.
struct SourcePlace {
  std::uint32_t file = 0;
  std::uint32_t token = 0;
};

// Tokens [begin, end) of a file.
struct SourceRange {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct SourceFile {
  std::string path;  // from the project's folder
  std::shared_ptr<const std::string> text;
  std::vector<SourceToken> tokens;
  std::vector<std::uint32_t> closers;  // see matching_brackets
};

struct SourceFunction {
  std::vector<std::string_view> parameters;
  SourceRange body;
};

class SourceProgram {
 public:
  explicit SourceProgram(SourceLanguage language) : language_(language) {}

  // Adds a file once, and in C and C++ the headers of the tree that it includes, looked for beside it and in
  // `include_folders`. What cannot be read, files above 2 MiB and what is beyond 64 MiB or 5,000 files is
  // left out.
  void add(base::Files& files, const std::string& root, const std::string& path,
           const std::vector<std::string>& include_folders);
  // To be called when all files are there, before anything is looked up.
  void index();

  SourceLanguage language() const { return language_; }
  const std::vector<SourceFile>& files() const { return files_; }
  const SourceToken& token(SourcePlace place) const { return files_[place.file].tokens[place.token]; }
  // Where `word` stands, in order.
  const std::vector<SourcePlace>& uses(std::string_view word) const;
  bool has(std::string_view word) const { return !uses(word).empty(); }
  // The functions of that name; Rust's methods without `self`.
  const std::vector<SourceFunction>& functions(std::string_view name) const;
  // The functions that have a parameter `name`: their names, and which parameter it is.
  struct Parameter {
    std::string_view function;
    std::size_t position = 0;
  };
  const std::vector<Parameter>& parameters(std::string_view name) const;
  // Whether a file includes a header whose path ends with `name`.
  bool includes(std::string_view name) const;
  // The arguments of the call whose "(" or "{" is at `open`, split at commas.
  std::vector<SourceRange> arguments(SourcePlace open) const;

 private:
  void index_file(std::uint32_t number);
  void index_function(std::uint32_t number, std::uint32_t name, std::uint32_t open);

  SourceLanguage language_;
  std::vector<SourceFile> files_;
  std::unordered_map<std::string, bool> seen_;
  std::uint64_t bytes_ = 0;
  std::vector<std::string_view> includes_;
  std::unordered_map<std::string_view, std::vector<SourcePlace>> uses_;
  std::unordered_map<std::string_view, std::vector<SourceFunction>> functions_;
  std::unordered_map<std::string_view, std::vector<Parameter>> parameters_;
};

}  // namespace crtune::project
