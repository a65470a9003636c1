#include "core/project/go_program.hpp"

#include "core/project/go_constraint.hpp"
#include "core/project/go_functions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

namespace crtune::project {

using base::FileKind;

namespace {

constexpr std::string_view kVendor = "vendor";

// What the package at the end of an import path is called when the file does not say.
std::string default_name(std::string_view path) {
  std::string_view last = path.substr(path.rfind('/') + 1);
  const bool is_version =
      last.size() >= 2 && last[0] == 'v' && last.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (is_version && path.size() > last.size()) {
    path.remove_suffix(last.size() + 1);
    last = path.substr(path.rfind('/') + 1);
  }
  if (const auto dot = last.rfind(".v"); dot != std::string_view::npos && dot > 0) last = last.substr(0, dot);
  if (last.starts_with("go-")) last.remove_prefix(3);
  if (last.ends_with("-go")) last.remove_suffix(3);
  return std::string(last);
}

// `import "x"`, `import name "x"` and blocks of them.
std::vector<GoImport> read_imports(const std::vector<GoToken>& tokens) {
  std::vector<GoImport> imports;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].is("import") || !tokens[i].is_identifier()) continue;
    const bool block = i + 1 < tokens.size() && tokens[i + 1].is("(");
    std::string name;
    for (++i; i < tokens.size(); ++i) {
      const GoToken& token = tokens[i];
      if (token.is_string()) {
        std::string path = unquote_go(token.text);
        if (name.empty()) name = default_name(path);
        imports.push_back({std::move(path), std::move(name), token.line});
        name.clear();
        if (!block) break;
      } else if (token.is_identifier() || token.is(".")) {
        name = token.text;
      } else if (token.is(")")) {
        break;
      }
    }
  }
  return imports;
}

// Patterns after //go:embed: separated by spaces, each may be quoted.
void read_embeds(const GoDirective& directive, std::vector<GoEmbed>& embeds) {
  static constexpr std::string_view kEmbed = "go:embed";
  if (!directive.text.starts_with(kEmbed)) return;
  std::string_view rest = directive.text.substr(kEmbed.size());
  while (true) {
    const std::size_t begin = rest.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return;
    rest.remove_prefix(begin);
    const bool quoted = rest[0] == '"' || rest[0] == '`';
    std::size_t end = quoted ? rest.find(rest[0], 1) : rest.find_first_of(" \t");
    end = end == std::string_view::npos ? rest.size() : quoted ? end + 1 : end;
    std::string pattern = quoted ? unquote_go(rest.substr(0, end)) : std::string(rest.substr(0, end));
    if (pattern.starts_with("all:")) pattern.erase(0, 4);
    if (!pattern.empty()) embeds.push_back({std::move(pattern), directive.line});
    rest.remove_prefix(end);
  }
}

bool folder_is_left_out(std::string_view name) {
  return name.starts_with(".") || name.starts_with("_") || name == "testdata" || name == kVendor ||
         name == "node_modules";
}

}  // namespace

std::string_view GoFile::import_path(std::string_view name) const {
  for (const auto& import : imports)
    if (import.name == name) return import.path;
  return {};
}

std::string GoProgram::full(const std::string& path) const {
  return path == "." ? root_ : root_ + "/" + path;
}

base::Result<GoProgram> GoProgram::load(base::Files& files, std::string root,
                                        const std::vector<Module>& modules,
                                        std::vector<std::string> build_tags, const TreeLimits& limits) {
  GoProgram program;
  program.files_ = &files;
  program.root_ = std::move(root);
  program.limits_ = limits;
  program.build_tags_ = std::move(build_tags);
  for (const auto& module : modules) CRT_TRY(program.walk(module, module.folder, 0));
  if (files.kind(program.full(std::string(kVendor))) == FileKind::directory)
    CRT_TRY(program.walk({"", std::string(kVendor)}, std::string(kVendor), 0));
  return program;
}

