#include "core/project/go_build_flags.hpp"

#include "core/project/makefile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace crtune::project {
namespace {

constexpr std::uint64_t kMaxFile = 1U << 20U;
constexpr std::array<std::string_view, 3> kMakefiles = {"GNUmakefile", "makefile", "Makefile"};
constexpr std::array<std::string_view, 4> kReleasers = {".goreleaser.yml", ".goreleaser.yaml",
                                                        "goreleaser.yml", "goreleaser.yaml"};
// Names that the builder or its shell already gives a meaning.
constexpr std::array<std::string_view, 9> kTakenNames = {
    "PATH", "HOME", "GOOS", "GOARCH", "GOFLAGS", "GOROOT", "TARGETARCH", "CGO_ENABLED", "PWD"};
// Tags that say how to link or what to test, which init decides.
constexpr std::array<std::string_view, 13> kOwnTags = {
    "netgo", "osusergo", "static_build", "static", "integration", "e2e", "test",
    "tests", "race",     "debug",        "dev",    "tools",       "cgo"};

template <typename Table>
bool contains(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// One line of a build file, as the shell would see it.
struct BuildLine {
  std::string text;
  std::string file;
  std::uint64_t line = 0;
};

// {{ .Version }} and the like: what GoReleaser calls it, as an argument of a build.
std::string release_field(std::string_view inside) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kFields = {
      {{".Version", "VERSION"},
       {".Tag", "VERSION"},
       {".Commit", "COMMIT"},
       {".FullCommit", "COMMIT"},
       {".ShortCommit", "COMMIT"},
       {".Date", "DATE"},
       {".CommitDate", "DATE"},
       {".Branch", "BRANCH"}}};
  const std::size_t begin = inside.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  inside = inside.substr(begin, inside.find_last_not_of(' ') - begin + 1);
  for (const auto& [field, name] : kFields)
    if (inside == field) return std::string(name);
  return inside.starts_with(".Env.") ? std::string(inside.substr(5)) : std::string();
}

std::string release_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) return out += text;
    out += text.substr(0, open);
    out += kUnknownBegin + release_field(text.substr(open + 2, close - open - 2)) + kUnknownEnd;
    text.remove_prefix(close + 2);
  }
  return out;
}

// Which lines are wanted: all, or those that build.
enum class Extent : std::uint8_t { all, builds };

bool builds(std::string_view text) {
  for (const std::string_view words : {"go build", "go install", "GO) build", "GO} build", "GO) install",
                                       "GO} install", "GOBUILD", "GO_BUILD"})
    if (text.find(words) != std::string_view::npos) return true;
  return false;
}

struct Build {
  std::vector<BuildLine> lines;
  std::optional<Makefile> makefile;
};

Build read_build(base::Files& files, const std::string& root, Extent extent) {
  Build build;
  for (const auto name : kMakefiles) {
    const std::string path = root + "/" + std::string(name);
    if (files.kind(path) != base::FileKind::regular) continue;
    const auto text = files.read(path, kMaxFile);
    if (!text) continue;
    build.makefile.emplace(*text);
    for (const auto& line : build.makefile->lines()) {
      const bool comment = line.text.starts_with('#');
      if (comment ||
          (extent == Extent::builds ? !builds(line.text) : line.text.find("-X") == std::string::npos))
        continue;
      const std::size_t at = line.text.find("-X");
      const auto before =
          extent == Extent::builds
              ? 0
              : std::count(line.text.begin(), line.text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
      build.lines.push_back({build.makefile->expand(line.text), std::string(name),
                             line.number + static_cast<std::uint64_t>(before)});
    }
    break;
  }
  for (const auto name : kReleasers) {
    const std::string path = root + "/" + std::string(name);
    if (files.kind(path) != base::FileKind::regular) continue;
    const auto text = files.read(path, kMaxFile);
    if (!text) continue;
    std::string_view rest = *text;
    for (std::uint64_t number = 1; !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const auto line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.find(extent == Extent::all ? "-X" : "-tags") != std::string_view::npos &&
          line.find_first_not_of(" \t") != line.find('#'))
        build.lines.push_back({release_line(line), std::string(name), number});
    }
    break;
  }
  return build;
}

struct Assignment {
  std::string symbol;
  std::string value;
};

// Every -X symbol=value of a line, with or without quotes.
std::vector<Assignment> assignments(std::string_view text) {
  std::vector<Assignment> found;
  for (std::size_t at = text.find("-X"); at != std::string_view::npos; at = text.find("-X", at)) {
    const bool starts = at == 0 || std::string_view(" \t\n\"'=").find(text[at - 1]) != std::string_view::npos;
    at += 2;
    if (!starts || at >= text.size() ||
        std::string_view(" \t\n='\"").find(text[at]) == std::string_view::npos)
      continue;
    while (at < text.size() && std::string_view(" \t\n=\\").find(text[at]) != std::string_view::npos) ++at;
    char quote = '\0';
    if (at < text.size() && (text[at] == '\'' || text[at] == '"')) quote = text[at++];
    const std::size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) return found;
    std::size_t begin = equals + 1;
    if (quote == '\0' && begin < text.size() && (text[begin] == '\'' || text[begin] == '"'))
      quote = text[begin++];
    std::size_t end = begin;
    while (end < text.size() &&
           (quote != '\0' ? text[end] != quote
                          : std::string_view(" \t\n\"'").find(text[end]) == std::string_view::npos))
      ++end;
    found.push_back(
        {std::string(text.substr(at, equals - at)), std::string(text.substr(begin, end - begin))});
    at = end;
  }
  return found;
}

bool is_symbol(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 >= text.size() || !is_letter(text[dot + 1]))
    return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("./-~").find(c) != std::string_view::npos;
  });
}

