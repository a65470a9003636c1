#include "core/base/escape.hpp"
#include "core/base/path.hpp"
#include "core/project/cargo_native.hpp"
#include "core/project/cargo_workspace.hpp"
#include "core/project/native_port.hpp"
#include "core/project/native_programs.hpp"
#include "core/project/native_project.hpp"
#include "core/project/native_source.hpp"
#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace crtune::project {

using base::FileKind;
using base::join_path;
using base::TomlNode;

namespace {

constexpr std::uint64_t kMaxLock = 16U << 20U;
constexpr std::size_t kMaxSources = 4000;
// The first version of the official image on Debian 12, and the first that reads Cargo.lock's version 4.
constexpr unsigned kFirstImage = 71;
constexpr unsigned kFirstLock4 = 78;

struct Candidate {
  const CargoPackage* package = nullptr;
  const CargoProgram* program = nullptr;
};

class CargoProject {
 public:
  CargoProject(base::Files& files, const std::string& root, const CargoWorkspace& workspace)
      : files_(files), root_(root), workspace_(workspace) {}

  std::vector<Candidate> candidates() const {
    std::vector<Candidate> out;
    for (const auto& package : workspace_.packages)
      for (const auto& program : package.programs) out.push_back({&package, &program});
    return out;
  }

  static std::vector<NativeProgram> programs(const std::vector<Candidate>& candidates) {
    std::vector<NativeProgram> out;
    out.reserve(candidates.size());
    for (const auto& candidate : candidates)
      out.push_back(
          {.name = candidate.program->name,
           .file = candidate.program->line > 0 ? candidate.package->manifest : candidate.program->path,
           .line = std::max<std::uint64_t>(candidate.program->line, 1),
           .preferred = candidate.program->is_default,
           .side = is_side(*candidate.package, *candidate.program)});
    return out;
  }

  // Where init is run in an example's own folder, it is what is wanted.
  static bool is_side(const CargoPackage& package, const CargoProgram& program) {
    if (package.folder == "." && program.name == package.name) return false;
    return is_side_path(package.folder) || is_side_name(package.name) || is_side_name(program.name);
  }

  // The packages in the tree that `package` depends on, itself first.
  std::vector<const CargoPackage*> closure(const CargoPackage& package) const {
    std::vector<const CargoPackage*> reached = {&package};
    for (std::size_t at = 0; at < reached.size(); ++at)
      for (const auto& folder : reached[at]->path_folders)
        for (const auto& other : workspace_.packages)
          if (other.folder == folder && std::find(reached.begin(), reached.end(), &other) == reached.end())
            reached.push_back(&other);
    return reached;
  }

  std::vector<std::string> crates(const CargoPackage& package) const {
    std::vector<std::string> out;
    for (const auto* reached : closure(package))
      out.insert(out.end(), reached->crates.begin(), reached->crates.end());
    return out;
  }

  SourceProgram source(const Candidate& candidate) const {
    SourceProgram out(SourceLanguage::rust);
    out.add(files_, root_, candidate.program->path, {});
    for (const auto* package : closure(*candidate.package)) {
      std::vector<std::string> others;
      for (const auto& program : package->programs)
        if (program.path != candidate.program->path) others.push_back(program.path);
      for (const auto& path : files_below(files_, root_, join_path(package->folder, "src"), kMaxSources)) {
        const bool of_another = std::find(others.begin(), others.end(), path) != others.end() ||
                                (path.find("/bin/") != std::string::npos && package != candidate.package);
        if (path.ends_with(".rs") && !of_another) out.add(files_, root_, path, {});
      }
    }
    for (const auto& folder : candidate.package->path_folders)
      if (folder.starts_with(".."))
        for (const auto& path : files_below(files_, root_, join_path(folder, "src"), kMaxSources))
          if (path.ends_with(".rs")) out.add(files_, root_, path, {});
    out.index();
    return out;
  }

