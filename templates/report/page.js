// What the pages of all reports do: colours, sections, ways from a list to a map, layers to choose from.

const KIND_NAMES = { f: "file", l: "symbolic link", h: "hard link", c: "character device", b: "block device", p: "pipe",
  w: "removal (whiteout)", o: "removal of all below (opaque folder)", r: "smaller entries", d: "folder", D: "folder" };

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

// The choice of a layer by one of `names`, which follows where the map goes.
function layerChoice(tree, names) {
  return (enter) => {
    const options = names.map((name, index) => element("option", { value: index + 1 }, name));
    const select = element("select", {}, element("option", { value: 0 }, "All layers"), options);
    select.addEventListener("change", () => enter(Number(select.value)));
    const label = element("label", {}, element("span", { class: "hidden" }, "Layer"), select);
    label.follow = (row) => { select.value = String(row < 0 ? 0 : tree.layer[row] + 1); };
    return label;
  };
}

// What of a tree was too much for the page.
function foldedNote(columns, rows) {
  if (columns.folded_entries === 0) return "";
  return ` The largest ${formatCount(rows)} rows are shown by name; ${counted(columns.folded_entries, "smaller entry", "smaller entries")}` +
    ` (${formatBytes(columns.folded_bytes)}) are summed up in their folders, so that all sums are exact.`;
}

// What the search finds in maps. detail(row) says what it is.
function fileSource(explorer, detail) {
  const { tree } = explorer;
  return { count: tree.rows, text: (i) => (tree.kind[i] === "r" ? "" : filePath(tree, i)), size: (i) => tree.allBytes(i),
    amount: (i) => tree.allAmount(i), label: (i) => filePath(tree, i), open: (i) => show(explorer, i), detail };
}

function binarySource(explorer) {
  const { tree } = explorer;
  return { count: tree.rows, text: (i) => (i === 0 ? "" : tree.label(i)), size: (i) => tree.allBytes(i), amount: (i) => tree.allAmount(i),
    label: (i) => tree.label(i), open: (i) => show(explorer, i), detail: (i) => `in ${tree.label(Math.max(tree.parent[i], 0))}` };
}
