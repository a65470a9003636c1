// What changed in executables: a map of modules and packages, versions, and facts such as build settings.

const BINARY_CARDS = 40;
const MODULE_ROWS = 200;

function growthBinaries(binaries) {
  return binaryTree(binaries, (rows) => new GrowthTree(rows), {
    path: (binary) => (binary.new || binary.old).path,
    leaf: (binary, [, , , before, after]) => ({ bytes: Math.abs((after || 0) - (before || 0)), colour: growthColour(before, after), before, after }),
    folded: (binary) => [[GROWN, binary.folded_grown], [SHRUNK, binary.folded_shrunk]].filter(([, bytes]) => bytes > 0).map(([colour, bytes]) =>
      ({ label: `smaller parts that ${colour === GROWN ? "grew" : "shrank"}`, bytes, colour, before: 0, after: 0 })),
  });
}

function sizesText(before, after) {
  if (before === null) return `new, ${formatBytes(after)}`;
  return after === null ? `gone, was ${formatBytes(before)}` : `${formatBytes(before)} → ${formatBytes(after)}`;
}

function binarySizes({ old, new: now }) {
  return sizesText(old ? old.size : null, now ? now.size : null);
}

function tellBinaryGrowth(tree, row) {
  const details = tree.details[row];
  const about = [tree.exact(row)];
  if (details.binary) about.push(binarySizes(details.binary), details.binary.old && details.binary.new && details.binary.old.path !== details.binary.new.path
    ? `was ${details.binary.old.path}` : "");
  if (details.module) about.push(versionsText(details.module));
  if (details.bytes !== undefined && (details.before || details.after)) about.push(sizesText(details.before, details.after));
  const way = tree.way(row).slice(1, -1).map((at) => tree.label(at)).join(" › ");
  return [element("bdi", { class: "path" }, tree.label(row)), element("span", {}, about.filter((part) => part).join(" · ")),
    way ? element("div", { class: "faint" }, way) : null];
}

function describeBinaryGrowth(tree, row) {
  const details = tree.details[row];
  if (details.binary) return element("span", { class: "faint" }, binarySizes(details.binary));
  if (details.bytes === undefined) return element("span", { class: "faint" }, versionsText(details.module) || counted(tree.entries[row], "part", "parts"));
  const mark = swatch(GROWTH_COLOURS[tree.colour[row]]);
  return element("span", { class: "state" }, mark, GROWTH_COLOURS[tree.colour[row]].name);
}

function versionTable(binary) {
  const rows = binary.modules.filter(([, before, after]) => before !== after);
  if (rows.length === 0) return null;
  return [element("div", { class: "scroll" }, element("table", {}, element("caption", {}, "Modules of other versions"),
    element("thead", {}, element("tr", {}, ["Module", "Old", "New"].map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, rows.slice(0, MODULE_ROWS).map(([path, before, after]) => element("tr", {}, element("th", { scope: "row" }, element("bdi", { class: "path" }, path)),
      element("td", {}, before || element("span", { class: "faint" }, "none")), element("td", {}, after || element("span", { class: "faint" }, "none"))))))),
  rows.length > MODULE_ROWS ? element("p", { class: "folded" }, `${formatCount(rows.length - MODULE_ROWS)} more are in the JSON report.`) : null];
}

function factTable(binary) {
  if (binary.facts.length === 0) return null;
  const value = (text) => (text === null ? element("span", { class: "faint" }, "none") : element("code", { class: "value" }, text));
  return element("div", { class: "scroll" }, element("table", {}, element("caption", {}, "Facts that differ"),
    element("thead", {}, element("tr", {}, ["Fact", "Old", "New"].map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, binary.facts.map(([name, before, after]) => element("tr", {}, element("th", { scope: "row" }, name),
      element("td", {}, value(before)), element("td", {}, value(after)))))));
}

function drawBinaryGrowth(report, tree) {
  const holder = byId("binary-explorer");
  const explorer = new Explorer(holder, tree, {
    colours: GROWTH_COLOURS, order: GROWTH_ORDER, label: "Map of what grew and shrank in the binaries", noun: "the binaries", column: "What changed",
    amount: "Growth", area: "Area is the change in bytes.",
    title: (row) => tree.label(row),
    describe: (row) => describeBinaryGrowth(tree, row),
    tell: (row) => tellBinaryGrowth(tree, row),
  });
  const told = report.binaries.filter((binary) => binary.facts.length > 0 || binary.modules.some(([, before, after]) => before !== after)).filter((binary) => binary.old && binary.new);
  replace(byId("binary-rows"), element("div", { class: "stack" }, told.slice(0, BINARY_CARDS).map((binary) => element("div", { class: "panel" },
    element("h3", {}, element("bdi", { class: "path" }, binary.new.path)), factTable(binary), versionTable(binary)))));
  const left = report.binaries_left_out + Math.max(told.length - BINARY_CARDS, 0);
  if (left > 0) byId("binary-rows").append(element("p", { class: "folded" }, `${counted(left, "more binary differs", "more binaries differ")}: the JSON report has them.`));
  if (report.binaries.length === 1) explorer.enter(1, -1);
  return explorer;
}
