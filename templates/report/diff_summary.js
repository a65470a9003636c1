// The first screen: did it grow, by how much, why, what must be pushed, which gates failed.

const REASONS_SHOWN = 6;

function drawSummary(report, binaries) {
  const name = (side) => [element("bdi", {}, side.name), side.is_report ? element("span", { class: "faint" }, " (saved report)") : null];
  replace(byId("title"), ...name(report.old), element("span", { class: "arrow" }, " → "), ...name(report.new));
  document.title = `${report.old.name} → ${report.new.name} · difference report`;
  drawVerdict(report.tone, verdictText(report));
  drawDiffTiles(report);
  drawReasons(report, binaries);
  replace(byId("gates"), element("h2", {}, "Gates"), gateTable(report.gates, report.gates_left_out));
  drawNotes(report.notes);
}

// What a failed gate hides in the verdict is said after it.
function verdictText(report) {
  const failed = [...new Set(report.gates.filter((gate) => !gate.passed).map((gate) => gate.name))];
  const verdict = report.verdict.charAt(0).toUpperCase() + report.verdict.slice(1);
  if (failed.length === 0) return verdict;
  const size = report.growth === 0 ? "the same size" : `${formatBytes(Math.abs(report.growth))} ${report.growth > 0 ? "larger" : "smaller"}`;
  return `${verdict}: ${failed.join(", ")} · ${size}`;
}

function drawDiffTiles(report) {
  const { push } = report;
  const change = (before, after) => `${formatBytes(before)} → ${formatBytes(after)}`;
  const growth = tile("Growth, uncompressed", signedBytes(report.growth), signedExactBytes(report.growth) + growthShare(report.growth, report.old.uncompressed));
  growth.className = `main ${report.growth > 0 ? "grown" : report.growth < 0 ? "shrunk" : ""}`;
  const tiles = [growth, tile(report.is_executable ? "Size" : "Size, uncompressed", formatBytes(report.new.uncompressed),
    `was ${formatBytes(report.old.uncompressed)}`)];
  if (!report.is_executable) {
    tiles.push(tile(push.is_bound ? "To push, at most" : "To push", push.is_known ? formatBytes(push.bytes) : "unknown",
      push.is_bound ? "compressed on the way" : counted(push.layers, "layer", "layers")));
    tiles.push(tile("To import, unpacked", push.is_known ? formatBytes(push.import_bytes) : "unknown",
      `${counted(push.shared, "layer", "layers")} shared`));
    if (report.old.reclaimable + report.new.reclaimable > 0)
      tiles.push(tile("Waste", signedBytes(report.new.reclaimable - report.old.reclaimable), change(report.old.reclaimable, report.new.reclaimable)));
    if (report.old.compressed !== null && report.new.compressed !== null)
      tiles.push(tile("Stored, compressed", signedBytes(report.new.compressed - report.old.compressed), change(report.old.compressed, report.new.compressed)));
  }
  tiles.push(tile("New findings", formatCount(report.new_findings.length + report.new_findings_left_out),
    `${formatCount(report.fixed_findings.length + report.fixed_findings_left_out)} fixed`));
  replace(byId("tiles"), tiles);
}

function countsText(counts) {
  return ["added", "removed", "changed"].filter((word) => counts[word] > 0).map((word) => `${formatCount(counts[word])} ${word}`)
    .concat(counts.unknown > 0 ? [`${formatCount(counts.unknown)} of unknown content`] : []).join(", ");
}

function reason(label, bytes, detail, largest) {
  const strip = element("span", { class: bytes < 0 ? "shrunk" : "" });
  strip.style.width = `${largest > 0 ? (100 * Math.abs(bytes)) / largest : 0}%`;
  return element("li", {}, label, element("span", { class: "number" }, signedBytes(bytes)), detail ? element("span", { class: "kind" }, detail) : null,
    element("span", { class: "strip", "aria-hidden": "true" }, strip));
}

function reasonList(rows) {
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(row.bytes)), 0);
  return element("ul", { class: "reasons" }, rows.map((row) => reason(row.label, row.bytes, row.detail, largest)));
}

function drawReasons(report, binaries) {
  const path = (text) => element("bdi", { class: "path" }, text);
  const rows = report.parts.slice(0, REASONS_SHOWN).map((part) => ({ label: path(part.path + (part.is_folder && part.path !== "/" ? "/" : "")), bytes: part.bytes,
    detail: part.is_folder ? countsText(part) : "" }));
  const more = report.parts.length - rows.length + report.parts_left_out;
  const waste = report.growth - report.live;
  if (!report.is_executable && waste !== 0) rows.push({ label: "what the final file system does not show", bytes: waste, detail: "waste: overwritten, deleted or repeated" });
  if (report.elsewhere !== 0) rows.push({ label: "what is in no file", bytes: report.elsewhere });
  const parts = [element("h2", {}, "Why")];
  if (rows.length > 0) parts.push(reasonList(rows));
  else if (!report.is_executable) parts.push(element("p", { class: "faint" }, report.empty ? "Nothing differs." : "No file’s size differs."));
  if (more > 0) parts.push(element("p", { class: "folded" }, `${counted(more, "smaller part", "smaller parts")} more: the map shows them.`));
  replace(byId("why"), parts, binaries ? binaryReasons(binaries) : null);
}

// The modules and sections that changed most in the executable that did.
function binaryReasons(tree) {
  const [binary] = tree.children(0);
  if (binary === undefined) return null;
  const rows = tree.children(binary).slice(0, REASONS_SHOWN).map((row) => ({ label: element("bdi", { class: "path" }, tree.label(row)), bytes: tree.sum(row),
    detail: versionsText(tree.details[row].module) }));
  return [element("h3", {}, "In ", element("bdi", { class: "path" }, tree.label(binary)), element("span", { class: "number" }, ` ${tree.amount(binary)}`)), reasonList(rows)];
}

// "v1.2.0 → v1.3.0", where they differ.
function versionsText(module) {
  return !module || module[1] === module[2] ? "" : `${module[1] || "none"} → ${module[2] || "none"}`;
}
