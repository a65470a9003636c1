#include "core/project/go_structs.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::project {
namespace {

constexpr int kMaxDepth = 6;           // of structs inside one another
constexpr std::size_t kMaxPaths = 16;  // to one type

bool is_word(const std::vector<GoToken>& tokens, std::size_t at, std::string_view word) {
  return at < tokens.size() && tokens[at].is(word);
}

}  // namespace

GoTypeId type_id(const GoPackage& package, std::size_t file, TokenRange range) {
  const auto& tokens = package.files[file].tokens;
  while (!range.empty() && (tokens[range.begin].is("*") || tokens[range.begin].is("&"))) ++range.begin;
  if (range.size() == 1 && tokens[range.begin].is_identifier())
    return package.import_path + "." + std::string(tokens[range.begin].text);
  if (range.size() != 3 || !tokens[range.begin + 1].is(".") || !tokens[range.begin + 2].is_identifier())
    return {};
  const auto path = package.files[file].import_path(tokens[range.begin].text);
  return path.empty() ? GoTypeId() : std::string(path) + "." + std::string(tokens[range.begin + 2].text);
}

// Reads the type declarations of one file.
class GoStructReader {
 public:
  GoStructReader(GoStructs& out, const GoPackage& package, std::size_t file)
      : out_(out), package_(package), file_(file), tokens_(package.files[file].tokens) {}

  void read() {
    for (std::size_t i = 0; i + 2 < tokens_.size(); ++i) {
      // `var cfg struct { … }` and what stands in slices and maps.
      if (tokens_[i].is("struct") && tokens_[i + 1].is("{") && !seen_.contains(i + 1))
        structure(package_.import_path + fmt::format(".#{}.{}", file_, i), i + 1, 0);
      if (!tokens_[i].is("type") || !tokens_[i].is_identifier()) continue;
      if (i > 0 && !tokens_[i - 1].is(";") && !tokens_[i - 1].is("{") && !tokens_[i - 1].is("}")) continue;
      if (!tokens_[i + 1].is("(")) {
        declaration(i + 1, tokens_.size());
        continue;
      }
      const std::size_t close = closing_bracket(tokens_, i + 1);
      for (std::size_t at = i + 2; at < close; at = line_end(tokens_, at, close) + 1) declaration(at, close);
    }
  }

 private:
  void declaration(std::size_t at, std::size_t end) {
    if (at + 1 >= end || !tokens_[at].is_identifier()) return;
    const GoTypeId id = package_.import_path + "." + std::string(tokens_[at].text);
    std::size_t type = at + 1;
    if (tokens_[type].is("[")) type = closing_bracket(tokens_, type) + 1;
    if (is_word(tokens_, type, "=")) ++type;
    if (is_word(tokens_, type, "struct") && is_word(tokens_, type + 1, "{")) {
      structure(id, type + 1, 0);
    } else if (auto other = type_id(package_, file_, {type, line_end(tokens_, type, end)}); !other.empty()) {
      out_.other_names_.emplace(id, std::move(other));
    }
  }

  void structure(const GoTypeId& id, std::size_t open, int depth) {
    seen_.insert(open);
    GoStruct found{.id = id, .package = &package_, .file = file_};
    found.body = {open + 1, closing_bracket(tokens_, open)};
    for (std::size_t at = found.body.begin; at < found.body.end;) {
      const std::size_t end = line_end(tokens_, at, found.body.end);
      line(found, {at, end}, depth);
      at = end + 1;
    }
    out_.structs_.push_back(std::move(found));
  }

  // `A, B Type "tag"`, `Type "tag"`, `A struct { … } "tag"`.
  void line(GoStruct& owner, TokenRange range, int depth) {
    std::string tag;
    if (!range.empty() && tokens_[range.end - 1].is_string()) tag = unquote_go(tokens_[--range.end].text);
    if (range.empty()) return;
    std::vector<std::size_t> names;
    std::size_t at = range.begin;
    while (at + 1 < range.end && tokens_[at].is_identifier()) {
      names.push_back(at);
      if (!tokens_[at + 1].is(",")) break;
      at += 2;
    }
    const bool embedded =
        names.empty() || (names.size() == 1 && tokens_[names[0] + 1].is(".")) || range.size() == 1;
    if (embedded) {
      GoTypeId type = type_id(package_, file_, range);
      const std::string name(tokens_[range.end - 1].text);
      owner.fields.push_back({name, std::move(type), tag, range.end - 1, true});
      return;
    }
    TokenRange type_range{names.back() + 1, range.end};
    while (!type_range.empty() && tokens_[type_range.begin].is("*")) ++type_range.begin;
    GoTypeId type = type_id(package_, file_, type_range);
    if (is_word(tokens_, type_range.begin, "struct") && is_word(tokens_, type_range.begin + 1, "{") &&
        depth < kMaxDepth) {
      type = owner.id + "." + std::string(tokens_[names[0]].text);
      structure(type, type_range.begin + 1, depth + 1);
    }
    for (const std::size_t name : names)
      owner.fields.push_back({std::string(tokens_[name].text), type, tag, name, false});
  }

