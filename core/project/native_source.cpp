#include "core/project/native_source.hpp"

#include "core/base/escape.hpp"
#include "core/base/path.hpp"
#include "core/project/native_port.hpp"
#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {

using base::join_path;

namespace {

constexpr std::string_view kImageFolder = "/app/";  // where the image's working directory is

// Calls whose argument is a path to read; -1 looks at every text among the arguments.
struct OpenCall {
  std::string_view word;
  std::string_view before;  // the segment in front in Rust: File::open
  int argument;
};
constexpr auto kCOpens = std::to_array<OpenCall>({{"fopen", "", 0},
                                                  {"ifstream", "", 0},
                                                  {"set_mount_point", "", 1},
                                                  {"set_base_dir", "", 0},
                                                  {"setDocumentRoot", "", 0},
                                                  {"loadConfigFile", "", 0},
                                                  {"set_static_file_info", "", 0},
                                                  {"load_text", "", 0},
                                                  {"LoadFile", "", 0}});
constexpr auto kRustOpens = std::to_array<OpenCall>({{"open", "File", 0},
                                                     {"read_to_string", "fs", 0},
                                                     {"read", "fs", 0},
                                                     {"read_dir", "fs", 0},
                                                     {"new", "ServeDir", 0},
                                                     {"new", "ServeFile", 0},
                                                     {"new", "Files", 1},
                                                     {"open", "NamedFile", 0},
                                                     {"from", "FileServer", 0},
                                                     {"dir", "fs", 0},
                                                     {"new", "StaticDir", 0},
                                                     {"new", "Tera", 0}});

class OpenedFiles {
 public:
  OpenedFiles(base::Files& files, const std::string& root, const SourceProgram& program,
              model::Project& project)
      : files_(files), root_(root), program_(program), project_(project) {}

  void find() {
    const bool rust = program_.language() == SourceLanguage::rust;
    if (rust)
      for (const auto& call : kRustOpens) look_for(call);
    else
      for (const auto& call : kCOpens) look_for(call);
    std::sort(project_.runtime_files.begin(), project_.runtime_files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
  }

 private:
  void look_for(const OpenCall& call) {
    for (const auto& place : program_.uses(call.word)) {
      const auto& tokens = program_.files()[place.file].tokens;
      std::uint32_t open = place.token + 1;
      if (!call.before.empty() &&
          (place.token < 2 || !tokens[place.token - 1].is("::") || !tokens[place.token - 2].is(call.before)))
        continue;
      // `std::ifstream in("x")` has a name in between.
      if (call.before.empty() && open < tokens.size() && tokens[open].is_word()) ++open;
      if (open >= tokens.size() || (!tokens[open].is("(") && !tokens[open].is("{"))) continue;
      const auto arguments = program_.arguments({place.file, open});
      const auto wanted = static_cast<std::size_t>(call.argument);
      if (wanted >= arguments.size()) continue;
      const auto& first = tokens[arguments[wanted].begin];
      if (first.is_text() && !writes(tokens, arguments)) add(std::string(first.text), place);
    }
  }

  // fopen(name, "w") makes the file.
  static bool writes(const std::vector<SourceToken>& tokens, const std::vector<SourceRange>& arguments) {
    if (arguments.size() < 2 || !tokens[arguments[1].begin].is_text()) return false;
    const auto mode = tokens[arguments[1].begin].text;
    return mode.starts_with("w") || mode.starts_with("a");
  }

  void add(std::string text, SourcePlace place) {
    if (text.starts_with(kImageFolder)) text.erase(0, kImageFolder.size());
    if (text.empty() || text.starts_with("/") || text.find("..") != std::string::npos) return;
    std::string opened = join_path("", text);
    const std::size_t star = opened.find('*');
    if (star != std::string::npos)
      opened = opened.substr(0, std::min(opened.rfind('/', star), opened.size()));
    if (opened == "." || opened.find_first_of("*?[$\\`\"") != std::string::npos ||
        base::escape_controls(opened) != opened)
      return;
    const auto kind = files_.kind(root_ + "/" + opened);
    if (kind != base::FileKind::regular && kind != base::FileKind::directory) return;
    const auto& file = program_.files()[place.file];
    if (is_secret_name(opened)) {
      project_.notes.push_back(
          fmt::format("{} looks like a secret and is not copied: mount it from Secret Manager", opened));
      return;
    }
    for (const auto& known : project_.runtime_files)
      if (known.path == opened) return;
    project_.runtime_files.push_back({opened, opened, kind == base::FileKind::directory});
    project_.evidence.push_back(
        {fmt::format("runtime file: {}", opened), file.path, program_.token(place).line});
    for (auto& kept : files_below(files_, root_, opened, 5000))
      if (!is_secret_name(kept)) project_.kept_files.push_back(std::move(kept));
  }

  base::Files& files_;
  const std::string& root_;
  const SourceProgram& program_;
  model::Project& project_;
};

// What is known of how many requests are served at a time.
void find_concurrency(const SourceProgram& program, model::Project& project) {
  static constexpr auto kParallel = std::to_array<std::string_view>(
      {"thread", "jthread", "async", "pthread_create", "epoll_wait", "poll", "select", "fork",
       "epoll_create1", "thrd_create", "spawn", "rayon", "kqueue", "io_uring_queue_init", "ThreadPool"});
  if (project.framework == "cpp-httplib") {
    const bool pool = program.has("new_task_queue");
    project.concurrency = pool ? 0 : 8;
    project.concurrency_reason =
        pool ? "" : "cpp-httplib serves with eight threads, unless new_task_queue says otherwise.";
    return;
  }
  if (project.framework != "sockets" && project.framework != "std::net") return;
  const bool parallel = std::any_of(kParallel.begin(), kParallel.end(),
                                    [&program](std::string_view word) { return program.has(word); });
  if (parallel) return;
  project.concurrency = 1;
  project.concurrency_reason =
      "One at a time: the source has no threads, poll or epoll, so a second request would only wait.";
}

}  // namespace

void set_c_family(const std::vector<std::string>& sources, model::Project& project) {
  static constexpr std::array<std::string_view, 6> kEndings = {".cpp", ".cc", ".cxx", ".c++", ".C", ".cppm"};
  const bool cxx = std::any_of(sources.begin(), sources.end(), [](const std::string& source) {
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&source](std::string_view ending) { return source.ends_with(ending); });
  });
  project.language = cxx ? "c++" : "c";
  for (auto& row : project.evidence)
    if (row.fact.starts_with("language: ")) row.fact = "language: " + project.language;
}

void look_into_source(base::Files& files, const std::string& root, const SourceProgram& program,
                      const std::vector<std::string>& crates, model::Project& project) {
  find_native_port(program, crates, project);
  if (project.kind != model::ServiceKind::service) return;
  find_concurrency(program, project);
  OpenedFiles(files, root, program, project).find();
}

}  // namespace crtune::project
