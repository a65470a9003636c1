// The files that stand beside a Dockerfile, and which of them a builder is sent.
#pragma once

#include "core/base/files.hpp"
#include "core/check/ignore_file.hpp"
#include "core/dockerfile/stages.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::check {

struct ContextFile {
  std::string path;     // from the context
  bool folder = false;  // a folder that was not walked: .git, node_modules and the like, or a hidden one
  bool hidden = false;  // by .dockerignore
};

// A file of the context that holds a secret; its value is not kept.
struct ContextSecret {
  std::string path;
  std::string what;  // "a private key"
  std::string rule;
  std::uint64_t line = 0;
};

struct BuildContext {
  std::string folder;       // as it is opened
  std::string ignore_path;  // of the file that was read, as it is opened; empty where there is none
  IgnoreFile ignore;
  std::vector<ContextFile> files;      // sorted by path
  std::vector<ContextSecret> secrets;  // in files that are sent
  bool complete = true;                // false: over a limit, so that what is missing cannot be told

  // The files and folders that a COPY source names (a path or a pattern): those at it and below.
  std::vector<const ContextFile*> sent_by(std::string_view source) const;
  // Whether it names anything at all, hidden or not.
  bool exists(std::string_view source) const;
};

// Source: docs/limits.md.
inline constexpr std::size_t kMaxContextFiles = 50'000;
inline constexpr std::size_t kMaxContextDepth = 40;
inline constexpr std::size_t kMaxSecretFiles = 200;

// The folder that a build of this Dockerfile takes: the one of `folder` and up to three above it where most
// sources of COPY and ADD stand.
std::string guess_context(base::Files& files, const std::string& folder, const dockerfile::Document& document,
                          const dockerfile::Stages& stages);

// Lists the context. `ignore_beside` is the path of DOCKERFILE.dockerignore, which wins over .dockerignore.
// What cannot be read is left out and makes the context incomplete.
BuildContext read_context(base::Files& files, const std::string& folder, const std::string& ignore_beside);

// The sources of COPY and ADD that are files of the context, with their variables; those that are not known
// are left out.
std::vector<std::string> context_sources(const dockerfile::Instruction& instruction,
                                         const dockerfile::InstructionFacts& facts);

}  // namespace crtune::check
