#include "core/binary/go_division.hpp"

#include "core/binary/go_embedded.hpp"
#include "core/binary/go_functions.hpp"
#include "core/binary/go_layout.hpp"
#include "core/binary/go_owners.hpp"
#include "core/binary/go_symbols.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace crtune::binary {

namespace {

using Home = GoOwners::Home;

constexpr std::size_t kMostPath = 4096;
constexpr std::size_t kMostUnits = 4096;  // whose files are looked at; programs have a few hundred

// What the compiler makes to compare and hash a type.
bool is_of_type(std::string_view name) {
  return name.starts_with("type:") || name.starts_with("type..");
}

class FunctionTableDivider {
 public:
  FunctionTableDivider(const GoFunctionTable& table, GoOwners& owners, ByteMap& map)
      : table_(table), owners_(owners), map_(map) {
    homes_.reserve(table.functions.size());
    is_named_.reserve(table.functions.size());
    for (const auto& function : table.functions) {
      const auto name = table.name(function);
      homes_.push_back(owners.home(name));
      is_named_.push_back(homes_.back() > GoOwners::kForeign && !is_of_type(name));
    }
    if (table.is_split()) bring_home();
  }

  void divide(const GoLayout* layout) {
    if (table_.is_split()) {
      divide_names();
      divide_records();
      divide_pc_data();
      divide_files();
      if (layout != nullptr && layout->func_data) divide_func_data(*layout);
    } else {
      divide_mixed();
    }
    if (layout != nullptr) divide_text(*layout);
  }

 private:
  struct CompileUnit {
    std::uint32_t offset;  // of its first entry in the table of units; or of a name in the table of names
    Home home;

    static bool before(const CompileUnit& a, const CompileUnit& b) { return a.offset < b.offset; }
  };

  OwnerId owner_of(std::size_t function) { return owners_.owner(homes_[function]); }
  void take(std::uint64_t begin, std::uint64_t end, OwnerId owner) {
    map_.take(table_.file_offset + begin, table_.file_offset + end, owner);
  }

  // Assembly and code for types without a name belong to the package in whose compile unit they stand: the
  // first that needed them.
  void bring_home() {
    units_ = compile_units();
    for (std::size_t i = 0; i < homes_.size(); ++i) {
      if (homes_[i] > GoOwners::kForeign) continue;
      const auto& function = table_.functions[i];
      const CompileUnit wanted{table_.compile_unit(function), 0};
      const auto found = std::lower_bound(units_.begin(), units_.end(), wanted, CompileUnit::before);
      if (found == units_.end() || found->offset != wanted.offset) continue;
      homes_[i] = found->home;
      adopted_.push_back({table_.bytes.u32(function.record + table_.entry_size()), found->home});
    }
    std::stable_sort(adopted_.begin(), adopted_.end(), CompileUnit::before);
  }

  // The home of the name at `offset`, or, where the name tells none, of the function that has it.
  Home home_of_name(std::string_view name, std::uint64_t offset) {
    const auto home = owners_.home(name);
    if (home > GoOwners::kForeign) return home;
    const CompileUnit wanted{static_cast<std::uint32_t>(offset), 0};
    const auto found = std::lower_bound(adopted_.begin(), adopted_.end(), wanted, CompileUnit::before);
    return found != adopted_.end() && found->offset == wanted.offset ? found->home : home;
  }

  // A function reaches to the next one: the padding between them is its own.
  void divide_text(const GoLayout& layout) {
    const auto& functions = table_.functions;
    const auto first = functions.front().entry;
    for (std::size_t i = 0; i < functions.size(); ++i) {
      const auto end = i + 1 < functions.size() ? functions[i + 1].entry : table_.end_entry;
      const auto shift = layout.text_file - first;
      map_.take(shift + functions[i].entry, shift + end, owner_of(i), true);
      if (is_named_[i]) map_.add_code(owner_of(i), table_.code_size(functions[i], end - functions[i].entry));
    }
  }

