#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

struct Copied {
  std::size_t instruction = 0;
  std::string path;          // in the image
  bool is_one_file = false;  // a single source, so that flags of COPY mean just it
};

std::vector<Copied> copied_before(const Subject& subject, std::size_t end) {
  std::vector<Copied> out;
  for (const auto i : subject.final_instructions) {
    if (i >= end) break;
    const auto& instruction = subject.at(i);
    const auto& words = subject.facts(i).words;
    if ((instruction.keyword != "COPY" && instruction.keyword != "ADD") || words.size() < 2 ||
        !words.back().value)
      continue;
    const std::string& target = *words.back().value;
    if (subject.workdirs[i].empty() && !target.starts_with('/')) continue;
    const std::string place = image_path(subject.workdirs[i], target);
    const bool into_folder = target.ends_with('/') || target == "." || words.size() > 2;
    for (std::size_t k = 0; k + 1 < words.size(); ++k) {
      if (!words[k].value) continue;
      const auto name = last_part(*words[k].value);
      const bool many =
          name.empty() || name == "." || name == ".." || name.find_first_of("*?[") != std::string_view::npos;
      out.push_back({i, into_folder && !many ? image_path(place, name) : place, words.size() == 2 && !many});
    }
  }
  return out;
}

// The flag of COPY that does the same as this command; empty where none does.
std::string copy_flag(const Call& call, const std::string& how) {
  const bool numeric =
      how.size() >= 3 && how.size() <= 4 && how.find_first_not_of("01234567") == std::string::npos;
  if (call.program() == "chmod")
    return numeric ? "--chmod=" + how : how == "+x" || how == "a+x" ? "--chmod=755" : "";
  return how.find('$') == std::string::npos ? "--chown=" + how : "";
}

void report(const Subject& subject, Findings& findings, const Call& call, const Copied& copy) {
  const bool removes = call.program() == "rm";
  const auto operands = call.operands(0, {});
  auto& found = findings.add_call(
      call, removes ? fmt::format("{} is shipped by line {} and deleted here", shown(copy.path),
                                  subject.at(copy.instruction).first_line)
                    : fmt::format("{} is shipped by line {} and again here, for {}", shown(copy.path),
                                  subject.at(copy.instruction).first_line, call.program()));
  if (removes) {
    found.say("leave it out of the COPY, or do both in one RUN with a mount");
    return;
  }
  const std::string flag = copy_flag(call, operands.front()->text);
  found.say(flag.empty()
                ? "COPY --chmod=… or --chown=…, and drop this command"
                : fmt::format("{} {} … and drop this command", subject.at(copy.instruction).keyword, flag));
  const auto& run = subject.at(call.instruction());
  const auto& made = subject.at(copy.instruction);
  const bool alone =
      subject.calls_of(call.instruction()).size() == 1 && run.flags.empty() && run.heredocs.empty();
  const bool taken = made.flag(call.program()) != nullptr;
  if (flag.empty() || !alone || taken || !copy.is_one_file || operands.size() != 2 || !call.is_editable())
    return;
  if (call.words().size() != 3 || made.keyword != "COPY") return;
  found.insert(made.keyword_span.end, " " + flag).edit(whole_lines(subject.document, run), "");
}

}  // namespace

void check_later_change(const Subject& subject, Findings& findings) {
  for (const auto i : subject.final_instructions) {
    if (subject.at(i).keyword != "RUN") continue;
    std::vector<Copied> copies;
    for (const auto& call : subject.calls_of(i)) {
      if (!call.is({"chmod", "chown", "rm"})) continue;
      if (copies.empty()) copies = copied_before(subject, i);
      const auto operands = call.operands(0, {"--reference"});
      for (std::size_t k = call.program() == "rm" ? 0 : 1; k < operands.size(); ++k) {
        const auto& text = operands[k]->text;
        if (text.find_first_of("$*?[") != std::string::npos ||
            (subject.workdirs[i].empty() && !text.starts_with('/')))
          continue;
        const std::string path = image_path(subject.workdirs[i], text);
        const bool deep = call.has_letter('R') || call.has_letter('r') || call.has({"--recursive"});
        const auto hit = std::find_if(copies.begin(), copies.end(), [&](const Copied& copy) {
          return copy.path == path || (deep && path != "/" && copy.path.starts_with(path + "/"));
        });
        if (hit == copies.end()) continue;
        report(subject, findings, call, *hit);
        break;
      }
    }
  }
}

}  // namespace crtune::check::rules
