#include "core/project/go_liveness.hpp"

#include <algorithm>

namespace crtune::project {
namespace {

bool is_exported(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
}

}  // namespace

std::vector<TokenRange> outside_functions(const GoPackage& package, std::size_t file) {
  std::vector<TokenRange> ranges;
  std::size_t begin = 0;
  for (const auto& function : package.functions) {
    if (function.file != file) continue;
    ranges.push_back({begin, function.begin});
    begin = function.end;
  }
  ranges.push_back({begin, package.files[file].tokens.size()});
  return ranges;
}

Liveness::Liveness(const std::vector<const GoPackage*>& packages) {
  for (const auto* package : packages)
    if (!package->vendored) by_path_.emplace(package->import_path, package);
  for (const auto* package : packages) read(*package);
  for (const auto* package : packages) name(*package, "init");
  if (!packages.empty()) name(*packages.front(), "main");
  while (!queue_.empty()) {
    const Part part = queue_.back();
    queue_.pop_back();
    mention(part);
  }
}

void Liveness::read(const GoPackage& package) {
  if (package.vendored) return;
  for (const auto& function : package.functions) {
    if (!function.method) {
      functions_.emplace(Name(&package, function.name), &function);
      continue;
    }
    methods_.emplace(Name(&package, function.receiver), &function);
    methods_by_name_.emplace(function.name, std::pair(&package, &function));
  }
  for (std::size_t file = 0; file < package.files.size(); ++file)
    for (const auto range : outside_functions(package, file)) read_outside(package, file, range);
}

// Declarations of types wait until their names are named; all else is initialised when the program starts.
void Liveness::read_outside(const GoPackage& package, std::size_t file, TokenRange range) {
  const auto& tokens = package.files[file].tokens;
  std::size_t begin = range.begin;
  for (std::size_t i = range.begin; i + 1 < range.end; ++i) {
    const bool declares =
        tokens[i].is("type") && tokens[i].is_identifier() && (i == 0 || !tokens[i - 1].is("."));
    if (!declares) {
      if (tokens[i].is("(") || tokens[i].is("[") || tokens[i].is("{"))
        i = std::min(closing_bracket(tokens, i), range.end);
      continue;
    }
    queue_.push_back({&package, file, {begin, i}});
    const bool group = tokens[i + 1].is("(");
    const std::size_t end =
        std::min(group ? closing_bracket(tokens, i + 1) : line_end(tokens, i + 1, range.end), range.end);
    for (std::size_t at = i + (group ? 2U : 1U); at < end;) {
      const std::size_t stop = line_end(tokens, at, end);
      if (tokens[at].is_identifier())
        types_.emplace(Name(&package, tokens[at].text), Part{&package, file, {at + 1, stop}});
      at = stop + 1;
    }
    begin = i = end;
  }
  if (begin < range.end) queue_.push_back({&package, file, {begin, range.end}});
}

void Liveness::mention(const Part& part) {
  const GoFile& file = part.package->files[part.file];
  const auto& tokens = file.tokens;
  const bool has_dots = std::any_of(file.imports.begin(), file.imports.end(),
                                    [](const GoImport& import) { return import.name == "."; });
  for (std::size_t i = part.range.begin; i < part.range.end && i < tokens.size(); ++i) {
    if (!tokens[i].is_identifier()) continue;
    if (i == 0 || !tokens[i - 1].is(".")) {
      name(*part.package, tokens[i].text);
      if (!has_dots) continue;
      for (const auto& import : file.imports)
        if (import.name == ".")
          if (const auto other = by_path_.find(import.path); other != by_path_.end())
            name(*other->second, tokens[i].text);
      continue;
    }
    called(tokens[i].text);  // a variable may be called like a package
    const bool qualified = i >= 2 && tokens[i - 2].is_identifier() && (i < 3 || !tokens[i - 3].is("."));
    if (!qualified) continue;
    const auto other = by_path_.find(file.import_path(tokens[i - 2].text));
    if (other != by_path_.end()) name(*other->second, tokens[i].text);
  }
}

void Liveness::name(const GoPackage& package, std::string_view text) {
  const Name key(&package, text);
  if (!named_.insert(key).second) return;
  const auto [begin, end] = functions_.equal_range(key);
  for (auto it = begin; it != end; ++it) run(package, *it->second);
  const auto [first, last] = types_.equal_range(key);
  for (auto it = first; it != last; ++it) queue_.push_back(it->second);
  const auto [from, to] = methods_.equal_range(key);
  for (auto it = from; it != to; ++it)
    if (is_exported(it->second->name) || called_.contains(it->second->name)) run(package, *it->second);
}

void Liveness::called(std::string_view method) {
  if (!called_.insert(method).second) return;
  const auto [begin, end] = methods_by_name_.equal_range(method);
  for (auto it = begin; it != end; ++it) {
    const auto& [package, function] = it->second;
    if (named_.contains(Name(package, function->receiver))) run(*package, *function);
  }
}

void Liveness::run(const GoPackage& package, const GoFunction& function) {
  if (alive_.insert(&function).second)
    queue_.push_back({&package, function.file, {function.begin, function.end}});
}

}  // namespace crtune::project
