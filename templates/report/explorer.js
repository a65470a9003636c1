// A map with its breadcrumb, legend, details and table, all of one tree.

class Explorer {
  // options: colours, their order in the legend, label, title(row), column, describe(row), tell(row), noun; amount and
  // area, what sizes are called where they are not sizes
  constructor(holder, tree, options) {
    this.tree = tree;
    this.options = options;
    this.root = 0;
    this.crumbs = element("ol", { class: "crumbs" });
    this.told = element("div", { class: "told", id: `${holder.id}-told` });
    this.sum = element("p", { class: "sum" });
    this.contentsHolder = element("div", { class: "contents panel" });
    const frame = element("div", { class: "map", tabindex: "0", role: "application", "aria-roledescription": "treemap",
      "aria-label": `${options.label}. Arrow keys move, Enter goes in, Escape goes out. The table after it says the same.`,
      "aria-describedby": this.told.id });
    const keys = element("p", { class: "map-keys" }, "Click or ", element("kbd", {}, "Enter"), " goes in, ", element("kbd", {}, "Esc"),
      " goes out, ", element("kbd", {}, "←↑↓→"), ` move. ${options.area || "Area is bytes."}`);
    const filters = this.filters();
    const left = element("div", {}, element("div", { class: "place" }, element("nav", { "aria-label": `Place in ${options.noun}` }, this.crumbs),
      this.jump), filters,
      frame, keys, this.sum);
    replace(holder, element("div", { class: "explorer" }, left, element("div", { class: "beside" }, this.told, this.contentsHolder)));
    const enter = (row, chosen) => this.enter(row, chosen);
    this.map = new Treemap(frame, tree, { colours: options.colours, onEnter: enter, onLeave: () => this.leave(),
      onLook: (row, byKey) => this.tell(row, byKey) });
    this.contents = new Contents(this.contentsHolder, tree, { title: options.title, column: options.column, amount: options.amount,
      describe: options.describe, onEnter: (row) => this.enter(row, -1, true), onLook: (row) => this.pick(row) });
    this.frame = frame;
    repaints.add(() => this.contents.draw());
    this.enter(0, -1);
  }

  // Checkboxes that are the legend too: only colours that occur.
  filters() {
    const boxes = this.options.order.map((index) => {
      const colour = this.options.colours[index];
      const bytes = this.tree.sums[index][0];
      if (bytes === 0) return null;
      const box = element("input", { type: "checkbox", checked: true, "data-colour": index });
      box.addEventListener("change", () => this.filter());
      const mark = swatch(colour);
      repaints.add(mark.repaint);
      return element("li", {}, element("label", {}, box, mark, colour.name, element("span", { class: "faint number" }, (colour.sign || "") + formatBytes(bytes))));
    });
    this.boxes = element("ul", { class: "keys", "aria-label": "What the map shows" }, boxes);
    const extra = this.options.jump ? this.options.jump((row) => this.enter(row, -1)) : null;
    this.jump = extra;
    return element("div", { class: "filters" }, this.boxes);
  }

  filter() {
    const shown = this.options.colours.map(() => true);
    for (const box of this.boxes.querySelectorAll("input")) shown[box.dataset.colour] = box.checked;
    this.tree.show(shown);
    this.enter(this.root, this.map.focus);
    announce(`${this.tree.amount(this.root)} shown`);
  }

  enter(row, chosen = -1, fromTable = false) {
    this.root = row;
    this.map.show(row, chosen);
    this.contents.show(row, chosen);
    this.drawCrumbs();
    this.drawSum();
    this.tell(chosen >= 0 ? chosen : row, false);
    if (this.jump) this.jump.follow(row);
    if (fromTable) {
      const next = this.contentsHolder.querySelector("tbody button");
      (next || this.frame).focus();
      announce(`In ${this.options.title(row)}`);
    }
    if (document.activeElement === this.frame && chosen < 0) {
      const tops = this.map.tops();
      if (tops.length > 0) this.map.setFocus(tops[0].row);
    }
  }

  leave() {
    const from = this.root;
    if (this.tree.parent[from] < 0) return;
    let up = this.tree.parent[from];
    // Folders with one folder in them are one box, so the way out is one step too.
    while (this.tree.parent[up] >= 0 && this.tree.children(up).length === 1) up = this.tree.parent[up];
    this.enter(up, -1);
    const box = this.map.tops().find((top) => this.tree.way(top.row).includes(from));
    if (box) this.map.setFocus(box.row);
  }

  // One row within its folder, from a search or the table.
  choose(row) {
    const folder = this.tree.count[row] > 0 ? row : this.tree.parent[row];
    this.enter(folder, folder === row ? -1 : row);
  }

  // The same from the table, where the keyboard stays.
  pick(row) {
    this.choose(row);
    const chosen = this.contentsHolder.querySelector(".chosen button");
    if (chosen) chosen.focus();
    announce(this.told.textContent);
  }

  drawCrumbs() {
    const way = this.tree.way(this.root);
    replace(this.crumbs, way.map((row, i) => {
      const label = element("bdi", { class: this.tree.kind[row] === "d" ? "path" : "name" }, this.tree.label(row));
      if (i === way.length - 1) return element("li", { "aria-current": "location" }, label);
      return element("li", {}, element("button", { type: "button", class: "link", onclick: () => this.goUp(row) }, label));
    }));
  }

  // By the breadcrumb, whose button is gone then.
  goUp(row) {
    this.enter(row, -1);
    this.frame.focus();
  }

  drawSum() {
    const { tree, root } = this;
    replace(this.sum, "Sum of the map: ", element("span", { class: "number", "data-sum": tree.sum(root) }, tree.exact(root)),
      tree.total[root] === tree.allBytes(root) ? "" : ` of ${tree.allExact(root)}; the rest is filtered out`, ".");
  }

  tell(row, byKey) {
    if (row < 0) row = this.root;
    replace(this.told, this.options.tell(row));
    if (byKey) announce(this.told.textContent);
  }
}
