// The layers in the order in which they were laid, with what of each is of use.

function drawLayers(report, open) {
  const largest = report.layers.reduce((most, layer) => Math.max(most, layer.bytes), 1);
  const rows = report.layers.map((layer, index) => layerRow(layer, index, largest, open));
  const heads = [["Layer"], ["Size, uncompressed", "right"], ["", "bar-cell"], ["Reclaimable", "right"], ["Stored", "right"], ["Instruction", "what"]];
  replace(byId("layer-rows"), element("div", { class: "panel scroll" }, element("table", { class: "layer-table" },
    element("caption", {}, "From the base up. Hatched is what later layers made useless."),
    element("thead", {}, element("tr", {}, heads.map(([text, place]) => element("th", { scope: "col", class: place }, text ||
      element("span", { class: "hidden" }, "Bar"))))),
    element("tbody", {}, rows))));
}

function layerRow(layer, index, largest, open) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const parts = [
    { colour: FILE_COLOURS[layer.base ? BASE_COLOUR : 0], bytes: layer.bytes - layer.reclaimable },
    { colour: FILE_COLOURS[3], bytes: layer.reclaimable },
  ];
  const paint = () => paintBar(canvas, parts, largest);
  repaints.add(paint);
  new ResizeObserver(paint).observe(canvas);
  const stored = layer.compression === "none" ? formatBytes(layer.stored) : `${formatBytes(layer.stored)} ${layer.compression}`;
  const details = `${exactBytes(layer.bytes)} in ${counted(layer.entries, "entry", "entries")}, ${exactBytes(layer.framing)} of framing, ${layer.diff_id}`;
  return element("tr", { title: details },
    element("th", { scope: "row" }, element("button", { type: "button", class: "link", "aria-label": `Layer ${index}, show it in the map`,
      onclick: () => open(index) }, String(index))),
    element("td", { class: "right number" }, formatBytes(layer.bytes)),
    element("td", { class: "bar-cell" }, canvas),
    element("td", { class: "right number" }, layer.reclaimable > 0 ? formatBytes(layer.reclaimable) : "–"),
    element("td", { class: "right number faint" }, stored),
    element("td", { class: "what" }, layer.base ? [element("span", { class: "badge plain" }, "base"), " "] : null,
      layer.instruction ? element("code", { title: layer.instruction }, layer.instruction) : element("span", { class: "faint" }, "not recorded")));
}

function layerName(report, index) {
  const instruction = report.layers[index] ? report.layers[index].instruction : "";
  return [`layer ${index}: `, instruction ? element("code", {}, instruction) : "not recorded"];
}