base::Status GoProgram::walk(const Module& module, const std::string& folder, std::size_t depth) {
  if (depth > limits_.depth)
    return base::fail(base::ErrorCode::limit,
                      fmt::format("folders are nested more than {} deep", limits_.depth),
                      {.file = full(folder)});
  CRT_ASSIGN(const auto entries, files_->list(full(folder)));
  // vendor/modules.txt decides what is in vendor/; every folder below is one import path.
  const bool vendored = module.folder == kVendor;
  for (const auto& entry : entries) {
    const std::string path = join_path(folder, entry.name);
    if (entry.kind == FileKind::regular) {
      if (entry.name.ends_with(".go")) CRT_TRY(add_file(module, folder, entry.name));
    } else if (entry.kind == FileKind::directory) {
      const bool another_module = files_->kind(full(path + "/go.mod")) != FileKind::absent;
      if (vendored || (!folder_is_left_out(entry.name) && !another_module))
        CRT_TRY(walk(module, path, depth + 1));
    } else if (entry.kind == FileKind::symlink && !vendored) {
      skipped_.push_back(path);
    }
  }
  return {};
}

base::Status GoProgram::add_file(const Module& module, const std::string& folder, const std::string& name) {
  if (!file_name_is_built(name)) return {};
  const std::string path = join_path(folder, name);
  if (++file_count_ > limits_.files)
    return base::fail(base::ErrorCode::limit, fmt::format("more than {} Go files", limits_.files),
                      {.file = full(path)}, "run init in the folder of one module");
  auto text = files_->read(full(path), limits_.file_bytes);
  if (!text && text.error().code == base::ErrorCode::limit) {
    skipped_.push_back(path);  // generated tables of many megabytes start no server
    return {};
  }
  if (!text) return base::fail(std::move(text).error());
  total_bytes_ += text->size();
  if (total_bytes_ > limits_.total_bytes)
    return base::fail(base::ErrorCode::limit,
                      fmt::format("more than {} bytes of Go source", limits_.total_bytes),
                      {.file = full(path)}, "run init in the folder of one module");
  GoFile file;
  file.path = path;
  file.source = std::make_unique<const std::string>(*std::move(text));
  GoTokens header = lex_go(*file.source, LexExtent::header);
  const bool built = directives_are_built(header.directives, Cgo::on, build_tags_);
  file.built_without_cgo = directives_are_built(header.directives, Cgo::off, build_tags_);
  const auto package = std::find_if(header.tokens.begin(), header.tokens.end(),
                                    [](const GoToken& token) { return token.is("package"); });
  if (package == header.tokens.end() || package + 1 == header.tokens.end()) return {};
  if (!built && !file.built_without_cgo) return {};
  file.package_line = package->line;
  file.imports = read_imports(header.tokens);

  const std::string inside = folder == module.folder ? ""
                             : module.folder == "."  ? folder
                                                     : folder.substr(module.folder.size() + 1);
  const std::string import_path = module.path.empty() ? inside
                                  : inside.empty()    ? module.path
                                                      : module.path + "/" + inside;
  GoPackage& entry = packages_[import_path];
  entry.folder = folder;
  entry.import_path = import_path;
  entry.vendored = module.path.empty();
  if (!built) {
    entry.has_cgo_fallback = true;
    return {};
  }
  if (const std::string_view word = (package + 1)->text; word != "documentation") entry.name = word;
  entry.files.push_back(std::move(file));
  return {};
}

const GoPackage* GoProgram::find(std::string_view import_path) const {
  const auto found = packages_.find(import_path);
  return found == packages_.end() || found->second.files.empty() ? nullptr : &found->second;
}

void GoProgram::load_whole(GoPackage& package) {
  if (package.loaded) return;
  package.loaded = true;
  for (auto& file : package.files) {
    GoTokens all = lex_go(*file.source);
    file.tokens = std::move(all.tokens);
    for (const auto& directive : all.directives) read_embeds(directive, file.embeds);
  }
  package.functions = find_functions(package);
}

std::vector<const GoPackage*> GoProgram::reach(const std::string& start) {
  std::vector<const GoPackage*> own;
  std::vector<const GoPackage*> vendored;
  std::set<std::string, std::less<>> seen = {start};
  std::deque<std::string> queue = {start};
  while (!queue.empty()) {
    const auto found = packages_.find(queue.front());
    queue.pop_front();
    if (found == packages_.end() || found->second.files.empty()) continue;
    GoPackage& package = found->second;
    if (!package.vendored) load_whole(package);
    (package.vendored ? vendored : own).push_back(&package);
    for (const auto& file : package.files)
      for (const auto& import : file.imports)
        if (seen.insert(import.path).second) queue.push_back(import.path);
  }
  own.insert(own.end(), vendored.begin(), vendored.end());
  return own;
}

}  // namespace crtune::project
