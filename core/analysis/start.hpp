// What a start of the container runs and reads, followed through the image.
#pragma once

#include "core/analysis/content_facts.hpp"
#include "core/analysis/final_tree.hpp"
#include "core/analysis/library_search.hpp"

#include <string>
#include <vector>

namespace crtune::analysis {

struct MissingLibrary {
  EntryId binary = kNoEntry;  // that needs it
  std::string name;
};

struct Start {
  std::vector<std::string> words;  // entrypoint and command together
  bool is_shell = false;           // the first words are a shell and -c
  std::string looked_for;          // the program as it was looked for: a path, or a name in PATH
  EntryId program = kNoEntry;      // the file behind it; kNoEntry where there is none
  std::string interpreter;         // of a script's #! line; empty where there is none
  EntryId interpreter_file = kNoEntry;
  std::string loader;  // PT_INTERP of the program (of a script: of its interpreter)
  EntryId loader_file = kNoEntry;
  std::vector<EntryId> files;           // program, interpreter, loader, libraries: each once
  std::vector<MissingLibrary> missing;  // needed by them and not in the image
  bool libraries_are_known = true;      // false: some of them could not be looked into
};

// Follows the entrypoint through links, #! lines, loaders and DT_NEEDED. Files that were not looked at yet
// are inspected on the way. Errors: those of `contents`.
base::Result<Start> follow_start(const FinalTree& files, ContentFacts& facts, model::ContentReader& contents,
                                 const model::FileInspector& inspector);

// The absolute path, or name searched in PATH, of a command word in this image; empty where nothing is found.
std::string locate_program(const FinalTree& files, const std::string& word);

}  // namespace crtune::analysis