  // Each name to the package that it names: those of inlined functions have no row.
  void divide_names() {
    const auto end = std::min<std::uint64_t>(table_.compile_units, table_.bytes.size());
    std::uint64_t begin = table_.names;
    std::uint64_t at = begin;
    Home current = GoOwners::kForeign;
    while (at < end) {
      const auto name = table_.bytes.string(at, static_cast<std::size_t>(end - at));
      const auto home = name.empty() ? current : home_of_name(name, at - table_.names);
      if (home != current) {
        take(begin, at, owners_.owner(current));
        begin = at;
        current = home;
      }
      at += name.size() + 1;
    }
    take(begin, end, owners_.owner(current));
  }

  void divide_records() {
    const auto& functions = table_.functions;
    for (std::size_t i = 0; i < functions.size(); ++i) {
      const auto owner = owner_of(i);
      take(table_.rows + i * table_.row_size, table_.rows + (i + 1) * table_.row_size, owner);
      take(functions[i].record, i + 1 < functions.size() ? functions[i + 1].record : table_.records_end,
           owner);
    }
  }

  template <typename Visit>
  void each_pc_offset(const GoFunction& function, const Visit& visit) const {
    const auto at = table_.pc_offsets(function);
    for (unsigned i = 0; i < 3; ++i) visit(table_.bytes.u32(at + 4ULL * i));
    const auto more = function.record + table_.fixed_size();
    for (std::uint32_t i = 0; i < table_.pc_data_count(function); ++i)
      visit(table_.bytes.u32(more + 4ULL * i));
  }

  // Tables that several functions share belong to the first of them.
  void divide_pc_data() {
    ItemStarts starts(std::min<std::uint64_t>(table_.rows, table_.bytes.size()) - table_.pc_data);
    for (const auto& function : table_.functions)
      each_pc_offset(function, [&](std::uint64_t offset) { starts.mark(offset); });
    starts.mark(0);
    starts.claim(0);  // 0 stands for none
    for (std::size_t i = 0; i < table_.functions.size(); ++i) {
      const auto owner = owner_of(i);
      each_pc_offset(table_.functions[i], [&](std::uint64_t offset) {
        take(table_.pc_data + offset, table_.pc_data + starts.claim(offset), owner);
      });
    }
  }

  template <typename Visit>
  void each_func_data(const GoFunction& function, const Visit& visit) const {
    const auto at = function.record + table_.fixed_size() + 4ULL * table_.pc_data_count(function);
    for (unsigned i = 0; i < table_.func_data_count(function); ++i) {
      const auto offset = table_.bytes.u32(at + 4ULL * i);
      if (offset != UINT32_MAX) visit(offset);
    }
  }

  void divide_func_data(const GoLayout& layout) {
    const auto table_end = table_.file_offset + table_.bytes.size();
    const bool in_table = *layout.func_data >= table_.file_offset && *layout.func_data < table_end;
    std::uint64_t most = 0;
    for (const auto& function : table_.functions)
      each_func_data(function, [&](std::uint64_t offset) { most = std::max(most, offset + 1); });
    // In .rodata other data follow, so that the end of the last item cannot be told.
    const auto limit = layout.func_data_end ? *layout.func_data_end - *layout.func_data : most;
    if (limit < most) return;
    ItemStarts starts(in_table ? limit : most);
    for (const auto& function : table_.functions)
      each_func_data(function, [&](std::uint64_t offset) { starts.mark(offset); });
    for (std::size_t i = 0; i < table_.functions.size(); ++i) {
      const auto owner = owner_of(i);
      each_func_data(table_.functions[i], [&](std::uint64_t offset) {
        map_.take(*layout.func_data + offset, *layout.func_data + starts.claim(offset), owner);
      });
    }
  }

  // A compile unit is a package, or a file of assembly. Functions that the compiler makes for types and for
  // instantiations stand in a unit that only uses them, so the package of most other functions is the unit's.
  std::vector<CompileUnit> compile_units() {
    std::vector<Vote> votes;
    std::vector<CompileUnit> without_names;
    for (std::size_t i = 0; i < table_.functions.size(); ++i) {
      const auto unit = table_.compile_unit(table_.functions[i]);
      if (unit == UINT32_MAX) continue;
      if (homes_[i] <= GoOwners::kForeign) {
        if (without_names.empty() || without_names.back().offset != unit)
          without_names.push_back({unit, homes_[i]});
        continue;
      }
      const auto name = table_.name(table_.functions[i]);
      if (name.starts_with("type") || name.find('[') != std::string_view::npos) continue;
      if (votes.empty() || votes.back().unit.offset != unit || votes.back().unit.home != homes_[i])
        votes.push_back({{unit, homes_[i]}, 0});
      ++votes.back().count;
    }
    auto units = elect(votes);
    sort_units(without_names);
    name_by_files(units, without_names);
    return units;
  }