std::string upper_name(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool small = c >= 'a' && c <= 'z';
    const bool word = c >= 'A' && c <= 'Z' && i > 0 && text[i - 1] >= 'a' && text[i - 1] <= 'z';
    if (word) out += '_';
    out += small ? static_cast<char>(c - 'a' + 'A') : is_digit(c) || is_letter(c) ? c : '_';
  }
  return out;
}

// `v` and an unknown VERSION: v${VERSION}. Nothing for a value that no Dockerfile should carry.
std::optional<std::string> dockerfile_value(const Assignment& from, const Makefile* makefile,
                                            model::Project& project) {
  static constexpr std::string_view kPlain = "._/:@+,-= ";
  std::string out;
  std::vector<model::BuildArgument> arguments;
  for (std::size_t i = 0; i < from.value.size(); ++i) {
    const char c = from.value[i];
    if (c != kUnknownBegin) {
      if (!is_letter(c) && !is_digit(c) && kPlain.find(c) == std::string_view::npos) return std::nullopt;
      out += c;
      continue;
    }
    const std::size_t end = from.value.find(kUnknownEnd, i);
    if (end == std::string::npos) return std::nullopt;
    const std::string source = from.value.substr(i + 1, end - i - 1);
    i = end;
    std::string name = upper_name(
        source.empty() ? std::string_view(from.symbol).substr(from.symbol.rfind('.') + 1) : source);
    if (name.empty() || is_digit(name[0]) || name.size() > 60 || contains(kTakenNames, name))
      return std::nullopt;
    std::string initial = makefile == nullptr || source.empty() ? "" : makefile->initial(source);
    const bool plain = std::all_of(initial.begin(), initial.end(), [](char letter) {
      return is_letter(letter) || is_digit(letter) ||
             std::string_view("._/:@+-").find(letter) != std::string_view::npos;
    });
    arguments.push_back({name, plain ? std::move(initial) : ""});
    out += fmt::format("${{{}}}", name);
  }
  for (auto& argument : arguments) {
    const bool known = std::any_of(project.build_arguments.begin(), project.build_arguments.end(),
                                   [&argument](const auto& other) { return other.name == argument.name; });
    if (!known) project.build_arguments.push_back(std::move(argument));
  }
  return out;
}

// Whether a reached package has the variable; packages of other modules are not read, and are trusted.
bool exists(const std::string& symbol, const std::vector<const GoPackage*>& reached,
            const model::Project& project) {
  const std::size_t dot = symbol.rfind('.');
  const std::string package = symbol.substr(0, dot);
  const std::string name = symbol.substr(dot + 1);
  for (const auto* candidate : reached) {
    const bool same =
        candidate->import_path == package || (package == "main" && candidate == reached.front());
    if (!same || candidate->vendored) continue;
    return std::any_of(candidate->files.begin(), candidate->files.end(), [&name](const GoFile& file) {
      return std::any_of(file.tokens.begin(), file.tokens.end(),
                         [&name](const GoToken& token) { return token.is(name); });
    });
  }
  const bool own =
      package == "main" || package == project.module || package.starts_with(project.module + "/");
  return !own;
}

}  // namespace

void find_build_tags(base::Files& files, const std::string& root, model::Project& project) {
  const Build build = read_build(files, root, Extent::builds);
  for (const auto& line : build.lines) {
    std::size_t at = line.text.find("-tags");
    if (at == std::string::npos) continue;
    at += 5;
    while (at < line.text.size() && std::string_view(" =\t\n").find(line.text[at]) != std::string_view::npos)
      ++at;
    char quote = '\0';
    if (at < line.text.size() && (line.text[at] == '\'' || line.text[at] == '"')) quote = line.text[at++];
    while (at < line.text.size() && line.text[at] != quote && line.text[at] != '\n') {
      const std::size_t end = std::min(line.text.find_first_of(" ,\"'\n", at), line.text.size());
      const std::string tag = line.text.substr(at, end - at);
      const bool good = !tag.empty() && std::all_of(tag.begin(), tag.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '.';
      });
      if (good && !contains(kOwnTags, tag) && !contains(project.build_tags, tag)) {
        project.build_tags.push_back(tag);
        project.evidence.push_back({fmt::format("build tag: {}", tag), line.file, line.line});
      }
      if (end < line.text.size() && quote == '\0' && line.text[end] != ',') break;
      at = end < line.text.size() && line.text[end] == quote ? line.text.size() : end + 1;
    }
    if (!project.build_tags.empty()) return;  // one build is enough: others may be of another program
  }
}

void find_link_variables(base::Files& files, const std::string& root,
                         const std::vector<const GoPackage*>& reached, model::Project& project) {
  const Build build = read_build(files, root, Extent::all);
  for (const auto& line : build.lines)
    for (auto& assignment : assignments(line.text)) {
      const bool known =
          std::any_of(project.link_variables.begin(), project.link_variables.end(),
                      [&assignment](const auto& other) { return other.symbol == assignment.symbol; });
      if (known || !is_symbol(assignment.symbol) || !exists(assignment.symbol, reached, project)) continue;
      const bool make = contains(kMakefiles, line.file);
      auto value = dockerfile_value(assignment, make ? &*build.makefile : nullptr, project);
      if (!value) {
        project.notes.push_back(fmt::format("{}:{} sets {} to what init cannot carry over; add it by hand",
                                            line.file, line.line, assignment.symbol));
        continue;
      }
      project.evidence.push_back({fmt::format("link variable: {}", assignment.symbol), line.file, line.line});
      project.link_variables.push_back({assignment.symbol, *std::move(value)});
    }
}

}  // namespace crtune::project
