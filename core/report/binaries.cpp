#include "core/report/binaries.hpp"

#include "core/base/escape.hpp"
#include "core/report/analysis_words.hpp"
#include "core/report/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace crtune::report {

using base::one_line;
using model::Binary;
using model::BinaryRow;
using model::OwnerKind;

namespace {

constexpr std::size_t kListed = 5;  // executables of an image on the first screen

class BinariesText {
 public:
  BinariesText(const model::Image& image, const model::Analysis& analysis, const TextOptions& options)
      : image_(image), analysis_(analysis), options_(options), style_(options.colour) {}

  std::string image_section() {
    const auto& rows = analysis_.binaries;
    if (rows.empty()) return {};
    out_ += "\n" +
            style_.bold(fmt::format("{} looked into", counted(rows.size(), "executable", "executables"))) +
            style_.faint(analysis_.scope.deep ? "" : " (the entrypoint and your layers; --deep takes all)") +
            "\n";
    for (std::size_t i = 0; i < std::min(kListed, rows.size()); ++i) {
      out_ +=
          fmt::format("{:>11}  {}  {}\n", bytes(rows[i].size), one_line(image_.paths.text(rows[i].path), 60),
                      style_.faint(one_line(binary_words(rows[i].binary), 100)));
      if (i == 0) parts(rows[i], std::min<std::size_t>(options_.top, 6));
    }
    if (rows.size() > kListed) out_ += style_.faint(fmt::format("  … and {} more\n", rows.size() - kListed));
    return std::move(out_);
  }

  std::string whole_report() {
    const BinaryRow& row = analysis_.binaries.front();
    const Binary& binary = row.binary;
    out_ += style_.bold(one_line(image_.source, options_.columns)) + "\n";
    line("size", fmt::format("{} ({} bytes)", bytes(row.size), row.size));
    line("kind", fmt::format("{} for {}, {}", binary.type, binary.machine, binary_words(binary)));
    if (!binary.interpreter.empty()) line("loader", binary.interpreter);
    if (!binary.needed.empty()) line("needs", joined(binary.needed));
    if (!binary.build_id.empty()) line("build ID", binary.build_id);
    if (binary.go) go_lines(*binary.go);
    out_ += "\n" + style_.bold(binary.go ? "Bytes by module" : "Bytes by section") + "\n";
    parts(row, options_.top);
    if (binary.go) packages(row);
    for (const auto& note : binary.notes)
      out_ += fmt::format("{} {}\n", style_.faint("note:"), base::escape_controls(note));
    return std::move(out_);
  }

 private:
  std::string bytes(std::uint64_t count) const { return base::format_bytes(count, options_.units); }
  void line(std::string_view label, std::string_view text) {
    out_ += fmt::format("{}  {}\n", style_.faint(fmt::format("{:<11}", label)),
                        one_line(text, std::max<std::size_t>(options_.columns, 40) - 13));
  }
  static std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
  }

  void go_lines(const model::GoInfo& go) {
    if (!go.main_module.empty()) line("module", fmt::format("{} {}", go.main_module, go.main_version));
    std::string settings;
    for (const auto& [name, value] : go.settings)
      if (name != "-ldflags" && !name.starts_with("vcs")) settings += fmt::format("{}={} ", name, value);
    if (!settings.empty()) line("built with", settings);
    line("modules", counted(go.modules.size(), "dependency", "dependencies"));
  }

  void parts(const BinaryRow& row, std::size_t most) {
    const auto all = binary_parts(row.binary);
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i >= most) {
        rest += all[i].bytes;
        continue;
      }
      const bool is_most = 2 * all[i].largest_bytes > all[i].bytes;
      const std::string largest = all[i].largest.empty()
                                      ? ""
                                      : fmt::format("  {} {}", is_most ? "most of it" : "the largest part",
                                                    one_line(all[i].largest, 60));
      part_line(all[i].bytes, row.size, all[i].name, largest);
    }
    if (all.size() > most) part_line(rest, row.size, fmt::format("{} more", all.size() - most), "");
  }

  void part_line(std::uint64_t part, std::uint64_t whole, std::string_view name, std::string_view more) {
    out_ += fmt::format("{:>20}  {:>5.1f} %  {}{}\n", bytes(part), percent_of(part, whole),
                        one_line(name, 70), style_.faint(more));
  }

  void packages(const BinaryRow& row) {
    out_ += "\n" + style_.bold("Largest packages") + "\n";
    std::vector<const model::ByteOwner*> owners;
    for (const auto& owner : row.binary.owners)
      if (owner.kind == OwnerKind::package) owners.push_back(&owner);
    for (std::size_t i = 0; i < std::min(options_.top, owners.size()); ++i)
      part_line(owners[i]->bytes, row.size, owners[i]->name, "");
  }

  const model::Image& image_;
  const model::Analysis& analysis_;
  const TextOptions& options_;
  Style style_;
  std::string out_;
};

}  // namespace

std::string binary_words(const Binary& binary) {
  std::string out = std::string(model::linkage_word(binary.linkage));
  if (binary.go && !binary.go->version.empty()) {
    out += ", " + binary.go->version;
  } else if (!binary.language.empty()) {
    out += ", " + binary.language;
  }
  if (binary.packed_by_upx) return out + ", packed by UPX";
  return out + (binary.stripped ? ", stripped" : ", not stripped");
}

std::vector<BinaryPart> binary_parts(const Binary& binary) {
  std::vector<BinaryPart> parts;
  std::unordered_map<std::string, std::size_t> numbers;
  std::vector<std::size_t> packages;
  for (const auto& owner : binary.owners) {
    // The owners come largest first, so a module's first package is its largest.
    const bool in_module = owner.kind == OwnerKind::package && !owner.module.empty();
    const std::string name =
        in_module ? (owner.module == "std" ? "the standard library" : owner.module) : owner.name;
    const auto [at, is_new] = numbers.try_emplace(fmt::format("{}{}", in_module, name), parts.size());
    if (is_new) {
      parts.push_back({name, 0, in_module ? owner.name : std::string(), owner.bytes});
      packages.push_back(0);
    }
    parts[at->second].bytes += owner.bytes;
    ++packages[at->second];
  }
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (packages[i] < 2 || parts[i].largest == parts[i].name) parts[i].largest.clear();
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
  return parts;
}

std::string binaries_text(const model::Image& image, const model::Analysis& analysis,
                          const TextOptions& options) {
  return BinariesText(image, analysis, options).image_section();
}

std::string executable_text(const model::Image& image, const model::Analysis& analysis,
                            const TextOptions& options) {
  return BinariesText(image, analysis, options).whole_report();
}

}  // namespace crtune::report