  GoStructs& out_;
  const GoPackage& package_;
  std::size_t file_;
  const std::vector<GoToken>& tokens_;
  std::set<std::size_t> seen_;  // braces of structs that are read
};

GoStructs::GoStructs(std::vector<const GoPackage*> packages) : packages_(std::move(packages)) {
  for (const auto* package : packages_)
    for (std::size_t file = 0; file < package->files.size(); ++file)
      GoStructReader(*this, *package, file).read();
  for (std::size_t i = 0; i < structs_.size(); ++i) by_id_.emplace(structs_[i].id, i);
  for (const auto& owner : structs_)
    for (const auto& field : owner.fields)
      if (const GoStruct* held = field.type.empty() ? nullptr : find(field.type); held != nullptr)
        holders_[held->id].emplace_back(&owner, &field);
}

const GoStruct* GoStructs::find(std::string_view id) const {
  std::string name(id);
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    if (const auto found = by_id_.find(name); found != by_id_.end()) return &structs_[found->second];
    const auto other = other_names_.find(name);
    if (other == other_names_.end()) return nullptr;
    name = other->second;
  }
  return nullptr;
}

GoTypeId GoStructs::field_type(std::string_view owner, std::string_view field, int depth) const {
  const GoStruct* type = find(owner);
  if (type == nullptr || depth > kMaxDepth) return {};
  for (const auto& entry : type->fields)
    if (entry.name == field) return entry.type;
  for (const auto& entry : type->fields)
    if (entry.embedded)
      if (auto found = field_type(entry.type, field, depth + 1); !found.empty()) return found;
  return {};
}

GoTypes GoStructs::types_of(const GoPackage& package, std::size_t file, TokenRange chain) const {
  const auto& tokens = package.files[file].tokens;
  if (chain.empty() || !tokens[chain.begin].is_identifier()) return {};
  GoTypes types;
  std::size_t at = chain.begin;
  const auto path = package.files[file].import_path(tokens[at].text);
  if (!path.empty() && chain.size() >= 3) {  // pkg.Variable
    at += 2;
    const auto other = std::find_if(packages_.begin(), packages_.end(),
                                    [&path](const auto* p) { return p->import_path == path; });
    if (other == packages_.end()) return {};
    for (std::size_t i = 0; i < (*other)->files.size(); ++i)
      types.merge(variable_types(**other, i, {0, (*other)->files[i].tokens.size()}, tokens[at].text));
  } else {
    types = name_types(package, file, at);
  }
  for (at += 1; at + 1 < chain.end && !types.empty(); at += 2) {
    if (!tokens[at].is(".") || !tokens[at + 1].is_identifier()) return {};
    GoTypes next;
    for (const auto& type : types) {
      auto found = field_type(type, tokens[at + 1].text, 0);
      if (found.empty()) return {};
      next.insert(std::move(found));
    }
    types = std::move(next);
  }
  return types;
}

// A parameter, a receiver, a local variable, or one of the package.
GoTypes GoStructs::name_types(const GoPackage& package, std::size_t file, std::size_t at) const {
  const auto& tokens = package.files[file].tokens;
  const std::string_view name = tokens[at].text;
  if (const GoFunction* function = enclosing_function(package, file, at)) {
    for (std::size_t i = function->begin; i < function->body; ++i) {
      if (!tokens[i].is("(")) continue;
      const std::size_t close = closing_bracket(tokens, i);
      bool waiting = false;  // `a, b Type`: the type follows a later name
      for (const auto part : split_list(tokens, {i + 1, close})) {
        if (tokens[part.begin].is(name)) waiting = true;
        if (part.size() < 2 || !waiting) continue;
        auto type = type_id(package, file, {part.begin + 1, part.end});
        return type.empty() ? GoTypes() : GoTypes{std::move(type)};
      }
      i = close;
    }
    auto local = variable_types(package, file, {function->body, function->end}, name);
    if (!local.empty()) return local;
  }
  GoTypes types;
  for (std::size_t i = 0; i < package.files.size(); ++i)
    types.merge(variable_types(package, i, {0, package.files[i].tokens.size()}, name));
  return types;
}

