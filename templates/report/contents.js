// What lies in a folder, as a table: the map's other half for readers, keys and exact numbers.

const PAGE_ROWS = 18;

class Contents {
  // options: describe(row) gives the last column; onEnter(row), onLook(row)
  constructor(holder, tree, options) {
    this.holder = holder;
    this.tree = tree;
    this.options = options;
    this.bySize = true;
    this.page = 0;
  }

  show(root, chosen = -1) {
    this.root = root;
    this.chosen = chosen;
    this.list = this.sorted();
    const at = this.list.indexOf(chosen);
    this.page = at < 0 ? 0 : Math.floor(at / PAGE_ROWS);
    this.draw();
  }

  // With files that have no bytes, which no map can show.
  sorted() {
    const { tree, root } = this;
    const list = [];
    for (let i = tree.first[root]; i < tree.first[root] + tree.count[root]; ++i)
      if (tree.total[i] > 0 || tree.allBytes(i) === 0) list.push(i);
    const bySize = (a, b) => tree.total[b] - tree.total[a] || a - b;
    const byName = (a, b) => (tree.label(a) < tree.label(b) ? -1 : tree.label(a) > tree.label(b) ? 1 : a - b);
    return list.sort(this.bySize || root === 0 ? bySize : byName);
  }

  sortButton(text, bySize) {
    const sort = () => {
      this.bySize = bySize;
      this.show(this.root, this.chosen);
      this.holder.querySelector(`[data-sort="${bySize}"]`).focus();
    };
    return element("button", { type: "button", "aria-pressed": String(this.bySize === bySize), "data-sort": String(bySize), onclick: sort }, text);
  }

  draw() {
    const { tree, root } = this;
    const from = this.page * PAGE_ROWS;
    const rows = this.list.slice(from, from + PAGE_ROWS);
    const title = element("h3", {}, element("bdi", { class: "name" }, this.options.title(root)));
    const head = element("tr", {}, element("th", { scope: "col", class: "name-cell" }, "Name"),
      element("th", { scope: "col", class: "right" }, this.options.amount || "Size"), element("th", { scope: "col" }, this.options.column));
    const table = element("table", {},
      element("caption", {}, `${counted(this.list.length, "item", "items")}, ${tree.exact(root)}`),
      element("thead", {}, head), element("tbody", {}, rows.map((row) => this.row(row))));
    const sorts = element("div", { class: "sorts" }, "Sort by", this.sortButton("size", true), this.sortButton("name", false));
    replace(this.holder, title, sorts, element("div", { class: "scroll" }, table), this.pager(from, rows.length));
  }

  row(row) {
    const { tree } = this;
    const label = element("bdi", { class: "path" }, tree.label(row) + (tree.kind[row] === "d" ? "/" : ""));
    const isFolder = tree.count[row] > 0;
    const name = isFolder ? element("button", { type: "button", class: "link", onclick: () => this.options.onEnter(row, -1) }, label)
      : element("button", { type: "button", class: "link", onclick: () => this.options.onLook(row) }, label);
    if (!isFolder) name.style.color = "inherit";
    const meter = element("span", {});
    meter.style.width = `${tree.total[this.root] > 0 ? (100 * tree.total[row]) / tree.total[this.root] : 0}%`;
    return element("tr", { class: row === this.chosen ? "chosen" : "" },
      element("th", { scope: "row", class: "name-cell" }, name, element("span", { class: "meter", "aria-hidden": "true" }, meter)),
      element("td", { class: "right number" }, tree.amount(row)),
      element("td", {}, this.options.describe(row)));
  }

  pager(from, shown) {
    if (this.list.length <= PAGE_ROWS) return null;
    return pager(this.holder, { page: this.page, rows: PAGE_ROWS, all: this.list.length, from, shown }, (page) => {
      this.page = page;
      this.draw();
    });
  }
}

// Buttons to turn the pages of a table in `holder`; turn(page) draws another.
function pager(holder, { page, rows, all, from, shown }, turn) {
  const last = Math.ceil(all / rows) - 1;
  const go = (by, key) => () => {
    const to = Math.min(Math.max(page + by, 0), last);
    turn(to);
    const again = holder.querySelector(`[data-turn="${key}"]`);
    (again.disabled ? holder.querySelector("[data-turn]:not(:disabled)") : again).focus();
    announce(`Page ${to + 1} of ${last + 1}`);
  };
  const button = (text, by, key) => element("button", { type: "button", "data-turn": key, disabled: by < 0 ? page === 0 : page === last,
    onclick: go(by, key) }, text);
  const text = `${formatCount(from + 1)}–${formatCount(from + shown)} of ${formatCount(all)}`;
  return element("div", { class: "pager" }, button("Previous", -1, "back"), element("span", { class: "number" }, text), button("Next", 1, "on"));
}
