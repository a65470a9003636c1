#include "core/analysis/library_search.hpp"

#include "core/base/glob.hpp"

#include <algorithm>
#include <array>

namespace crtune::analysis {

namespace {

constexpr int kMaxIncludes = 8;
constexpr std::size_t kMaxFolders = 256;

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

std::string expanded(std::string folder, const std::string& path) {
  for (const std::string_view origin : {"${ORIGIN}", "$ORIGIN"}) replace_all(folder, origin, folder_of(path));
  for (const std::string_view lib : {"${LIB}", "$LIB"}) replace_all(folder, lib, "lib/x86_64-linux-gnu");
  for (const std::string_view platform : {"${PLATFORM}", "$PLATFORM"})
    replace_all(folder, platform, "x86_64");
  return folder;
}

}  // namespace

LibrarySearch::LibrarySearch(const FinalTree& files, const ContentFacts& facts)
    : files_(files), facts_(facts) {
  for (const auto& variable : files.image().config.environment)
    if (variable.starts_with("LD_LIBRARY_PATH=")) library_path_ = variable.substr(16);
  if (const EntryId file = files.file_at("/etc/ld.so.conf"); file != kNoEntry)
    read_loader_configuration(facts.text(file), 0);
  static constexpr std::array<std::string_view, 13> kUsual = {"/lib/x86_64-linux-gnu",
                                                              "/usr/lib/x86_64-linux-gnu",
                                                              "/lib/aarch64-linux-gnu",
                                                              "/usr/lib/aarch64-linux-gnu",
                                                              "/lib64",
                                                              "/usr/lib64",
                                                              "/lib",
                                                              "/usr/lib",
                                                              "/usr/local/lib",
                                                              "/usr/local/lib/x86_64-linux-gnu",
                                                              "/usr/local/lib64",
                                                              "/lib/i386-linux-gnu",
                                                              "/usr/lib/i386-linux-gnu"};
  folders_.insert(folders_.end(), kUsual.begin(), kUsual.end());
}

void LibrarySearch::read_loader_configuration(std::string_view text, int depth) {
  if (depth > kMaxIncludes) return;
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    line = line.substr(0, line.find('#'));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t'))
      line.remove_suffix(1);
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    if (line.starts_with("include ")) {
      const auto pattern = line.substr(8);
      const auto folder = files_.resolve(pattern.substr(0, pattern.rfind('/')));
      if (!folder) continue;
      files_.children(*folder, [&](model::PathId path) {
        const std::string name = files_.image().paths.text(path);
        const EntryId file = files_.file_at(name);
        if (file != kNoEntry && base::glob_matches(pattern, name))
          read_loader_configuration(facts_.text(file), depth + 1);
      });
    } else if (line.starts_with('/') && folders_.size() < kMaxFolders) {
      folders_.emplace_back(line);
    }
  }
}

EntryId LibrarySearch::find_in(const std::string& folders, const std::string& name,
                               const std::string& path) const {
  std::size_t count = 0;
  for (std::string_view rest = folders; !rest.empty() && ++count <= kMaxFolders;) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    if (folder.empty()) continue;
    const EntryId found = files_.file_at(expanded(std::string(folder), path) + "/" + name);
    if (found != kNoEntry) return found;
  }
  return kNoEntry;
}

EntryId LibrarySearch::find(const std::string& name, const model::Binary& binary, const std::string& path) {
  if (name.find('/') != std::string::npos) return files_.file_at(name);
  for (const auto* folders :
       {&binary.rpath, static_cast<const std::string*>(&library_path_), &binary.runpath})
    if (const EntryId found = find_in(*folders, name, path); found != kNoEntry) return found;
  const auto [at, is_new] = known_.try_emplace(name, kNoEntry);
  if (is_new)
    for (const auto& folder : folders_)
      if (at->second = files_.file_at(folder + "/" + name); at->second != kNoEntry) break;
  return at->second;
}

}  // namespace crtune::analysis
