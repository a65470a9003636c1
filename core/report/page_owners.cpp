#include "core/report/page_owners.hpp"

#include "core/report/page_parts.hpp"

namespace crtune::report {

using model::OwnerKind;

namespace {

std::string_view owner_letter(OwnerKind kind) {
  switch (kind) {
    case OwnerKind::package: return "p";
    case OwnerKind::section: return "s";
    case OwnerKind::remainder: break;
  }
  return "r";
}

}  // namespace

std::size_t PageOwners::module(const std::string& path) {
  return modules_.try_emplace(path, modules_.size()).first->second;
}

void PageOwners::add(OwnerKind kind, const std::string& module_path, std::string_view name,
                     std::span<const std::optional<std::uint64_t>> numbers) {
  std::string row;
  JsonWriter json(row, kRowDepth);
  json.begin_array().text(owner_letter(kind));
  if (module_path.empty()) {
    json.null();
  } else {
    json.number(std::uint64_t{module(module_path)});
  }
  json.text(shown(name, 300));
  for (const auto& number : numbers) json.number_or_null(number);
  json.end_array();
  rows_.push_back(std::move(row));
}

void PageOwners::clear() {
  modules_.clear();
  rows_.clear();
}

std::vector<std::string> PageOwners::modules() const {
  std::vector<std::string> out(modules_.size());
  for (const auto& [path, number] : modules_) out[number] = path;
  return out;
}

void PageOwners::write(JsonWriter& json) const {
  json.key("owners").begin_array();
  for (const auto& row : rows_) json.written(row);
  json.end_array();
}

}  // namespace crtune::report
