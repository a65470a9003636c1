// The layers in the order in which they were laid, with what of each is of use.

function drawLayers(report, open) {
  const largest = report.layers.reduce((most, layer) => Math.max(most, layer.bytes), 1);
  const causes = wasteByCause(report);
  const rows = report.layers.map((layer, index) => layerRow(layer, index, causes[index], largest, open));
  const heads = [["Layer"], ["Size, uncompressed", "right"], ["", "bar-cell"], ["Reclaimable", "right"], ["Stored", "right"], ["Instruction", "what"]];
  replace(byId("layer-rows"), element("div", { class: "panel scroll" }, element("table", { class: "layer-table", role: "table" },
    element("caption", {}, "From the base up. Hatched is waste, by cause."),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads.map(([text, place]) => element("th", { scope: "col", role: "columnheader", class: place }, text ||
      element("span", { class: "hidden" }, "Bar"))))),
    element("tbody", { role: "rowgroup" }, rows))));
}

// Bytes of each layer's waste by cause. Causes that the page has no room for count as the first.
function wasteByCause(report) {
  const sums = report.layers.map((layer) => [0, layer.reclaimable, 0, 0, 0]);
  for (const group of report.waste) {
    sums[group.layer][1] -= group.bytes;
    sums[group.layer][group.cause] += group.bytes;
  }
  return sums;
}

function layerRow(layer, index, causes, largest, open) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const parts = [{ colour: FILE_COLOURS[layer.base ? BASE_COLOUR : 0], bytes: layer.bytes - layer.reclaimable },
    ...causes.map((bytes, cause) => ({ colour: FILE_COLOURS[cause], bytes }))];
  const paint = () => paintBar(canvas, parts, largest);
  repaints.add(paint);
  new ResizeObserver(paint).observe(canvas);
  const stored = layer.compression === "none" ? formatBytes(layer.stored) : `${formatBytes(layer.stored)} ${layer.compression}`;
  const details = `${exactBytes(layer.bytes)} in ${counted(layer.entries, "entry", "entries")}, ${exactBytes(layer.framing)} of framing, ${layer.diff_id}`;
  // Roles stay where a narrow page lays the rows out anew.
  return element("tr", { role: "row", title: details },
    element("th", { scope: "row", role: "rowheader" }, element("button", { type: "button", class: "link", "aria-label": `Layer ${index}, show it in the map`,
      onclick: () => open(index) }, String(index)),
      layer.base ? element("span", { class: "badge plain" }, "base") : null),
    element("td", { role: "cell", class: "right number" }, formatBytes(layer.bytes)),
    element("td", { role: "cell", class: "bar-cell" }, canvas),
    element("td", { role: "cell", class: "right number", "data-label": "reclaimable" }, layer.reclaimable > 0 ? formatBytes(layer.reclaimable) : "–"),
    element("td", { role: "cell", class: "right number faint", "data-label": "stored" }, stored),
    element("td", { role: "cell", class: "what" }, layer.instruction ? element("code", { title: layer.instruction }, layer.instruction) : element("span", { class: "faint" }, "not recorded")));
}

function layerName(report, index) {
  const instruction = report.layers[index] ? report.layers[index].instruction : "";
  return [`layer ${index}: `, instruction ? element("code", {}, instruction) : "not recorded"];
}