 private:
  base::Files& files_;
  const std::string& root_;
  const CargoWorkspace& workspace_;
};

unsigned minor_of(std::string_view version) {
  unsigned minor = 0;
  if (!version.starts_with("1.")) return minor;
  version.remove_prefix(2);
  std::from_chars(version.data(), version.data() + version.size(), minor);
  return minor;
}

bool is_number(std::string_view version) {
  return version.starts_with("1.") && version.size() < 12 &&
         version.find_first_not_of("0123456789.") == std::string_view::npos;
}

struct Toolchain {
  std::string channel;
  std::string file;
  std::uint64_t line = 1;
};

std::optional<Toolchain> read_toolchain(base::Files& files, const base::Documents& documents,
                                        const std::string& root) {
  for (const char* name : {"rust-toolchain.toml", "rust-toolchain"}) {
    if (files.kind(root + "/" + name) != FileKind::regular) continue;
    const auto text = files.read(root + "/" + name, 1U << 16U);
    if (!text) continue;
    if (text->find("[toolchain]") == std::string::npos) {
      const std::size_t end = text->find_first_of(" \t\r\n#");
      return Toolchain{text->substr(0, end), name, 1};
    }
    const auto tree = documents.toml(*text, root + "/" + name);
    const TomlNode* table = tree ? tree->find("toolchain") : nullptr;
    const std::string* channel = table == nullptr ? nullptr : table->text_of("channel");
    if (channel != nullptr) return Toolchain{*channel, name, table->find("channel")->line};
  }
  return std::nullopt;
}

void choose_version(base::Files& files, const base::Documents& documents, const std::string& root,
                    const CargoWorkspace& workspace, const CargoPackage& package, model::Project& project) {
  if (const auto toolchain = read_toolchain(files, documents, root)) {
    project.version = toolchain->channel;
    project.version_source = toolchain->file;
    project.evidence.push_back(
        {fmt::format("version: {}", toolchain->channel), toolchain->file, toolchain->line});
    return;
  }
  const TomlNode* field = package_field(workspace, package, "rust-version");
  if (field == nullptr || field->kind != TomlNode::Kind::text) return;
  const bool own = package.tree.find("package")->text_of("rust-version") != nullptr;
  const std::string file = own ? package.manifest : join_path(workspace.above, "Cargo.toml");
  project.version = field->text;
  project.version_source = "Cargo.toml rust-version";
  project.evidence.push_back({fmt::format("version: rust-version {}", field->text), file, field->line});
}

void choose_image(const model::Project& project, unsigned lock, model::RustProject& rust) {
  const std::string& version = project.version;
  rust.image_version = "1";
  if (version.empty()) {
    rust.image_reason =
        "Cargo.toml names no version: the newest is taken; rust-version or rust-toolchain.toml pins it.";
  } else if (!is_number(version)) {
    rust.image_reason = fmt::format("{} names {}: rustup, which is in the image, fetches it.",
                                    project.version_source, base::one_line(version, 40));
  } else if (minor_of(version) < kFirstImage) {
    rust.image_reason = fmt::format(
        "Rust {} is older than the first image on Debian 12: the newest, which builds it too.", version);
  } else if (lock >= 4 && minor_of(version) < kFirstLock4) {
    rust.image_reason =
        fmt::format("Cargo.lock is of version 4, which Rust {} does not read: the newest.", version);
  } else {
    rust.image_version = version;
    rust.image_reason = fmt::format("The version that {} names.", project.version_source);
  }
}

// Settings of [profile.release] that make the program smaller, unless the project decides them itself.
void set_profile(const CargoWorkspace& workspace, const CargoPackage& package, model::RustProject& rust) {
  const TomlNode& root = workspace.root.members.empty() ? package.tree : workspace.root;
  const TomlNode* profiles = root.find("profile");
  const TomlNode* release = profiles == nullptr ? nullptr : profiles->find("release");
  static constexpr std::array<std::array<std::string_view, 3>, 3> kSettings = {
      {{"strip", "STRIP", "symbols"}, {"lto", "LTO", "fat"}, {"codegen-units", "CODEGEN_UNITS", "1"}}};
  for (const auto& [key, variable, value] : kSettings)
    if (variable == "STRIP" || release == nullptr || release->find(key) == nullptr)
      rust.profile.emplace_back(fmt::format("CARGO_PROFILE_RELEASE_{}", variable), value);
}

void add_local(const CargoWorkspace& workspace, const CargoPackage& package, model::Project& project) {
  std::vector<std::string> folders;
  if (!workspace.above.empty()) folders.push_back(workspace.above);
  for (const auto& folder : package.path_folders)
    if (folder.starts_with("..")) folders.push_back(folder);
  for (const auto& folder : folders) {
    project.local_modules.push_back({folder, folder, false});
    project.evidence.push_back({fmt::format("local: the build also needs {}", folder), package.manifest, 1});
  }
}

// Rocket listens on 127.0.0.1:8000 and reads its own variables.
void apply_rocket(const SourceProgram& source, const std::vector<std::string>& crates,
                  model::Project& project, model::RustProject& rust) {
  const bool used = std::find(crates.begin(), crates.end(), "rocket") != crates.end() &&
                    (source.has("launch") || source.has("build") || source.has("ignite"));
  if (!used || project.port.source == model::PortSource::port_variable) return;
  std::string place = source.files().empty() ? "Cargo.toml" : source.files().front().path;
  std::uint64_t line = 1;
  for (const std::string_view word : {"launch", "build", "ignite"})
    if (const auto& uses = source.uses(word); !uses.empty()) {
      place = source.files()[uses.front().file].path;
      line = source.token(uses.front()).line;
      break;
    }
  project.kind = model::ServiceKind::service;
  project.refusal.clear();
  project.hint.clear();
  project.framework = "rocket";
  project.port = {8000, model::PortSource::variable, "ROCKET_PORT", false, false};
  std::erase_if(project.evidence, [](const model::Evidence& row) { return row.fact.starts_with("port: "); });
  project.evidence.push_back({"port: reads ROCKET_PORT, 8000 when it is unset", place, line});
  rust.run_variables.emplace_back("ROCKET_ADDRESS", "0.0.0.0");
}

}  // namespace

