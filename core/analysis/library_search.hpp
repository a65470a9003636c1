// Where the dynamic loader finds a library inside an image.
// Source: ld.so(8): RPATH, LD_LIBRARY_PATH, RUNPATH, /etc/ld.so.conf, /lib and /usr/lib; musl: /lib,
// /usr/local/lib, /usr/lib.
#pragma once

#include "core/analysis/content_facts.hpp"
#include "core/analysis/final_tree.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace crtune::analysis {

class LibrarySearch {
 public:
  LibrarySearch(const FinalTree& files, const ContentFacts& facts);

  // The file that `name` of DT_NEEDED means to `binary`, which stands at `path`; kNoEntry where it is
  // missing.
  EntryId find(const std::string& name, const model::Binary& binary, const std::string& path);

 private:
  void read_loader_configuration(std::string_view text, int depth);
  EntryId find_in(const std::string& folders, const std::string& name, const std::string& path) const;

  const FinalTree& files_;
  const ContentFacts& facts_;
  std::vector<std::string> folders_;                // for every binary
  std::string library_path_;                        // LD_LIBRARY_PATH of the image
  std::unordered_map<std::string, EntryId> known_;  // of folders_
};

}  // namespace crtune::analysis
