// Executables as a tree of files, modules and packages.

// Binaries, their modules, their packages, level by level.
// options: path(binary), leaf(binary, row of its owners): {bytes, colour, …}, folded(binary): a list of the same
function binaryTree(binaries, tree, options) {
  const levels = [[{ label: "All binaries" }], [], [], []];
  for (const binary of binaries) {
    const top = levels[1].push({ up: 0, label: options.path(binary), binary }) - 1;
    const groups = new Map();
    const group = (label, module) => {
      if (!groups.has(label)) groups.set(label, levels[2].push({ up: top, label, module }) - 1);
      return groups.get(label);
    };
    for (const owner of binary.owners) {
      const [kind, module, name] = owner;
      const known = module === null ? null : binary.modules[module];
      const label = known ? known[0] : kind === "p" ? "packages of no module" : kind === "s" ? "sections" : "rest of the file";
      levels[3].push({ up: group(label, known), label: name, ...options.leaf(binary, owner) });
    }
    for (const part of options.folded(binary)) levels[3].push({ up: group("smaller parts", null), ...part });
  }
  return treeOfLevels(levels, tree);
}

function treeOfLevels(levels, makeTree) {
  // Breadth first, children of one parent together.
  for (const level of levels.slice(2)) level.sort((a, b) => a.up - b.up);
  renumber(levels);
  const rows = levels.flat();
  const tree = makeTree(rows.length);
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
