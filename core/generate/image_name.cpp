#include "core/generate/image_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::generate {
namespace {

constexpr std::size_t kMaxRepository = 255;
constexpr std::size_t kMaxTag = 128;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// Letters and digits, with one ".", one or two "_" or any number of "-" between them.
bool is_component(std::string_view text) {
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = at;
    while (at < text.size() && (is_lower(text[at]) || is_digit(text[at]))) ++at;
    if (at == begin) return false;
    if (at == text.size()) return true;
    if (text[at] == '-') {
      while (at < text.size() && text[at] == '-') ++at;
    } else if (text[at] == '.' || text[at] == '_') {
      const char separator = text[at++];
      if (separator == '_' && at < text.size() && text[at] == '_') ++at;
    } else {
      return false;
    }
  }
}

bool is_registry(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const auto port = colon == std::string_view::npos ? std::string_view("0") : text.substr(colon + 1);
  const auto host = text.substr(0, colon);
  const bool good_port = !port.empty() && std::all_of(port.begin(), port.end(), is_digit);
  const bool good_host = !host.empty() && host.front() != '.' && host.front() != '-' && host.back() != '.' &&
                         host.back() != '-' && host.find("..") == std::string_view::npos &&
                         std::all_of(host.begin(), host.end(), [](char c) {
                           return is_lower(c) || is_upper(c) || is_digit(c) || c == '.' || c == '-';
                         });
  return good_port && good_host;
}

bool is_tag(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTag && text.front() != '.' && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '.' || c == '-';
         });
}

bool is_digest(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto hex = text.substr(colon + 1);
  return hex.size() >= 32 &&
         std::all_of(hex.begin(), hex.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

std::string repository_fault(std::string_view repository) {
  const auto whole = repository;
  if (const std::size_t slash = repository.find('/'); slash != std::string_view::npos) {
    const auto first = repository.substr(0, slash);
    if (first.find_first_of(".:") != std::string_view::npos || first == "localhost") {
      if (!is_registry(first)) return fmt::format("'{}' is no registry", first);
      repository.remove_prefix(slash + 1);
    }
  }
  if (whole.size() > kMaxRepository)
    return fmt::format("its repository has over {} characters", kMaxRepository);
  if (std::any_of(repository.begin(), repository.end(), is_upper))
    return "its repository must be in lower case";
  while (true) {
    const std::size_t end = std::min(repository.find('/'), repository.size());
    if (!is_component(repository.substr(0, end)))
      return fmt::format("'{}' is no part of a repository's name", repository.substr(0, end));
    if (end == repository.size()) return {};
    repository.remove_prefix(end + 1);
  }
}

}  // namespace

std::string image_name_fault(std::string_view name) {
  if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
    if (!is_digest(name.substr(at + 1))) return fmt::format("'{}' is no digest", name.substr(at + 1));
    name = name.substr(0, at);
  }
  const std::size_t colon = name.rfind(':');
  const std::size_t slash = name.rfind('/');
  if (colon != std::string_view::npos && (slash == std::string_view::npos || slash < colon)) {
    if (!is_tag(name.substr(colon + 1))) return fmt::format("'{}' is no tag", name.substr(colon + 1));
    name = name.substr(0, colon);
  }
  return repository_fault(name);
}

}  // namespace crtune::generate