  struct Vote {
    CompileUnit unit;
    std::size_t count;
  };

  static std::vector<CompileUnit> elect(std::vector<Vote>& votes) {
    std::sort(votes.begin(), votes.end(), [](const Vote& a, const Vote& b) {
      return a.unit.offset != b.unit.offset ? a.unit.offset < b.unit.offset : a.unit.home < b.unit.home;
    });
    std::vector<CompileUnit> units;
    std::size_t most = 0;
    for (std::size_t i = 0; i < votes.size();) {
      const auto& candidate = votes[i].unit;
      std::size_t count = 0;
      for (; i < votes.size() && votes[i].unit.offset == candidate.offset &&
             votes[i].unit.home == candidate.home;
           ++i)
        count += votes[i].count;
      if (units.empty() || units.back().offset != candidate.offset) {
        units.push_back(candidate);
        most = count;
      } else if (count > most) {
        units.back() = candidate;
        most = count;
      }
    }
    return units;
  }

  static void sort_units(std::vector<CompileUnit>& units) {
    std::stable_sort(units.begin(), units.end(), CompileUnit::before);
    const auto same = [](const CompileUnit& a, const CompileUnit& b) { return a.offset == b.offset; };
    units.erase(std::unique(units.begin(), units.end(), same), units.end());
  }

  // Of the first files of a unit the one with this ending, or nothing.
  std::string_view file_of_unit(std::uint32_t unit, std::string_view directory,
                                std::string_view ending) const {
    constexpr std::uint32_t kMostFiles = 32;
    for (std::uint32_t i = 0; i < kMostFiles; ++i) {
      const auto entry = table_.compile_units + 4 * (std::uint64_t{unit} + i);
      if (entry + 4 > table_.files) break;
      const auto path = table_.bytes.string(table_.files + table_.bytes.u32(entry), kMostPath);
      const auto slash = path.rfind('/');
      if (slash == std::string_view::npos || !path.ends_with(ending)) continue;
      if (path.substr(0, slash).ends_with(directory)) return path;
    }
    return {};
  }

  // A file of assembly whose functions name no package, of the standard library: its folder is the package.
  // Where the standard library stands is told by the files of the package runtime.
  void name_by_files(std::vector<CompileUnit>& units, const std::vector<CompileUnit>& without_names) {
    if (!owners_.has("runtime")) return;
    const auto runtime = owners_.package("runtime");
    std::string_view root_file;
    for (std::size_t i = 0; i < std::min(units.size(), kMostUnits) && root_file.empty(); ++i)
      if (units[i].home == runtime) root_file = file_of_unit(units[i].offset, "runtime", ".go");
    if (root_file.empty()) return;
    const auto root = root_file.substr(0, root_file.rfind("runtime/"));
    std::vector<CompileUnit> named;
    for (std::size_t i = 0; i < std::min(without_names.size(), kMostUnits); ++i) {
      const auto& unit = without_names[i];
      const auto file = file_of_unit(unit.offset, "", ".s");
      if (std::binary_search(units.begin(), units.end(), unit, CompileUnit::before)) continue;
      if (file.size() <= root.size() || !file.starts_with(root)) continue;
      const auto package = file.substr(root.size(), file.rfind('/') - root.size());
      if (owners_.has(package)) named.push_back({unit.offset, owners_.package(package)});
    }
    units.insert(units.end(), named.begin(), named.end());
    sort_units(units);
  }

  // A unit's entries are offsets of file names. A name that several units list belongs to the first.
  void divide_files() {
    const auto count =
        (std::min<std::uint64_t>(table_.files, table_.bytes.size()) - table_.compile_units) / 4;
    const auto file_bytes = std::min<std::uint64_t>(table_.pc_data, table_.bytes.size()) - table_.files;
    const auto name_at = [&](std::uint64_t entry) {
      return table_.bytes.u32(table_.compile_units + 4 * entry);
    };
    ItemStarts starts(file_bytes);
    for (std::uint64_t entry = 0; entry < count; ++entry) starts.mark(name_at(entry));
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const auto owner = owners_.owner(units_[i].home);
      const auto end = std::min<std::uint64_t>(count, i + 1 < units_.size() ? units_[i + 1].offset : count);
      take(table_.compile_units + 4ULL * units_[i].offset, table_.compile_units + 4 * end, owner);
      for (std::uint64_t entry = units_[i].offset; entry < end; ++entry)
        take(table_.files + name_at(entry), table_.files + starts.claim(name_at(entry)), owner);
    }
  }

