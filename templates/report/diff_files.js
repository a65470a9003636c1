// Every file that differs, in a map and in a list.

const FILE_ROWS = 25;
const FILE_SIGNS = { added: "+", removed: "−", changed: "~", unknown: "?" };

function tellGrowth(report, tree, row) {
  const layer = tree.layer[row];
  const about = [tree.exact(row)];
  if (tree.count[row] > 0) about.push(counted(tree.entries[row], "file differs", "files differ"));
  else if (tree.kind[row] === "r") about.push("summed up here");
  else about.push(fileChange(tree, row));
  const instruction = layer < 0 ? "" : report.layers[layer].instruction;
  return [element("bdi", { class: "path" }, filePath(tree, row) || tree.label(row)), element("span", {}, about.filter((part) => part).join(" · ")),
    layer < 0 ? null : element("div", { class: "faint" }, `${tree.label(layer + 1)}: `, instruction ? element("code", {}, instruction) : "not recorded")];
}

function describeGrowth(tree, row) {
  if (tree.kind[row] === "r" || "iLd".includes(tree.kind[row]))
    return element("span", { class: "faint number" }, tree.entries[row] === 0 ? "none differ" : counted(tree.entries[row], "file", "files"));
  const mark = swatch(GROWTH_COLOURS[tree.colour[row]]);
  return element("span", { class: "state" }, mark, tree.colour[row] === SAME_SIZE ? tree.what[row].slice(1) : GROWTH_COLOURS[tree.colour[row]].name);
}

function drawGrowth(report) {
  const tree = growthFiles(report);
  const { counts } = report;
  byId("map-lead").textContent = `Image, layer, folder, file: ${countsText(counts) || "no file differs"}. What the container sees: ` +
    `${signedBytes(report.live)}.` + foldedNote(report.tree, tree.rows);
  const names = report.layers.map((layer, index) => `${tree.label(index + 1)} ${layer.instruction.slice(0, 60)}`);
  return new Explorer(byId("file-explorer"), tree, {
    colours: GROWTH_COLOURS, order: GROWTH_ORDER, label: "Map of what grew and shrank", noun: "the image", column: "What changed", amount: "Growth",
    area: "Area is the change in bytes.", jump: layerChoice(tree, names),
    title: (row) => (tree.kind[row] === "L" || tree.kind[row] === "i" ? tree.label(row) : filePath(tree, row)),
    describe: (row) => describeGrowth(tree, row),
    tell: (row) => tellGrowth(report, tree, row),
  });
}

class FileList {
  constructor(holder, report, explorer) {
    this.holder = holder;
    this.explorer = explorer;
    this.tree = explorer.tree;
    this.report = report;
    this.status = "all";
    this.page = 0;
    const change = (row) => this.tree.sums[this.tree.colour[row]][row];
    this.sorted = this.tree.files.slice().sort((a, b) => change(b) - change(a) || a - b);
    this.choose("all");
  }

  choose(status) {
    this.status = status;
    this.page = 0;
    this.list = status === "all" ? this.sorted : this.sorted.filter((row) => fileStatus(this.tree, row) === status);
    this.draw();
  }

  choices() {
    const { counts } = this.report;
    const all = counts.added + counts.removed + counts.changed + counts.unknown;
    const rows = [["all", all], ...Object.keys(FILE_SIGNS).map((status) => [status, counts[status]])].filter(([, count]) => count > 0);
    return element("div", { class: "choices", role: "group", "aria-label": "Which files are listed" }, rows.map(([status, count]) => element("button",
      { type: "button", "data-status": status, "aria-pressed": String(status === this.status), onclick: () => this.press(status) },
      `${status === "unknown" ? "of unknown content" : status} ${formatCount(count)}`)));
  }

  press(status) {
    this.choose(status);
    this.holder.querySelector(`[data-status="${status}"]`).focus();
    announce(`${counted(this.list.length, "file", "files")} listed`);
  }

  draw() {
    const from = this.page * FILE_ROWS;
    const rows = this.list.slice(from, from + FILE_ROWS);
    const heads = [["File", "path-cell"], ["Growth", "right"], ["What changed"]];
    const { folded_entries: folded } = this.report.tree;
    const changed = Object.entries(this.report.changed_so).filter(([, count]) => count > 0).map(([word, count]) => `${word} ${formatCount(count)}`).join(", ");
    replace(this.holder, changed ? element("p", { class: "lead" }, `Of the changed ones: ${changed}.`) : null, this.choices(),
      element("div", { class: "panel" }, element("table", { class: "file-table", role: "table" },
        element("caption", {}, `The largest change first${folded > 0 ? `; ${counted(folded, "smaller one is", "smaller ones are")} summed up in the map alone` : ""}.`),
        element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads.map(([text, place]) => element("th", { scope: "col", role: "columnheader", class: place }, text)))),
        element("tbody", { role: "rowgroup" }, rows.map((row) => this.row(row)))),
      this.list.length > FILE_ROWS ? pager(this.holder, { page: this.page, rows: FILE_ROWS, all: this.list.length, from, shown: rows.length }, (page) => {
        this.page = page;
        this.draw();
      }) : null));
  }

  row(row) {
    const { tree } = this;
    const status = fileStatus(tree, row);
    return element("tr", { role: "row" },
      element("th", { scope: "row", role: "rowheader", class: "path-cell" }, element("span", { class: "sign", "aria-hidden": "true" }, FILE_SIGNS[status]),
        element("button", { type: "button", class: "link", onclick: () => show(this.explorer, row) }, element("bdi", { class: "path" }, filePath(tree, row) || "/"))),
      element("td", { role: "cell", class: "right number" }, signedBytes(growthOf(tree, row))),
      element("td", { role: "cell" }, fileChange(tree, row)));
  }
}
