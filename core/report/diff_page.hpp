// What the page of a difference is given: JSON that may stand inside a <script> element.
#pragma once

#include "core/report/byte_tree.hpp"
#include "core/report/diff.hpp"
#include "core/report/json_writer.hpp"

#include <string>

namespace crtune::report {

// Everything that the page shows, bounded as page_data is. templates/report/*.js reads it; nothing else
// should.
std::string diff_page_data(const Comparison& comparison, const HtmlOptions& options);

// How a row's bytes changed; the state of rows of build_growth_tree.
enum class GrowthState : std::uint8_t { added, grown, shrunk, removed, same_size };

// The files that differ, each in the layer of Difference::layers that holds its newest content; `bytes` is
// the size of the change whichever way it goes, `item` the place in Difference::files.
FileTree build_growth_tree(const Comparison& comparison, const TreeLimits& limits);

// The members "tree" and "changes": of each row that is one changed file, what changed and its sizes.
void write_growth_tree(JsonWriter& json, const Comparison& comparison);

// Executables that differ, with modules and owners that do.
void write_diff_binaries(JsonWriter& json, const Comparison& comparison);

}  // namespace crtune::report
