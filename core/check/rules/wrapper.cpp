#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

#include <array>

namespace crtune::check::rules {
namespace {

struct WrapperRow {
  std::string_view program;
  std::string_view verb;  // empty: any
  std::string_view instead;
};
constexpr std::array kWrappers = {
    WrapperRow{"npm", "", "CMD [\"node\", \"FILE\"] with what the script in package.json runs"},
    WrapperRow{"npx", "", "CMD [\"node\", \"node_modules/.bin/TOOL\"]"},
    WrapperRow{"yarn", "", "CMD [\"node\", \"FILE\"] with what the script in package.json runs"},
    WrapperRow{"pnpm", "", "CMD [\"node\", \"FILE\"] with what the script in package.json runs"},
    WrapperRow{"nodemon", "", "CMD [\"node\", \"FILE\"]: nodemon is for development"},
    WrapperRow{"ts-node", "", "compile first, then CMD [\"node\", \"dist/FILE.js\"]"},
    WrapperRow{"poetry", "run", "ENV PATH=/app/.venv/bin:$PATH and CMD with the program behind run"},
    WrapperRow{"pipenv", "run", "install into the system, and CMD with the program behind run"},
    WrapperRow{"uv", "run", "ENV PATH=/app/.venv/bin:$PATH and CMD with the program behind run"},
    WrapperRow{"go", "run", "go build in an earlier stage, and CMD with the program"},
    WrapperRow{"cargo", "run", "cargo build --release in an earlier stage, and CMD with the program"},
    WrapperRow{"dotnet", "run", "dotnet publish in an earlier stage, and CMD with the program"},
    WrapperRow{"mvn", "", "build in an earlier stage, and CMD [\"java\", \"-jar\", \"FILE\"]"},
    WrapperRow{"gradle", "", "build in an earlier stage, and CMD [\"java\", \"-jar\", \"FILE\"]"},
    WrapperRow{"gradlew", "", "build in an earlier stage, and CMD [\"java\", \"-jar\", \"FILE\"]"},
    WrapperRow{"flask", "run", "CMD with gunicorn: flask run is for development"},
    WrapperRow{"supervisord", "", "one service for each program, or a sidecar"},
};

}  // namespace

void check_wrapper(const Subject& subject, Findings& findings) {
  const auto index = start_instruction(subject);
  if (!index || subject.scripts[*index].empty()) return;
  for (const auto& command : subject.scripts[*index].front().commands()) {
    if (command.words.empty()) continue;
    const Call call(*index, subject.scripts[*index].front(), command);
    for (const auto& row : kWrappers) {
      const bool fits = call.program() == row.program &&
                        (row.verb.empty() || (call.words().size() > 1 && call.words()[1].text == row.verb));
      if (!fits) continue;
      findings
          .add_span(*index, subject.at(*index).words.front().span,
                    fmt::format("{} starts the program and stays in between", row.program))
          .say(std::string(row.instead));
      return;
    }
  }
}

}  // namespace crtune::check::rules
