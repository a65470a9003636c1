// Each cause of waste with the line that made it and the line that ends it.

function causeText(group) {
  if (group.cause !== 2) return ["", "Overwritten with other content", "", "Deleted by a later layer, still shipped", "Written twice in one layer"][group.cause];
  const changed = CHANGES.filter((_, bit) => group.changes & (1 << bit));
  return changed.length === 0 ? "Shipped again unchanged" : `Shipped again, only ${changed.join(", ")} changed`;
}

function wasteCard(report, group, show) {
  const mark = swatch(FILE_COLOURS[group.cause]);
  repaints.add(mark.repaint);
  const more = group.files > 1 ? ` and ${counted(group.files - 1, "more file", "more files")}` : "";
  const path = element("button", { type: "button", class: "link", onclick: () => show(group.layer, group.largest) },
    element("bdi", { class: "path" }, group.largest));
  return element("article", { class: "card waste-card" },
    element("div", { class: "card-head" }, mark, element("h3", {}, causeText(group)),
      element("span", { class: "bytes" }, formatBytes(group.bytes)),
      element("span", { class: "faint" }, `${formatShare(group.bytes, report.uncompressed)} of the content`),
      group.accepted > 0 ? element("span", { class: "badge plain" }, group.accepted === group.bytes ? "accepted" : `${formatBytes(group.accepted)} accepted`) : null),
    facts([
      ["Path", path, more],
      ["Made by", ...layerName(report, group.layer)],
      ...(group.culprit === group.layer ? [] : [["Wasted by", ...layerName(report, group.culprit)]]),
      ...(group.reason ? [["Accepted because", group.reason]] : []),
    ]), fixLine(group.fix));
}

function drawWaste(report, show) {
  const holder = byId("waste-rows");
  if (report.waste.length === 0 && report.waste_left_out === 0) {
    replace(holder, element("p", {}, "Nothing is wasted: every byte of every layer is there in the final file system."));
    return;
  }
  drawCards(holder, report.waste, (group) => wasteCard(report, group, show), report.waste_left_out > 0 &&
    `${counted(report.waste_left_out, "smaller cause", "smaller causes")} of ${formatBytes(report.waste_left_out_bytes)} in all did not fit on this page; the JSON report has them.`);
}

function drawDuplicates(report) {
  if (report.duplicates.length === 0) return byId("advice").remove();
  const saving = report.duplicates.reduce((sum, each) => sum + each.saving, report.duplicates_left_out_bytes);
  const rows = report.duplicates.slice(0, 50).map((each) => element("tr", {},
    element("td", { class: "right number" }, formatBytes(each.saving)), element("td", { class: "right number" }, String(each.count)),
    element("td", {}, each.paths.map((path) => element("div", {}, element("bdi", { class: "path" }, path))),
      each.count > each.paths.length ? `and ${formatCount(each.count - each.paths.length)} more` : null)));
  const basis = report.duplicates_are_estimated ? " An estimate: large files were compared by 4 probes each; --verify compares all." : "";
  replace(byId("duplicate-rows"), element("p", { class: "lead" },
    `${formatBytes(saving)} stand more than once in the final file system. That is advice, not waste.${basis}`),
  element("div", { class: "panel scroll" }, element("table", {}, element("thead", {}, element("tr", {},
    element("th", { scope: "col", class: "right" }, "Could be saved"), element("th", { scope: "col", class: "right" }, "Copies"),
    element("th", { scope: "col" }, "Paths"))), element("tbody", {}, rows))));
  if (report.duplicates.length > 50 || report.duplicates_left_out > 0)
    byId("duplicate-rows").append(element("p", { class: "folded" }, "Smaller ones are in the JSON report."));
}