// var x T, x := T{…}, x = &T{…}, x := new(T), x, err := f().
GoTypes GoStructs::variable_types(const GoPackage& package, std::size_t file, TokenRange range,
                                  std::string_view name) const {
  const auto& tokens = package.files[file].tokens;
  GoTypes types;
  const auto add = [&types](GoTypeId type) {
    if (!type.empty()) types.insert(std::move(type));
  };
  for (std::size_t i = range.begin; i + 1 < range.end; ++i) {
    if (!tokens[i].is(name) || !tokens[i].is_identifier() || (i > 0 && tokens[i - 1].is("."))) continue;
    std::size_t at = i + 1;
    const bool declared =
        i > 0 && (tokens[i - 1].is("var") || tokens[i - 1].is("(") || tokens[i - 1].is(";"));
    if (declared && (tokens[at].is_identifier() || tokens[at].is("*"))) {
      std::size_t end = at;
      while (end < range.end && !tokens[end].is(";") && !tokens[end].is("=") && end < at + 5) ++end;
      add(type_id(package, file, {at, end}));
      continue;
    }
    while (at + 2 < range.end && tokens[at].is(",") && tokens[at + 1].is_identifier()) at += 2;
    if (!tokens[at].is(":=") && !tokens[at].is("=")) continue;
    ++at;
    while (at < range.end && tokens[at].is("&")) ++at;
    std::size_t end = at;
    while (end < range.end && (tokens[end].is_identifier() || tokens[end].is("."))) ++end;
    if (end >= range.end || end == at) continue;
    if (tokens[end].is("{")) {
      add(type_id(package, file, {at, end}));
    } else if (tokens[end].is("(") && tokens[at].is("new")) {
      add(type_id(package, file, {end + 1, closing_bracket(tokens, end)}));
    } else if (tokens[end].is("(")) {
      add(result_type(package, file, {at, end}));
    }
  }
  return types;
}

// The first result of a function of the program: f or pkg.f.
GoTypeId GoStructs::result_type(const GoPackage& package, std::size_t file, TokenRange callee) const {
  const auto& tokens = package.files[file].tokens;
  const GoPackage* owner = &package;
  if (callee.size() == 3) {
    const auto path = package.files[file].import_path(tokens[callee.begin].text);
    const auto other = std::find_if(packages_.begin(), packages_.end(),
                                    [&path](const auto* p) { return p->import_path == path; });
    if (path.empty() || other == packages_.end()) return {};
    owner = *other;
  } else if (callee.size() != 1) {
    return {};
  }
  for (const auto& function : owner->functions) {
    if (function.method || function.name != tokens[callee.end - 1].text) continue;
    const auto& inside = owner->files[function.file].tokens;
    std::size_t at = function.begin + 2;
    if (is_word(inside, at, "[")) at = closing_bracket(inside, at) + 1;
    if (!is_word(inside, at, "(")) return {};
    at = closing_bracket(inside, at) + 1;
    if (!is_word(inside, at, "("))
      return type_id(*owner, function.file, {at, function.body == 0 ? at : function.body - 1});
    const auto parts = split_list(inside, {at + 1, closing_bracket(inside, at)});
    if (parts.empty()) return {};
    auto type = type_id(*owner, function.file, parts[0]);
    // (cfg *Config, err error)
    const bool named = type.empty() && parts[0].size() > 1;
    return named ? type_id(*owner, function.file, {parts[0].begin + 1, parts[0].end}) : type;
  }
  return {};
}

GoTypes GoStructs::with_embedded(GoTypes types) const {
  std::vector<GoTypeId> queue(types.begin(), types.end());
  while (!queue.empty()) {
    const GoStruct* type = find(queue.back());
    queue.pop_back();
    if (type == nullptr) continue;
    types.insert(type->id);
    for (const auto& field : type->fields)
      if (field.embedded && !field.type.empty() && types.insert(field.type).second)
        queue.push_back(field.type);
  }
  return types;
}

const GoStruct* GoStructs::around(const GoPackage& package, std::size_t file, std::size_t at) const {
  const GoStruct* best = nullptr;
  for (const auto& entry : structs_) {
    const bool holds =
        entry.package == &package && entry.file == file && entry.body.begin <= at && at < entry.body.end;
    if (holds && (best == nullptr || entry.body.size() < best->body.size())) best = &entry;
  }
  return best;
}

GoTypeId GoStructs::literal_type(const GoPackage& package, std::size_t file, std::size_t open) const {
  const auto& tokens = package.files[file].tokens;
  std::size_t begin = open;
  while (begin > 0 && (tokens[begin - 1].is_identifier() || tokens[begin - 1].is("."))) --begin;
  return type_id(package, file, {begin, open});
}

std::vector<GoStructs::Path> GoStructs::paths_to(const GoTypeId& type) const {
  std::vector<Path> done;
  std::vector<Path> open = {{type, {}}};
  while (!open.empty() && done.size() < kMaxPaths) {
    Path path = std::move(open.back());
    open.pop_back();
    const auto held = holders_.find(path.root);
    if (held == holders_.end() || path.fields.size() >= kMaxDepth) {
      std::reverse(path.fields.begin(), path.fields.end());
      done.push_back(std::move(path));
      continue;
    }
    for (const auto& [owner, field] : held->second) {
      const bool again = std::find(path.fields.begin(), path.fields.end(), field) != path.fields.end();
      if (again || open.size() >= kMaxPaths) continue;
      Path longer = path;
      longer.root = owner->id;
      longer.fields.push_back(field);
      open.push_back(std::move(longer));
    }
  }
  return done;
}

}  // namespace crtune::project
