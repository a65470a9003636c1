// The head of the report: what was looked at, how large it is, and what is to be said of it.

function drawOverview(report) {
  const name = report.names[0] || report.source;
  byId("title").textContent = name;
  document.title = `${name} · image report`;
  if (name !== report.source) byId("source").textContent = report.source;
  drawVerdict(...verdictOf(report));
  drawTiles(report);
  drawShares(report);
  drawFacts(report);
  drawGates(report);
  drawNotes(report.notes);
}

function verdictOf(report) {
  const failed = report.gates.filter((gate) => !gate.passed).length;
  const open = report.reclaimable - report.ignored;
  const errors = report.findings.filter((finding) => finding.severity === "error" && !finding.accepted).length;
  const saving = `${formatBytes(open)} (${formatShare(open, report.uncompressed)}) can go without losing a file`;
  const more = open > 0 ? ` · ${saving}` : "";
  if (failed > 0) return ["bad", `${counted(failed, "gate", "gates")} failed${more}`];
  if (errors > 0) return ["bad", `${counted(errors, "error was", "errors were")} found${more}`];
  if (report.reclaimable === 0) return ["good", "Nothing is wasted"];
  if (open === 0) return ["good", "All waste is accepted by the policy"];
  return ["warn", saving];
}

function drawTiles(report) {
  const stored = report.layers.reduce((sum, layer) => sum + layer.stored, 0);
  const based = report.layers.filter((layer) => layer.base).length;
  replace(byId("tiles"),
    tile("Content, uncompressed", formatBytes(report.uncompressed), exactBytes(report.uncompressed)),
    report.compressed === null ? tile("Stored layers, not compressed", formatBytes(stored), exactBytes(stored))
      : tile("Stored layers, compressed", formatBytes(report.compressed), exactBytes(report.compressed)),
    tile("Reclaimable", formatBytes(report.reclaimable), `${formatShare(report.reclaimable, report.uncompressed)} of the content`),
    tile("Layers", formatCount(report.layers.length), based > 0 ? `${based} of them of the base image` : "no base image told"),
    tile("Entries", formatCount(report.entries), "files, folders, links, removals"));
}

// One bar of all bytes by what became of them.
function drawShares(report) {
  const base = report.layers.reduce((sum, layer) => sum + (layer.base ? layer.bytes - layer.reclaimable : 0), 0);
  const parts = [
    { colour: FILE_COLOURS[BASE_COLOUR], bytes: base },
    { colour: FILE_COLOURS[0], bytes: report.by_state[0] - base },
    ...[1, 2, 3, 4].map((state) => ({ colour: FILE_COLOURS[state], bytes: report.by_state[state], meaning: STATE_MEANINGS[state] })),
  ].filter((part) => part.bytes > 0);
  if (parts.length === 0) return;
  const canvas = element("canvas", { class: "share-bar", "aria-hidden": "true" });
  const keys = element("ul", { class: "keys", "aria-label": "Bytes by what became of them" }, parts.map((part) => {
    const mark = swatch(part.colour);
    repaints.add(mark.repaint);
    return element("li", { title: part.meaning }, mark, part.colour.name,
      element("span", { class: "faint number" }, `${formatBytes(part.bytes)}, ${formatShare(part.bytes, report.uncompressed)}`));
  }));
  replace(byId("shares"), canvas, keys);
  const paint = () => paintBar(canvas, parts, report.uncompressed);
  repaints.add(paint);
  new ResizeObserver(paint).observe(canvas);
}

function drawFacts(report) {
  const code = (text) => (text ? element("code", {}, text) : "");
  const command = [...report.entrypoint, ...report.command].join(" ");
  const runsAsRoot = report.user === "" || /^(root|0)(:|$)/.test(report.user);
  replace(byId("facts"), element("h2", {}, "Image"), facts([
    ["Platform", report.platform || "unknown"],
    ["Digest", code(report.digest)],
    ["Other tags", report.names.length > 1 ? report.names.slice(1).join(", ") : ""],
    ["Entrypoint", command ? code(command) : "none"],
    ["User", runsAsRoot ? `${report.user || "root (none is set)"}` : report.user],
    ["Folder", code(report.working_dir)],
  ]));
}

function drawGates(report) {
  const { dive } = report;
  const percent = (fraction) => (fraction === null ? "unknown" : `${(100 * fraction).toFixed(2)} %`);
  replace(byId("gates"), element("h2", {}, "Gates"), gateTable(report.gates, report.gates_left_out),
    facts([["As dive counts", `efficiency ${percent(dive.efficiency)}, wasted ${formatBytes(dive.wasted_bytes)}, user wasted ${percent(dive.user_wasted_percent)}`]]));
}