  // Before Go 1.16 names, pc tables and records stand in one region, each function's behind its record.
  void divide_mixed() {
    ItemStarts starts(table_.bytes.size());
    const auto each = [&](const GoFunction& function, const auto& visit) {
      visit(function.record);
      visit(table_.bytes.u32(function.record + table_.entry_size()));
      each_pc_offset(function, visit);
    };
    for (const auto& function : table_.functions)
      each(function, [&](std::uint64_t offset) { starts.mark(offset); });
    starts.mark(table_.bytes.u32(table_.records));  // the names of files follow all functions
    for (std::size_t i = 0; i < table_.functions.size(); ++i) {
      const auto owner = owner_of(i);
      take(table_.rows + i * table_.row_size, table_.rows + (i + 1) * table_.row_size, owner);
      each(table_.functions[i], [&](std::uint64_t offset) {
        if (offset >= table_.records) take(offset, starts.claim(offset), owner);
      });
    }
  }

  const GoFunctionTable& table_;
  GoOwners& owners_;
  ByteMap& map_;
  std::vector<Home> homes_;
  std::vector<bool> is_named_;  // whether the function's own name starts with its package
  std::vector<CompileUnit> units_;
  std::vector<CompileUnit> adopted_;  // by name: functions whose home their unit told
};

// The linker drops unreachable methods unless a reachable function looks methods up by a name it cannot know;
// then it keeps every exported method (cmd/link/internal/ld/deadcode.go). *reflect.rtype is in every program
// that reflects, and nearly nothing calls these three: all together are there only when all methods stay.
void tell_method_pruning(const GoFunctionTable& table, const GoOwners& owners, model::GoInfo& go) {
  constexpr std::array<std::string_view, 3> kKept = {
      "reflect.(*rtype).MethodByName", "reflect.(*rtype).FieldByNameFunc", "reflect.(*rtype).IsVariadic"};
  std::array<bool, 3> seen = {};
  bool by_templates = false;
  for (const auto& function : table.functions) {
    const auto name = table.name(function);
    if (name.starts_with("reflect.(*rtype)."))
      for (std::size_t i = 0; i < kKept.size(); ++i) seen[i] = seen[i] || name == kKept[i];
    else if (name == "text/template.(*state).evalField")
      by_templates = true;
  }
  go.method_pruning_is_off = std::all_of(seen.begin(), seen.end(), [](bool is) { return is; });
  if (!go.method_pruning_is_off || !by_templates) return;
  if (owners.has("html/template")) go.method_by_name_callers.emplace_back("html/template");
  go.method_by_name_callers.emplace_back("text/template");
}

}  // namespace

bool divide_go(const ElfFile& file, const ByteReader& whole, model::GoInfo& go, ByteMap& map,
               std::vector<std::string>& notes) {
  const auto symbols = read_go_symbols(file, whole);
  GoOwners owners(map, go);
  const ElfPointers pointers(file, whole);
  std::string why;
  auto table = find_go_functions(file, whole, why);
  if (!table) {
    notes.push_back(why.empty() ? "there is no Go function table"
                                : "the Go function table is damaged: " + why);
  } else {
    const auto layout = find_go_layout(file, pointers, *table, symbols.runtime_text);
    if (!layout) notes.emplace_back("where the Go functions lie cannot be told");
    FunctionTableDivider divider(*table, owners, map);
    owners.settle();
    tell_method_pruning(*table, owners, go);
    divider.divide(layout ? &*layout : nullptr);
  }
  for (const auto& symbol : symbols.data)
    map.take(symbol.offset, symbol.offset + symbol.size, owners.owner(owners.package(symbol.package)));
  go.embedded_bytes = divide_embedded({file, whole, pointers, symbols}, owners, map);
  return table.has_value();
}

}  // namespace crtune::binary
