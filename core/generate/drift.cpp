#include "core/generate/drift.hpp"

#include "core/generate/dockerfiles.hpp"
#include "core/generate/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace crtune::generate {
namespace {

constexpr std::string_view kWrittenBy = "# Written by cloudrun-tune init";

struct Statement {
  std::uint64_t line = 0;
  std::string text;
};

bool is_dockerfile(const std::string& file) {
  return file.substr(file.rfind('/') + 1) == "Dockerfile";
}

// The lines that say something, in order.
std::vector<Statement> statements(const std::string& file, std::string_view text) {
  std::vector<Statement> out;
  if (is_dockerfile(file)) {
    for (auto& instruction : instructions_of(text))
      out.push_back({instruction.line, std::move(instruction.text)});
    return out;
  }
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos || line[begin] == '#') continue;
    out.push_back({number, std::string(line)});
  }
  return out;
}

// What two statements must share to be the same one in two versions.
std::string_view kind_of(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" -"), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_first_of(" :"));
}

// The statements of `a` that `b` lacks, counted.
std::vector<Statement> missing_in(const std::vector<Statement>& a, const std::vector<Statement>& b) {
  std::map<std::string_view, std::size_t> count;
  for (const auto& statement : b) ++count[statement.text];
  std::vector<Statement> out;
  for (const auto& statement : a) {
    auto found = count.find(statement.text);
    if (found != count.end() && found->second > 0) {
      --found->second;
    } else {
      out.push_back(statement);
    }
  }
  return out;
}

std::string_view strip(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

}  // namespace

std::vector<Drift> find_drift(const std::string& file, const std::string* existing, std::string_view wanted,
                              const model::Project& project) {
  std::vector<Drift> out;
  if (existing == nullptr) {
    out.push_back({.file = file, .line = 0, .was = {}, .now = {}, .evidence = {}});
    return out;
  }
  const auto before = statements(file, *existing);
  const auto after = statements(file, wanted);
  auto gone = missing_in(before, after);
  std::map<std::string, std::vector<model::Evidence>> reasons;
  if (is_dockerfile(file))
    for (auto& entry : explain(wanted, project)) reasons[entry.instruction.text] = std::move(entry.evidence);
  for (const auto& fresh : missing_in(after, before)) {
    Drift drift{.file = file, .line = 0, .was = {}, .now = std::string(strip(fresh.text)), .evidence = {}};
    const auto old = std::find_if(gone.begin(), gone.end(), [&fresh](const Statement& statement) {
      return kind_of(statement.text) == kind_of(fresh.text);
    });
    if (old != gone.end()) {
      drift.line = old->line;
      drift.was = strip(old->text);
      gone.erase(old);
    }
    if (const auto reason = reasons.find(fresh.text); reason != reasons.end())
      drift.evidence = reason->second;
    out.push_back(std::move(drift));
  }
  for (const auto& old : gone)
    out.push_back(
        {.file = file, .line = old.line, .was = std::string(strip(old.text)), .now = {}, .evidence = {}});
  return out;
}

void remember(const Remembered& options, std::string& dockerfile) {
  std::string words;
  if (!options.main.empty() && is_plain(options.main)) words += " --main " + options.main;
  if (options.port) words += fmt::format(" --port {}", *options.port);
  if (!options.profile.empty()) words += " --profile " + options.profile;
  const std::size_t at = dockerfile.find(std::string(kWrittenBy) + ".");
  if (at != std::string::npos) dockerfile.insert(at + kWrittenBy.size(), words);
}

Remembered remembered(std::string_view dockerfile) {
  Remembered out;
  const std::size_t at = dockerfile.find(kWrittenBy);
  if (at == std::string_view::npos) return out;
  std::string_view line = dockerfile.substr(at + kWrittenBy.size());
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.ends_with('.')) line.remove_suffix(1);
  std::string_view option;
  while (!line.empty()) {
    line = strip(line);
    const auto word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size());
    if (word.starts_with("--")) {
      option = word;
    } else if (option == "--main") {
      out.main = word;
    } else if (option == "--profile") {
      out.profile = word;
    } else if (option == "--port") {
      std::uint32_t port = 0;
      const auto result = std::from_chars(word.data(), word.data() + word.size(), port);
      if (result.ec == std::errc() && port > 0 && port <= 65535) out.port = port;
    }
  }
  return out;
}

}  // namespace crtune::generate
