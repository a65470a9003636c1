// The layers of both images: what they share, what is new and must be pushed, what is gone.

const STATUS_TONES = { new: "warn", old: "plain", both: "good" };
const STATUS_SIGNS = { new: "+", old: "−", both: "=" };

function diffLayerRow(layer, index, largest, open) {
  const status = layerStatus(layer);
  const colour = GROWTH_COLOURS[{ new: GROWN, old: REMOVED, both: SAME_SIZE }[status]];
  const canvas = element("canvas", { "aria-hidden": "true" });
  const paint = () => paintBar(canvas, [{ colour, bytes: layer.bytes }], largest);
  repaints.add(paint);
  new ResizeObserver(paint).observe(canvas);
  const number = String(layerNumber(layer));
  const button = open ? element("button", { type: "button", class: "link", "aria-label": `Layer ${number}, ${STATUS_NAMES[status]}, show it in the map`,
    onclick: () => open(index) }, number) : number;
  const push = layer.push ? `${formatBytes(layer.stored)}${layer.compression === "none" ? "" : ` ${layer.compression}`}` : "–";
  return element("tr", { role: "row", title: `${exactBytes(layer.bytes)}, ${layer.diff_id}` },
    element("th", { scope: "row", role: "rowheader" }, button, element("span", { class: `badge ${STATUS_TONES[status]}` }, `${STATUS_SIGNS[status]} ${STATUS_NAMES[status]}`)),
    element("td", { role: "cell", class: "right number" }, formatBytes(layer.bytes)),
    element("td", { role: "cell", class: "bar-cell" }, canvas),
    element("td", { role: "cell", class: "right number", "data-label": "push" }, push),
    element("td", { role: "cell", class: "what" }, layer.instruction ? element("code", { title: layer.instruction }, layer.instruction) : element("span", { class: "faint" }, "not recorded")));
}

function drawDiffLayers(report, open) {
  const { push } = report;
  const largest = report.layers.reduce((most, layer) => Math.max(most, layer.bytes), 1);
  const count = (status) => report.layers.filter((layer) => layerStatus(layer) === status).length;
  const bytes = push.is_bound ? `at most ${formatBytes(push.bytes)}: some layers are not compressed yet` : formatBytes(push.bytes);
  const pushed = !push.is_known ? "What a push moves is not known: diff IDs are missing." : push.layers === 0 ? "Nothing has to be pushed."
    : `${counted(push.layers, "layer has", "layers have")} to be pushed, ${bytes}.`;
  const heads = [["Layer"], ["Size, uncompressed", "right"], ["", "bar-cell"], ["Push", "right"], ["Instruction", "what"]];
  replace(byId("layer-rows"),
    element("p", { class: "lead" }, `${count("both")} shared, ${count("new")} new, ${count("old")} removed. ${pushed}`),
    element("div", { class: "panel scroll" }, element("table", { class: "layer-table", role: "table" },
      element("caption", {}, "From the base up; removed ones where they stood."),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads.map(([text, place]) => element("th", { scope: "col", role: "columnheader", class: place },
        text || element("span", { class: "hidden" }, "Bar"))))),
      element("tbody", { role: "rowgroup" }, report.layers.map((layer, index) => diffLayerRow(layer, index, largest, open))))));
}
