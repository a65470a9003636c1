#include "core/project/script_tree.hpp"

#include "core/base/path.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;

namespace {

constexpr std::uint64_t kMaxFile = 2U << 20U;
constexpr std::uint64_t kMaxTotal = 64U << 20U;
constexpr std::size_t kMaxFiles = 4000;
constexpr std::size_t kMaxEntries = 20'000;

// Folders that hold no source of the service's own.
constexpr auto kForeign = std::to_array<std::string_view>(
    {"node_modules", "vendor", "venv", "env", "__pycache__", "site-packages", "dist", "build", "out",
     "target", "bin", "obj", "coverage", "static", "migrations"});
constexpr auto kTests = std::to_array<std::string_view>(
    {"test", "tests", "__tests__", "__mocks__", "spec", "specs", "e2e", "fixtures", "testdata", "cypress",
     "examples", "example", "docs", "doc", "benchmarks", "benchmark", "bench"});

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string ScriptTree::full(const std::string& path) const {
  return path == "." ? root_ : root_ + "/" + path;
}

FileKind ScriptTree::kind(const std::string& path) const {
  return files_.kind(full(path));
}

std::string ScriptTree::text_of(const std::string& path, std::uint64_t max_bytes) const {
  if (files_.kind(full(path)) != FileKind::regular) return {};
  auto text = files_.read(full(path), max_bytes);
  return text ? *std::move(text) : std::string();
}

const ScriptFile* ScriptTree::open(const std::string& path) {
  const auto known = opened_.find(path);
  if (known != opened_.end()) return known->second.get();
  auto& slot = opened_[path];
  if (opened_.size() > kMaxFiles || files_.kind(full(path)) != FileKind::regular) return nullptr;
  auto text = files_.read(full(path), std::min(kMaxFile, kMaxTotal - total_bytes_));
  if (!text) return nullptr;
  total_bytes_ += text->size();
  auto file = std::make_unique<ScriptFile>();
  file->path = path;
  file->text = std::make_unique<const std::string>(*std::move(text));
  file->tokens = script_tokens(*file->text, syntax_);
  slot = std::move(file);
  return slot.get();
}

std::vector<std::string> ScriptTree::find(std::span<const std::string_view> endings, const std::string& below,
                                          std::size_t depth) const {
  std::vector<std::string> found;
  std::vector<std::string> folders = {below};
  std::size_t looked_at = 0;
  for (std::size_t level = 0; level <= depth && !folders.empty(); ++level) {
    std::vector<std::string> next;
    for (const auto& folder : folders) {
      const auto entries = files_.list(full(folder));
      if (!entries) continue;
      for (const auto& entry : *entries) {
        if (++looked_at > kMaxEntries) return found;
        const std::string path = base::join_path(folder, entry.name);
        if (entry.kind == FileKind::directory) {
          // com.example is what half of all Java packages are called.
          const bool java = syntax_ == ScriptSyntax::java;
          const bool test =
              java ? entry.name == "test" || entry.name == "tests" : is_one_of(kTests, entry.name);
          if (entry.name[0] != '.' && !is_one_of(kForeign, entry.name) && !test) next.push_back(path);
        } else if (entry.kind == FileKind::regular && !is_test_path(entry.name) &&
                   std::any_of(endings.begin(), endings.end(),
                               [&entry](std::string_view ending) { return entry.name.ends_with(ending); })) {
          found.push_back(path);
        }
      }
    }
    folders = std::move(next);
  }
  return found;
}

std::uint64_t line_of(std::string_view text, std::string_view part) {
  const std::size_t at = text.find(part);
  if (at == std::string_view::npos) return 0;
  return 1 + static_cast<std::uint64_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

bool is_test_path(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (slash == std::string_view::npos)
      return part.find(".test.") != std::string_view::npos || part.find(".spec.") != std::string_view::npos ||
             part.find(".stories.") != std::string_view::npos || part.starts_with("test_") ||
             part.ends_with("_test.py") || part == "conftest.py" || part.ends_with("Test.java") ||
             part.ends_with("Tests.java");
    if (is_one_of(kTests, part)) return true;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace crtune::project
