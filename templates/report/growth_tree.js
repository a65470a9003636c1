// What differs as a tree whose area is the change in bytes: grown in one hue, shrunk in another.

const ADDED = 0, GROWN = 1, SHRUNK = 2, REMOVED = 3, SAME_SIZE = 4;
const GROWTH_COLOURS = [
  { name: "added", style: "--map-grown", pattern: "rising", sign: "+" },
  { name: "grown", style: "--map-grown", pattern: "none", sign: "+" },
  { name: "shrunk", style: "--map-shrunk", pattern: "level", sign: "−" },
  { name: "removed", style: "--map-shrunk", pattern: "crossed", sign: "−" },
  { name: "same size", style: "--map-same", pattern: "none" },
];
const GROWTH_ORDER = [ADDED, GROWN, SHRUNK, REMOVED];

class GrowthTree extends Tree {
  constructor(rows) {
    super(rows, GROWTH_COLOURS.length);
  }

  // What is shown of growth, and of shrinking.
  ways(row, shown = this.shown) {
    const of = (colour) => (shown[colour] ? this.sums[colour][row] : 0);
    return [of(ADDED) + of(GROWN), of(SHRUNK) + of(REMOVED)];
  }

  sum(row, shown = this.shown) {
    const [up, down] = this.ways(row, shown);
    return up - down;
  }

  amount(row) {
    return signedBytes(this.sum(row));
  }

  exact(row) {
    return this.tellExact(row, this.shown);
  }

  allAmount(row) {
    return signedBytes(this.sum(row, this.shown.map(() => true)));
  }

  allExact(row) {
    return this.tellExact(row, this.shown.map(() => true));
  }

  tellExact(row, shown) {
    const [up, down] = this.ways(row, shown);
    const net = signedExactBytes(up - down);
    return up > 0 && down > 0 ? `${net} (+${formatCount(up)} −${formatCount(down)})` : net;
  }
}

// The state of an owner's or a file's sizes; null is none.
function growthColour(before, after) {
  if (before === null) return ADDED;
  if (after === null) return REMOVED;
  return after > before ? GROWN : after < before ? SHRUNK : SAME_SIZE;
}

const STATUS_NAMES = { old: "removed", new: "new", both: "shared" };

function layerStatus(layer) {
  return layer.old === null ? "new" : layer.new === null ? "old" : "both";
}

// The number that a layer has in its image.
function layerNumber(layer) {
  return layer.new === null ? layer.old : layer.new;
}

function growthFiles(report) {
  const name = (layer) => `Layer ${layerNumber(layer)} (${STATUS_NAMES[layerStatus(layer)]})`;
  const tree = decodeTree(report.tree, new GrowthTree(report.tree.kinds.length), {
    rootName: report.new.name, layerNames: report.layers.map(name),
    captions: report.layers.map((layer) => `${name(layer)}${layer.instruction ? `  ${layer.instruction}` : ""}`),
    colourOf: (state) => state,
  });
  readChanges(tree, report.changes);
  return tree;
}

// Of each changed file what changed and its sizes: they stand in the order of the rows.
function readChanges(tree, { details, what, sizes }) {
  const of = what.split(",");
  const sizeOf = sizes.split(",");
  tree.what = new Array(tree.rows);
  tree.before = new Float64Array(tree.rows);
  tree.after = new Float64Array(tree.rows);
  tree.files = [];
  let at = 0;
  for (let i = 0; i < tree.rows; ++i) {
    if ("iLdr".includes(tree.kind[i])) continue;
    tree.files.push(i);
    const colour = tree.colour[i];
    if (tree.kind[i] === "D" && tree.labels[i] === "") tree.labels[i] = "/";
    if (colour === ADDED || colour === REMOVED) continue;
    tree.what[i] = details[Number(of[at])];
    tree.before[i] = Number(sizeOf[2 * at]);
    tree.after[i] = sizeOf[2 * at + 1] === "" ? tree.before[i] + growthOf(tree, i) : Number(sizeOf[2 * at + 1]);
    ++at;
  }
}

// Of one file, whatever is shown.
function growthOf(tree, row) {
  const bytes = tree.sums[tree.colour[row]][row];
  return tree.colour[row] === SHRUNK || tree.colour[row] === REMOVED ? -bytes : bytes;
}

// "added", "removed", "changed", or "unknown" where contents could not be compared.
function fileStatus(tree, row) {
  if (tree.colour[row] === ADDED) return "added";
  if (tree.colour[row] === REMOVED) return "removed";
  return tree.what[row][0] === "u" ? "unknown" : "changed";
}

function fileChange(tree, row) {
  const kind = tree.kind[row] === "f" ? "" : KIND_NAMES[tree.kind[row]];
  const status = fileStatus(tree, row);
  if (status === "added" || status === "removed") return [status, kind].filter((part) => part).join(", ");
  const sizes = tree.before[row] === tree.after[row] ? "" : `${formatBytes(tree.before[row])} → ${formatBytes(tree.after[row])}`;
  return [kind, tree.what[row].slice(1), sizes].filter((part) => part).join(", ");
}
