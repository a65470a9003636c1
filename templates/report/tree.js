// A tree as columns: the children of row i are rows first[i] to first[i] + count[i] - 1.

class Tree {
  constructor(rows, colours) {
    this.rows = rows;
    this.parent = new Int32Array(rows).fill(-1);
    this.first = new Int32Array(rows);
    this.count = new Int32Array(rows);
    this.kind = "";
    this.colour = new Uint8Array(rows);  // of a row without children: which of `colours`
    this.sums = Array.from({ length: colours }, () => new Float64Array(rows));  // bytes by colour
    this.total = new Float64Array(rows);  // bytes of the colours that are shown
    this.entries = new Float64Array(rows);
    this.shown = new Array(colours).fill(true);
    this.labels = [];
  }

  // Adds up, from the last row to the first: children stand after their parents.
  settle(bytes) {
    for (let i = 0; i < this.rows; ++i) if (this.count[i] === 0) this.sums[this.colour[i]][i] = bytes[i];
    for (let i = this.rows - 1; i > 0; --i) {
      const up = this.parent[i];
      this.entries[up] += this.entries[i];
      for (const sum of this.sums) sum[up] += sum[i];
    }
    this.show(this.shown);
  }

  show(shown) {
    this.shown = shown;
    this.total.fill(0);
    this.sums.forEach((sum, colour) => {
      if (shown[colour]) for (let i = 0; i < this.rows; ++i) this.total[i] += sum[i];
    });
  }

  allBytes(row) {
    return this.sums.reduce((all, sum) => all + sum[row], 0);
  }

  // The rows below one that have bytes to show, the largest first.
  children(row) {
    const list = [];
    for (let i = this.first[row]; i < this.first[row] + this.count[row]; ++i) if (this.total[i] > 0) list.push(i);
    return list.sort((a, b) => this.total[b] - this.total[a] || a - b);
  }

  // What a row's shown bytes are called, shortly and to the byte, and as a number.
  amount(row) {
    return formatBytes(this.total[row]);
  }

  exact(row) {
    return exactBytes(this.total[row]);
  }

  sum(row) {
    return this.total[row];
  }

  // The same of all its bytes.
  allAmount(row) {
    return formatBytes(this.allBytes(row));
  }

  allExact(row) {
    return exactBytes(this.allBytes(row));
  }

  label(row) {
    return this.labels[row];
  }

  // What a map writes over a row's box.
  mapLabel(row) {
    return (this.captions && this.captions[row]) || this.labels[row];
  }

  // The folder that is all that a folder shows, or -1.
  onlyFolder(row) {
    let only = -1;
    for (let i = this.first[row]; i < this.first[row] + this.count[row]; ++i) {
      if (this.total[i] === 0) continue;
      if (only >= 0 || this.kind[i] !== "d") return -1;
      only = i;
    }
    return only;
  }

  // The row's ancestors from the root, and itself.
  way(row) {
    const way = [];
    for (; row >= 0; row = this.parent[row]) way.push(row);
    return way.reverse();
  }

  // The colour with the most bytes among those shown.
  mainColour(row) {
    if (this.count[row] === 0) return this.colour[row];
    let best = 0;
    this.sums.forEach((sum, colour) => {
      if (this.shown[colour] && (!this.shown[best] || sum[row] > this.sums[best][row])) best = colour;
    });
    return best;
  }
}

const numbers = (text) => (text === "" ? [] : text.split(","));

// options: rootName, layerNames, captions of layers, colourOf(state, layer)
function decodeTree(columns, tree, options) {
  const rows = columns.kinds.length;
  const names = columns.names.split("/");
  const nameOf = numbers(columns.name_of);
  const sizes = numbers(columns.sizes);
  const children = numbers(columns.children);
  const folded = numbers(columns.folded);
  const bytes = new Float64Array(rows);
  tree.kind = columns.kinds;
  tree.layer = new Int32Array(rows).fill(-1);
  let next = 1, fresh = 0, size = 0, atSize = 0, atChildren = 0, atFolded = 0;
  for (let i = 0; i < rows; ++i) {
    const kind = columns.kinds[i];
    const up = tree.parent[i];
    tree.layer[i] = kind === "L" ? i - 1 : up > 0 ? tree.layer[up] : -1;
    const name = nameOf[i] === "" ? names[fresh++] : nameOf[i] === "-" ? "" : names[nameOf[i]];
    if (kind === "i" || kind === "L" || kind === "d") {
      tree.first[i] = next;
      tree.count[i] = Number(children[atChildren++]);
      for (let child = next; child < next + tree.count[i]; ++child) tree.parent[child] = i;
      next += tree.count[i];
      tree.labels.push(kind === "i" ? options.rootName : kind === "L" ? options.layerNames[i - 1] : name);
      continue;
    }
    size += Number(sizes[atSize++]);
    bytes[i] = size;
    tree.colour[i] = options.colourOf(Number(columns.states[i]), tree.layer[i]);
    tree.entries[i] = kind === "r" ? Number(folded[atFolded++]) : 1;
    tree.labels.push(kind === "r" ? counted(tree.entries[i], "smaller entry", "smaller entries") : name);
  }
  tree.captions = [options.rootName, ...options.captions];
  tree.settle(bytes);
  return tree;
}

// The path in the image; of a layer or the image nothing.
function filePath(tree, row) {
  const parts = tree.way(row).filter((at) => tree.kind[at] !== "i" && tree.kind[at] !== "L").map((at) => tree.label(at));
  return parts.length === 0 ? "" : "/" + parts.join("/");
}
