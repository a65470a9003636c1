// Puts the report together from the data that stands in the page.

function start() {
  const report = JSON.parse(byId("data").textContent);
  iecUnits = report.iec;
  followTheme();
  drawOverview(report);
  const files = report.tree ? drawFiles(report) : null;
  const showFile = (layer, path) => files && show(files, fileRow(files.tree, layer, path));
  drawWaste(report, showFile);
  drawLayers(report, (index) => files && show(files, index + 1));
  const findings = byId("finding-rows");
  if (report.findings.length > 0) drawFindings(findings, report.findings, { name: "finding", rules: report.rules, leftOut: report.findings_left_out });
  else byId("findings").remove();
  const binaries = report.binaries.length > 0 ? drawBinaries(report) : null;
  if (!binaries) byId("binaries").remove();
  drawDuplicates(report);
  new Search([
    files && fileSource(files, (i) => `${KIND_NAMES[files.tree.kind[i]]} in layer ${files.tree.layer[i]}` +
      (files.tree.kind[i] === "f" ? `, ${STATE_NAMES[files.tree.colour[i] % 5]}` : "")),
    binaries && binarySource(binaries), findingSource(report.findings, findings, "finding", "finding")]);
  drawSections();
}

function stateBadge(tree, row) {
  const colour = tree.mainColour(row);
  const mark = swatch(FILE_COLOURS[colour]);
  return element("span", { class: "state" }, mark, colour === BASE_COLOUR ? "live" : FILE_COLOURS[colour].name);
}

function wasteOf(tree, row) {
  return [1, 2, 3, 4].reduce((sum, state) => sum + tree.sums[state][row], 0);
}

function describeFile(tree, row) {
  if (tree.count[row] === 0 && tree.kind[row] !== "d" && tree.kind[row] !== "L")
    return tree.kind[row] === "f" || tree.kind[row] === "r" ? stateBadge(tree, row) : element("span", { class: "faint" }, KIND_NAMES[tree.kind[row]]);
  const waste = wasteOf(tree, row);
  return element("span", { class: "faint number" }, waste > 0 ? `${formatShare(waste, tree.allBytes(row))} waste` : "no waste");
}

function tellFile(report, tree, row) {
  const layer = tree.layer[row];
  const bytes = tree.total[row];
  const about = [exactBytes(bytes), `${formatShare(bytes, report.uncompressed)} of the image`];
  if (tree.parent[row] > 0) about.push(`${formatShare(bytes, tree.total[tree.parent[row]])} of its folder`);
  if (tree.count[row] > 0) {
    about.push(counted(tree.entries[row], "file, link or removal", "files, links and removals"));
    const waste = wasteOf(tree, row);
    if (waste > 0) about.push(`${formatBytes(waste)} of waste`);
  } else if (tree.kind[row] === "f" || tree.kind[row] === "r") {
    const state = tree.colour[row] === BASE_COLOUR ? 0 : tree.colour[row];
    about.push(`${STATE_NAMES[state]}: ${STATE_MEANINGS[state]}`);
  } else {
    about.push(KIND_NAMES[tree.kind[row]] || "");
  }
  const path = filePath(tree, row) || tree.label(row);
  return [element("bdi", { class: "path" }, path), element("span", {}, about.filter((part) => part).join(" · ")),
    layer >= 0 ? element("div", { class: "faint" }, ...layerName(report, layer)) : null];
}

function drawFiles(report) {
  const tree = decodeFileTree(report.tree, report.layers, report.names[0] || report.source);
  byId("map-lead").textContent = "Image, layer, folder, file: every byte of every layer once, uncompressed." + foldedNote(report.tree, tree.rows);
  const layers = report.layers.map((layer, index) => `${index}: ${formatBytes(layer.bytes)} ${layer.base ? "(base) " : ""}${layer.instruction.slice(0, 60)}`);
  const explorer = new Explorer(byId("file-explorer"), tree, {
    colours: FILE_COLOURS, order: [0, BASE_COLOUR, 1, 2, 3, 4], label: "Map of the image’s bytes", noun: "the image", column: "State",
    jump: layerChoice(tree, layers),
    title: (row) => (tree.kind[row] === "L" || tree.kind[row] === "i" ? tree.label(row) : filePath(tree, row)),
    describe: (row) => describeFile(tree, row),
    tell: (row) => tellFile(report, tree, row),
  });
  return explorer;
}

start();
