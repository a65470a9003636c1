#include "core/check/build_context.hpp"

#include "core/base/path.hpp"
#include "core/check/image_paths.hpp"
#include "core/dockerfile/characters.hpp"

#include <algorithm>
#include <array>

namespace crtune::check {
namespace {

using base::FileKind;

constexpr std::uint64_t kMaxIgnoreFile = 1U << 20U;
constexpr std::size_t kFoldersAbove = 3;

// Folders that tools fill: what is in them need not be known file by file.
bool is_filled_by_tool(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {
      ".git", ".hg", ".svn", "node_modules", "vendor", ".venv", "venv", ".tox", "__pycache__"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string below(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

bool is_at_or_below(std::string_view path, std::string_view folder) {
  return path == folder ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

class ContextWalker {
 public:
  ContextWalker(base::Files& files, BuildContext& context) : files_(files), context_(context) {}

  void walk(const std::string& path, std::size_t depth) {
    auto entries = files_.list(path.empty() ? context_.folder : base::join_path(context_.folder, path));
    if (!entries || depth > kMaxContextDepth) {
      context_.complete = false;
      return;
    }
    for (const auto& entry : *entries) {
      if (context_.files.size() >= kMaxContextFiles) {
        context_.complete = false;
        return;
      }
      const std::string here = below(path, entry.name);
      const bool hidden = context_.ignore.hides(here);
      const bool is_folder = entry.kind == FileKind::directory;
      const bool opens =
          is_folder && !is_filled_by_tool(entry.name) && (!hidden || context_.ignore.keeps_below(here));
      // A hidden folder that nothing brings back stands for all that is in it.
      if (opens) {
        walk(here, depth + 1);
      } else {
        context_.files.push_back({.path = here, .folder = is_folder, .hidden = hidden});
      }
    }
  }

 private:
  base::Files& files_;
  BuildContext& context_;
};

// The part of a pattern before its first sign, cut at a folder.
std::string plain_start(std::string_view source) {
  const auto sign = source.find_first_of("*?[");
  if (sign == std::string_view::npos) return std::string(source);
  const auto slash = source.substr(0, sign).rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : source.substr(0, slash));
}

}  // namespace

std::vector<const ContextFile*> BuildContext::sent_by(std::string_view source) const {
  std::vector<const ContextFile*> out;
  const std::string clean = context_path(source);
  for (const auto& file : files) {
    if (file.hidden) continue;
    bool named = clean.empty() || is_at_or_below(file.path, clean);
    if (!named && clean.find_first_of("*?[") != std::string::npos)
      for (std::size_t end = file.path.find('/'); !named; end = file.path.find('/', end + 1)) {
        named = ignore_pattern_matches(clean, std::string_view(file.path).substr(0, end));
        if (end == std::string::npos) break;
      }
    if (named) out.push_back(&file);
  }
  return out;
}

bool BuildContext::exists(std::string_view source) const {
  const std::string clean = context_path(source);
  const bool is_pattern = clean.find_first_of("*?[") != std::string::npos;
  return clean.empty() || std::any_of(files.begin(), files.end(), [&](const ContextFile& file) {
           if (is_at_or_below(file.path, clean) || (file.folder && is_at_or_below(clean, file.path)))
             return true;
           if (!is_pattern) return false;
           for (std::size_t end = file.path.find('/');; end = file.path.find('/', end + 1)) {
             if (ignore_pattern_matches(clean, std::string_view(file.path).substr(0, end))) return true;
             if (end == std::string::npos) return false;
           }
         });
}

std::vector<std::string> context_sources(const dockerfile::Instruction& instruction,
                                         const dockerfile::InstructionFacts& facts) {
  std::vector<std::string> out;
  const bool copies = instruction.keyword == "COPY" || instruction.keyword == "ADD";
  if (!copies || instruction.flag("from") != nullptr || facts.words.size() < 2) return out;
  for (std::size_t i = 0; i + 1 < facts.words.size(); ++i) {
    const auto& value = facts.words[i].value;
    if (!value || !facts.words[i].undeclared.empty() || value->starts_with("<<")) continue;
    const bool remote = value->find("://") != std::string::npos || value->starts_with("git@");
    if (!remote) out.push_back(*value);
  }
  return out;
}

std::string guess_context(base::Files& files, const std::string& folder, const dockerfile::Document& document,
                          const dockerfile::Stages& stages) {
  std::vector<std::string> sources;
  constexpr std::size_t kEnough = 50;
  for (std::size_t i = 0; i < document.instructions.size() && sources.size() < kEnough; ++i)
    for (const auto& source : context_sources(document.instructions[i], stages.facts[i]))
      if (auto start = plain_start(context_path(source)); !start.empty()) sources.push_back(std::move(start));
  std::string best = folder;
  std::size_t most = 0;
  std::string candidate = folder;
  for (std::size_t up = 0; up <= kFoldersAbove && !sources.empty(); ++up) {
    const auto present =
        static_cast<std::size_t>(std::count_if(sources.begin(), sources.end(), [&](const auto& path) {
          return files.kind(base::join_path(candidate, path)) != FileKind::absent;
        }));
    if (present > most) {
      most = present;
      best = candidate;
    }
    if (most == sources.size() || files.kind(base::join_path(candidate, ".git")) != FileKind::absent) break;
    candidate = base::join_path(candidate, "..");
  }
  return best;
}

BuildContext read_context(base::Files& files, const std::string& folder, const std::string& ignore_beside) {
  BuildContext context;
  context.folder = folder;
  for (const auto& path : {ignore_beside, base::join_path(folder, ".dockerignore")}) {
    if (path.empty() || files.kind(path) == FileKind::absent) continue;
    if (const auto text = files.read(path, kMaxIgnoreFile)) {
      context.ignore_path = path;
      context.ignore = IgnoreFile(*text);
    } else {
      context.complete = false;
    }
    break;
  }
  ContextWalker(files, context).walk("", 0);
  std::sort(context.files.begin(), context.files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return context;
}

}  // namespace crtune::check
