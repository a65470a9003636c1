// Puts the report together from the data that stands in the page.

const KIND_NAMES = { f: "file", l: "symbolic link", h: "hard link", c: "character device", b: "block device", p: "pipe",
  w: "removal (whiteout)", o: "removal of all below (opaque folder)", r: "smaller entries", d: "folder" };

function start() {
  const report = JSON.parse(byId("data").textContent);
  iecUnits = report.iec;
  followTheme();
  drawOverview(report);
  const files = report.tree ? drawFiles(report) : null;
  const showFile = (layer, path) => files && show(files, fileRow(files.tree, layer, path));
  drawWaste(report, showFile);
  drawLayers(report, (index) => files && show(files, index + 1));
  drawFindings(report);
  const binaries = report.binaries.length > 0 ? drawBinaries(report) : null;
  if (!binaries) byId("binaries").remove();
  drawDuplicates(report);
  new Search(searchSources(report, files, binaries));
  drawSections();
}

// Light or dark as the reader's system has it, until the button says otherwise; paper is light.
function followTheme() {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = byId("theme");
  let chosen = null;
  const apply = (theme) => {
    root.dataset.theme = theme;
    const next = theme === "dark" ? "Light" : "Dark";
    button.textContent = next;
    button.setAttribute("aria-label", `${next} colours`);
    repaintAll();
  };
  const current = () => chosen || (system.matches ? "dark" : "light");
  system.addEventListener("change", () => apply(current()));
  button.addEventListener("click", () => {
    chosen = current() === "dark" ? "light" : "dark";
    apply(chosen);
  });
  addEventListener("beforeprint", () => apply("light"));
  addEventListener("afterprint", () => apply(current()));
  apply(current());
}

function drawSections() {
  replace(byId("sections"), [...document.querySelectorAll("main > section > h2")].map((title) =>
    element("li", {}, element("a", { href: `#${title.parentElement.id}` }, title.parentElement.dataset.short))));
}

function show(explorer, row) {
  if (row < 0) return;
  explorer.choose(row);
  explorer.frame.scrollIntoView({ block: "center" });
  explorer.frame.focus({ preventScroll: true });
}

// The row of a path in a layer; of what was folded the folder that holds it.
function fileRow(tree, layer, path) {
  let at = layer + 1;
  for (const part of path.split("/").filter((name) => name !== "")) {
    let next = -1;
    for (let i = tree.first[at]; i < tree.first[at] + tree.count[at] && next < 0; ++i)
      if (tree.kind[i] !== "r" && tree.label(i) === part) next = i;
    if (next < 0) break;
    at = next;
  }
  return at;
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

// The choice of a layer, which follows where the map goes.
function layerChoice(report) {
  return (enter) => {
    const options = report.layers.map((layer, index) => element("option", { value: index + 1 },
      `${index}: ${formatBytes(layer.bytes)} ${layer.base ? "(base) " : ""}${layer.instruction.slice(0, 60)}`));
    const select = element("select", {}, element("option", { value: 0 }, "All layers"), options);
    select.addEventListener("change", () => enter(Number(select.value)));
    const label = element("label", {}, element("span", { class: "hidden" }, "Layer"), select);
    label.follow = (row) => { select.value = String(row < 0 ? 0 : label.tree ? label.tree.layer[row] + 1 : 0); };
    return label;
  };
}

function drawFiles(report) {
  const tree = decodeFileTree(report.tree, report.layers, report.names[0] || report.source);
  let lead = "Image, layer, folder, file: every byte of every layer once, uncompressed.";
  if (report.tree.folded_entries > 0)
    lead += ` The largest ${formatCount(tree.rows)} rows are shown by name; ${counted(report.tree.folded_entries, "smaller entry", "smaller entries")}` +
      ` (${formatBytes(report.tree.folded_bytes)}) are summed up in their folders, so that all sums are exact.`;
  byId("map-lead").textContent = lead;
  const explorer = new Explorer(byId("file-explorer"), tree, {
    colours: FILE_COLOURS, order: [0, BASE_COLOUR, 1, 2, 3, 4], label: "Map of the image’s bytes", noun: "the image", column: "State",
    jump: (enter) => {
      const choice = layerChoice(report)(enter);
      choice.tree = tree;
      return choice;
    },
    title: (row) => (tree.kind[row] === "L" || tree.kind[row] === "i" ? tree.label(row) : filePath(tree, row)),
    describe: (row) => describeFile(tree, row),
    tell: (row) => tellFile(report, tree, row),
  });
  return explorer;
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
    : [details.detail];
  return [element("bdi", { class: "path" }, tree.label(row)), element("span", {}, about.join(" · ")),
    element("div", { class: "faint" }, facts.filter((fact) => fact).join(" · "))];
}

function drawBinaries(report) {
  const tree = binaryTree(report.binaries);
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

function searchSources(report, files, binaries) {
  const sources = [];
  if (files) {
    const { tree } = files;
    sources.push({ count: tree.rows, text: (i) => (tree.kind[i] === "r" ? "" : filePath(tree, i)), size: (i) => tree.allBytes(i),
      label: (i) => filePath(tree, i), open: (i) => show(files, i),
      detail: (i) => `${KIND_NAMES[tree.kind[i]]} in layer ${tree.layer[i]}${tree.kind[i] === "f" ? ", " + STATE_NAMES[tree.colour[i] % 5] : ""}` });
  }
  if (binaries) {
    const { tree } = binaries;
    sources.push({ count: tree.rows, text: (i) => (i === 0 ? "" : tree.label(i)), size: (i) => tree.allBytes(i), label: (i) => tree.label(i),
      open: (i) => show(binaries, i), detail: (i) => `in ${tree.label(Math.max(tree.parent[i], 0))}` });
  }
  sources.push({ count: report.findings.length, isText: true, size: () => Number.MAX_VALUE,
    text: (i) => `${report.findings[i].rule} ${report.findings[i].message} ${report.findings[i].path}`,
    label: (i) => report.findings[i].message, detail: (i) => `finding ${report.findings[i].rule}`,
    open: (i) => openFinding(i) });
  return sources;
}

function openFinding(index) {
  for (let card = byId(`finding-${index}`); ; card = byId(`finding-${index}`)) {
    const more = byId("finding-rows").querySelector(".more");
    if (card || !more) {
      if (card) card.scrollIntoView({ block: "center" });
      if (card) card.focus();
      return;
    }
    more.click();
  }
}

start();
