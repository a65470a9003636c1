#include "core/check/context_secrets.hpp"

#include "core/base/path.hpp"
#include "core/secret/scan.hpp"

namespace crtune::check {
namespace {

constexpr std::uint64_t kMaxSecretFile = 1U << 20U;

}  // namespace

void find_secrets(base::Files& files, BuildContext& context,
                  const std::function<bool(std::string_view path)>& may_hold) {
  std::size_t read = 0;
  for (const auto& file : context.files) {
    if (file.hidden || file.folder || !may_hold(file.path)) continue;
    if (++read > kMaxSecretFiles) return;
    const std::string path = base::join_path(context.folder, file.path);
    if (files.kind(path) != base::FileKind::regular) continue;
    const auto text = files.read(path, kMaxSecretFile);
    if (!text) continue;
    const auto hits = secret::scan_file(file.path, *text, {});
    if (hits.empty()) continue;
    context.secrets.push_back({file.path, hits.front().what, hits.front().rule, hits.front().line});
  }
}

}  // namespace crtune::check
