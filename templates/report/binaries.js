// What the binaries of an image are made of.

const BINARY_COLOURS = [
  { name: "the program’s own packages", style: "--map-own", pattern: "rising" },
  { name: "dependencies", style: "--map-dependency", pattern: "none" },
  { name: "standard library", style: "--map-standard", pattern: "dots" },
  { name: "sections", style: "--map-section", pattern: "level" },
  { name: "rest", style: "--map-rest", pattern: "crossed" },
];

function ownerColour(binary, kind, module) {
  if (kind === "s") return 3;
  if (kind !== "p") return 4;
  if (module === null) return 0;
  const path = binary.modules[module][0];
  return path === "std" ? 2 : path === binary.main ? 0 : 1;
}

function analysedBinaries(binaries) {
  return binaryTree(binaries, (rows) => new Tree(rows, BINARY_COLOURS.length), {
    path: (binary) => binary.path,
    leaf: (binary, [kind, module, , bytes]) => ({ bytes, colour: ownerColour(binary, kind, module) }),
    folded: (binary) => (binary.folded > 0 ? [{ label: counted(binary.folded, "smaller part", "smaller parts"), bytes: binary.folded_bytes,
      colour: 4, entries: binary.folded }] : []),
  });
}

function tellBinary(report, tree, row) {
  const details = tree.details[row];
  const bytes = tree.total[row];
  const about = [exactBytes(bytes), `${formatShare(bytes, tree.total[0])} of all binaries`];
  if (tree.kind[row] !== "i" && tree.parent[row] > 0) about.push(`${formatShare(bytes, tree.total[tree.parent[row]])} of ${tree.label(tree.parent[row])}`);
  const { binary } = details;
  const facts = binary ? [`${binary.type}, ${binary.machine}, ${binary.linkage}`, binary.go || binary.language,
    binary.strippable > 0 ? `${formatBytes(binary.strippable)} that -s -w would remove` : binary.stripped ? "stripped" : "",
    binary.packed ? "packed by UPX" : "", binary.pruning_off ? "unused methods are kept (reflection)" : "", `layer ${binary.layer}`, ...binary.notes]
    : [details.module ? details.module[1] : ""];
  return [element("bdi", { class: "path" }, tree.label(row)), element("span", {}, about.join(" · ")),
    element("div", { class: "faint" }, facts.filter((fact) => fact).join(" · "))];
}

function drawBinaries(report) {
  const tree = analysedBinaries(report.binaries);
  const holder = byId("binary-explorer");
  const explorer = new Explorer(holder, tree, {
    colours: BINARY_COLOURS, order: [0, 1, 2, 3, 4], label: "Map of the binaries’ bytes", noun: "the binaries", column: "Kind",
    title: (row) => tree.label(row),
    describe: (row) => element("span", { class: "faint" }, tree.kind[row] === "B" ? tree.details[row].binary.language || tree.details[row].binary.type
      : BINARY_COLOURS[tree.mainColour(row)].name),
    tell: (row) => tellBinary(report, tree, row),
  });
  if (report.binaries_left_out > 0)
    holder.append(element("p", { class: "folded" }, `${counted(report.binaries_left_out, "smaller binary", "smaller binaries")} of ` +
      `${formatBytes(report.binaries_left_out_bytes)} in all did not fit on this page.`));
  if (report.binaries.length === 1) explorer.enter(1, -1);
  return explorer;
}