base::Status detect_rust(base::Files& files, const std::string& root, const DetectOptions& options,
                         model::Project& project) {
  if (options.documents == nullptr)
    return base::fail(base::ErrorCode::internal, "detection of Rust needs a reader of TOML");
  const base::Documents& documents = *options.documents;
  CRT_ASSIGN(const CargoWorkspace workspace, read_cargo_workspace(files, documents, root));
  if (!workspace.packages.empty() && workspace.packages.front().folder == ".")
    project.module = workspace.packages.front().name;
  CargoProject cargo(files, root, workspace);
  const auto candidates = cargo.candidates();
  const auto chosen = choose_program(
      CargoProject::programs(candidates), options.main, project.module,
      [&](std::size_t number) {
        return native_serves(cargo.source(candidates[number]), cargo.crates(*candidates[number].package));
      },
      project);
  if (!chosen) return {};
  const CargoPackage& package = *candidates[*chosen].package;
  project.module = package.name;
  model::RustProject rust;
  rust.package = package.name;
  rust.binary = candidates[*chosen].program->name;
  choose_version(files, documents, root, workspace, package, project);
  const std::string lock_path = join_path(workspace.above, "Cargo.lock");
  const auto lock = files.read(root + "/" + lock_path, kMaxLock);
  rust.has_lock = lock.has_value();
  std::vector<std::string> manifests;
  for (const auto* reached : cargo.closure(package))
    if (auto text = files.read(root + "/" + reached->manifest, 1U << 20U))
      manifests.push_back(*std::move(text));
  if (lock)
    find_native_crates(*lock, manifests, project, rust);
  else
    project.notes.push_back("Cargo.lock is missing: commit it, so that every build gets the same crates");
  choose_image(project, lock ? lock_version(*lock) : 0, rust);
  set_profile(workspace, package, rust);
  add_local(workspace, package, project);
  const SourceProgram source = cargo.source(candidates[*chosen]);
  const auto crates = cargo.crates(package);
  look_into_source(files, root, source, crates, project);
  apply_rocket(source, crates, project, rust);
  for (const auto& file : source.files()) project.kept_files.push_back(file.path);
  project.rust = std::move(rust);
  return {};
}

}  // namespace crtune::project
