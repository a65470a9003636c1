#include "core/check/call.hpp"

#include "core/check/image_paths.hpp"

#include <algorithm>

namespace crtune::check {
namespace {

bool is_wrapper(std::string_view program) {
  return program == "sudo" || program == "env" || program == "exec" || program == "time" ||
         program == "nice" || program == "command" || program == "nohup";
}

}  // namespace

Call::Call(std::size_t instruction, const dockerfile::Script& script, const dockerfile::ShellCommand& command)
    : instruction_(instruction), script_(&script), command_(&command), words_(command.words) {
  while (words_.size() > 1 && is_wrapper(last_part(words_.front().text))) {
    words_ = words_.subspan(1);
    while (words_.size() > 1 &&
           (words_.front().text.starts_with('-') || words_.front().text.find('=') != std::string::npos))
      words_ = words_.subspan(1);
  }
  if (!words_.empty()) program_ = last_part(words_.front().text);
}

bool Call::is(std::initializer_list<std::string_view> programs) const {
  return std::find(programs.begin(), programs.end(), program_) != programs.end();
}

std::size_t Call::find(std::initializer_list<std::string_view> texts) const {
  for (std::size_t i = 1; i < words_.size(); ++i)
    if (std::find(texts.begin(), texts.end(), words_[i].text) != texts.end()) return i;
  return 0;
}

bool Call::has_letter(char letter) const {
  return std::any_of(words_.begin(), words_.end(), [&](const auto& word) {
    return word.text.size() > 1 && word.text[0] == '-' && word.text[1] != '-' &&
           word.text.find(letter) != std::string::npos && word.text.find('=') == std::string::npos;
  });
}

bool Call::has_prefix(std::string_view prefix) const {
  return std::any_of(words_.begin(), words_.end(),
                     [&](const auto& word) { return word.text.starts_with(prefix); });
}

std::vector<const dockerfile::ShellWord*> Call::operands(
    std::size_t after, std::initializer_list<std::string_view> takes_value) const {
  std::vector<const dockerfile::ShellWord*> out;
  for (std::size_t i = after + 1; i < words_.size(); ++i) {
    const std::string& text = words_[i].text;
    if (std::find(takes_value.begin(), takes_value.end(), text) != takes_value.end()) {
      ++i;
    } else if (!text.starts_with('-') && !text.empty()) {
      out.push_back(&words_[i]);
    }
  }
  return out;
}

}  // namespace crtune::check
