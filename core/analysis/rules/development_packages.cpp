#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

namespace {

constexpr Swap kNode[] = {{"npm ci", "npm ci --omit=dev"}, {"npm install", "npm install --omit=dev"},
                          {"npm i", "npm i --omit=dev"},   {"pnpm install", "pnpm install --prod"},
                          {"pnpm i", "pnpm i --prod"},     {"yarn install", "yarn install --production"}};
constexpr Swap kPhp[] = {{"composer install", "composer install --no-dev"}};
constexpr Swap kPython[] = {{"poetry install", "poetry install --only main"},
                            {"uv sync", "uv sync --no-dev"},
                            {"pipenv install --dev", "pipenv install"}};

constexpr ClutterRow kRows[] = {
    {Clutter::node_development,
     "packages for development are",
     {"npm prune --omit=dev", "node_modules, and RUN npm ci --omit=dev in the image", kNode}},
    {Clutter::php_development,
     "packages for development are",
     {"composer install --no-dev", "vendor, and RUN composer install --no-dev in the image", kPhp}},
    {Clutter::python_development,
     "packages for development are",
     {"pip uninstall -y pytest ipython (and the like)", "", kPython}},
};

}  // namespace

void check_development_packages(const Subject& subject, Findings& findings) {
  report_clutter(subject, findings, kRows);
  static constexpr ClutterRow kInstallers = {Clutter::python_installers,
                                             "installers of packages (pip, setuptools, wheel) are",
                                             {"pip uninstall -y pip", ""}};
  for (std::uint32_t layer = 0; layer < subject.analysis.layers.size(); ++layer) {
    if (!subject.is_users(layer)) continue;
    auto* finding = report_total(subject, findings, layer, kInstallers);
    // Some services do import setuptools.
    if (finding != nullptr) finding->severity = model::Severity::info;
  }
}

}  // namespace crtune::analysis::rules
