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

// Colours of the files' tree: the five states, and live bytes of base layers apart.
const FILE_COLOURS = [
  { name: "live", style: "--map-live", pattern: "none" },
  { name: "overwritten", style: "--map-overwritten", pattern: "rising" },
  { name: "metadata only", style: "--map-metadata", pattern: "dots" },
  { name: "deleted", style: "--map-deleted", pattern: "crossed" },
  { name: "repeated", style: "--map-repeated", pattern: "level" },
  { name: "live, in the base image", style: "--map-base", pattern: "none" },
];
const BASE_COLOUR = 5;

const numbers = (text) => (text === "" ? [] : text.split(","));

function decodeFileTree(columns, layers, imageName) {
  const rows = columns.kinds.length;
  const tree = new Tree(rows, FILE_COLOURS.length);
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
      tree.labels.push(kind === "i" ? imageName : kind === "L" ? `Layer ${i - 1}` : name);
      continue;
    }
    size += Number(sizes[atSize++]);
    bytes[i] = size;
    const state = Number(columns.states[i]);
    tree.colour[i] = state === 0 && layers[tree.layer[i]].base ? BASE_COLOUR : state;
    tree.entries[i] = kind === "r" ? Number(folded[atFolded++]) : 1;
    tree.labels.push(kind === "r" ? counted(tree.entries[i], "smaller entry", "smaller entries") : name);
  }
  tree.captions = layers.map((layer, index) => `Layer ${index}${layer.instruction ? `  ${layer.instruction}` : ""}`);
  tree.captions.unshift(imageName);
  tree.settle(bytes);
  return tree;
}

// The path in the image; of a layer or the image nothing.
function filePath(tree, row) {
  const parts = tree.way(row).filter((at) => tree.kind[at] !== "i" && tree.kind[at] !== "L").map((at) => tree.label(at));
  return parts.length === 0 ? "" : "/" + parts.join("/");
}

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

// Binaries, their modules, their packages, level by level.
function binaryTree(binaries) {
  const levels = [[{ label: "All binaries" }], [], [], []];
  for (const binary of binaries) {
    const top = levels[1].push({ up: 0, label: binary.path, binary }) - 1;
    const groups = new Map();
    const group = (label, detail) => {
      if (!groups.has(label)) groups.set(label, levels[2].push({ up: top, label, detail }) - 1);
      return groups.get(label);
    };
    for (const [kind, module, name, bytes] of binary.owners) {
      const known = module === null ? null : binary.modules[module];
      const label = known ? known[0] : kind === "p" ? "packages of no module" : kind === "s" ? "sections" : "rest of the file";
      levels[3].push({ up: group(label, known ? known[1] : ""), label: name, bytes, colour: ownerColour(binary, kind, module) });
    }
    if (binary.folded > 0) {
      const label = counted(binary.folded, "smaller part", "smaller parts");
      levels[3].push({ up: group("smaller parts", ""), label, bytes: binary.folded_bytes, colour: 4, entries: binary.folded });
    }
  }
  // Breadth first, children of one parent together.
  for (const level of levels.slice(2)) level.sort((a, b) => a.up - b.up);
  renumber(levels);
  const rows = levels.flat();
  const tree = new Tree(rows.length, BINARY_COLOURS.length);
  tree.captions = [];
  const bytes = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    tree.labels.push(row.label);
    tree.captions.push(withoutModule(row.label, levels[2], row));
    if (row.parent !== undefined) {
      tree.parent[i] = row.parent;
      if (tree.count[row.parent]++ === 0) tree.first[row.parent] = i;
    }
    bytes[i] = row.bytes || 0;
    tree.colour[i] = row.colour === undefined ? 4 : row.colour;
    tree.entries[i] = row.bytes === undefined ? 0 : row.entries || 1;
  });
  tree.kind = levels.map((level, depth) => "iBmp"[depth].repeat(level.length)).join("");
  tree.details = rows;
  tree.settle(bytes);
  return tree;
}

// A package below its module's line needs only the rest of its path.
function withoutModule(label, modules, row) {
  const module = row.bytes === undefined || row.up === undefined ? "" : modules[row.up].label;
  return module !== "" && label.startsWith(`${module}/`) ? label.slice(module.length + 1) : label;
}

// From numbers within a level to rows of the whole: modules keep the order in which they were made.
function renumber(levels) {
  let start = 0;
  for (let depth = 1; depth < levels.length; ++depth) {
    for (const row of levels[depth]) row.parent = start + row.up;
    start += levels[depth - 1].length;
  }
}
