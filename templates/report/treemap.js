// A tree drawn as nested boxes on a canvas: hover, focus, click and keys. It shows what lies below `root`.

const HEADER = 17;     // height of a folder's line, in CSS pixels
const SMALLEST = 7;    // a folder below this size is one box

class Treemap {
  // options: colours; label; onEnter(row), onLeave(), onLook(row, byKey)
  constructor(holder, tree, options) {
    this.tree = tree;
    this.options = options;
    this.root = 0;
    this.focus = -1;
    this.hover = -1;
    this.boxes = [];
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.marks = element("canvas", { "aria-hidden": "true" });
    this.holder = append(holder, [this.canvas, this.marks]);
    this.listen();
    new ResizeObserver(() => this.resize()).observe(holder);
    repaints.add(() => this.draw());
  }

  listen() {
    this.holder.addEventListener("pointermove", (event) => this.look(this.rowAt(event), false));
    this.holder.addEventListener("pointerleave", () => this.look(-1, false));
    this.holder.addEventListener("click", (event) => this.click(this.rowAt(event)));
    this.holder.addEventListener("keydown", (event) => this.key(event));
    this.holder.addEventListener("focus", () => {
      if (this.focus < 0 && this.tops().length > 0) this.setFocus(this.tops()[0].row);
      this.mark();
    });
    this.holder.addEventListener("blur", () => this.mark());
  }

  resize() {
    const { width, height } = this.holder.getBoundingClientRect();
    if (width === this.width && height === this.height) return;
    this.draw();
  }

  show(root, focus = -1) {
    this.root = root;
    this.hover = -1;
    this.focus = focus;
    this.draw();
  }

  draw() {
    const { width, height } = this.holder.getBoundingClientRect();
    if (width === 0) return;
    this.width = width;
    this.height = height;
    this.boxes = [];
    this.ratio = pixelRatio();
    const context = prepareCanvas(this.canvas, width, height);
    this.context = context;
    this.marksContext = prepareCanvas(this.marks, width, height);
    this.paints = paints(context, this.options.colours);
    this.styles = { text: styleColour("--map-text"), head: styleColour("--map-head"), gap: styleColour("--map-gap"), edge: styleColour("--map-edge") };
    this.font = `12px ${styleColour("--sans")}`;
    context.font = this.font;
    context.textBaseline = "middle";
    context.fillStyle = this.styles.gap;
    context.fillRect(0, 0, width, height);
    if (this.tree.count[this.root] === 0) this.place(this.root, 1, 1, width - 2, height - 2, 0);
    else this.inside(this.root, 1, 1, width - 2, height - 2, 0);
    this.mark();
  }

  // The boxes of a row's children.
  inside(row, x, y, width, height, depth) {
    const children = this.tree.children(row);
    if (children.length === 0) return this.empty(x, y, width, height, depth);
    const sizes = children.map((child) => this.tree.total[child]);
    squarify(sizes, x, y, width, height, (i, left, top, across, down) => this.place(children[i], left, top, across, down, depth));
  }

  snap(length) {
    return Math.round(length * this.ratio) / this.ratio;
  }

  empty(x, y, width, height, depth) {
    if (depth > 0) return;
    this.context.fillStyle = this.styles.text;
    this.context.textAlign = "center";
    this.context.fillText("Nothing here has bytes to show", x + width / 2, y + height / 2);
    this.context.textAlign = "start";
  }

  place(row, x, y, width, height, depth) {
    if (width < 0.4 || height < 0.4) return;
    let label = this.tree.mapLabel(row);
    if (this.tree.kind[row] === "d") {
      // A folder with nothing but a folder is one box with it.
      for (let inner = this.tree.onlyFolder(row); inner >= 0; inner = this.tree.onlyFolder(row)) {
        row = inner;
        label += `/${this.tree.label(row)}`;
      }
    }
    this.boxes.push({ row, x, y, width, height, top: depth === 0 });
    const gap = width > 8 && height > 8 ? 1 : width > 3 && height > 3 ? 0.5 : 0;
    // Edges on whole pixels keep boxes and words sharp.
    const [left, top] = [this.snap(x + gap / 2), this.snap(y + gap / 2)];
    width = this.snap(x + width - gap / 2) - left;
    height = this.snap(y + height - gap / 2) - top;
    [x, y] = [left, top];
    if (this.tree.count[row] === 0 || width < SMALLEST || height < SMALLEST) {
      fillBox(this.context, this.paints[this.tree.mainColour(row)], x, y, width, height);
      if (this.tree.count[row] === 0) this.write(row, x, y, width, height);
      return;
    }
    this.context.fillStyle = this.styles.head;
    this.context.fillRect(x, y, width, height);
    if (width > 24 && height > 24) {
      this.context.strokeStyle = this.styles.edge;
      this.context.lineWidth = depth === 0 ? 1.5 : 0.75;
      this.context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    }
    const header = height > 3 * HEADER && width > 56 ? HEADER : 0;
    if (header > 0) {
      this.context.font = depth === 0 ? `600 ${this.font}` : this.font;
      this.line(label, this.tree.amount(row), x + 4, y + 9.5, width - 8);
      this.context.font = this.font;
    }
    const edge = header > 0 ? 2 : width > 20 && height > 20 ? 1 : 0.25;
    this.inside(row, x + edge, y + (header || edge), width - 2 * edge, height - edge - (header || edge), depth + 1);
  }

  // A file's name and, where there is room, its size; over a hatch the words get a ground of their own.
  write(row, x, y, width, height) {
    if (width < 46 || height < 15) return;
    const paint = this.paints[this.tree.mainColour(row)];
    const name = fitText(this.context, this.tree.label(row), width - 8);
    if (name === "") return;
    const size = height > 34 ? fitText(this.context, this.tree.amount(row), width - 8) : "";
    const top = Math.round(y) + 10;
    if (paint.hatch) {
      const across = Math.max(this.context.measureText(name).width, size ? this.context.measureText(size).width : 0) + 6;
      this.context.fillStyle = paint.fill;
      this.context.fillRect(x + 1, y + 1, across + 1, size ? 34 : Math.min(17, height - 2));
    }
    this.context.fillStyle = this.styles.text;
    this.context.fillText(name, x + 4, height < 20 ? Math.round(y + height / 2) : top);
    if (size) this.context.fillText(size, x + 4, top + 15);
  }

  line(label, size, x, y, width) {
    const context = this.context;
    context.fillStyle = this.styles.text;
    const across = context.measureText(size).width;
    const both = width > across + 60;
    context.fillText(fitText(context, label, both ? width - across - 8 : width), x, y);
    if (!both) return;
    context.textAlign = "end";
    context.fillText(size, x + width, y);
    context.textAlign = "start";
  }

  // The frames of what is looked at, over the boxes: moving the mouse draws nothing else.
  mark() {
    const context = this.marksContext;
    if (!context) return;
    context.clearRect(0, 0, this.width, this.height);
    const frame = (row, colour, thickness) => {
      const box = this.boxes.find((each) => each.row === row);
      if (!box) return;
      context.lineWidth = thickness + 2;
      context.strokeStyle = styleColour("--map-gap");
      context.strokeRect(box.x + thickness / 2, box.y + thickness / 2, box.width - thickness, box.height - thickness);
      context.lineWidth = thickness;
      context.strokeStyle = colour;
      context.strokeRect(box.x + thickness / 2, box.y + thickness / 2, box.width - thickness, box.height - thickness);
    };
    if (this.hover >= 0) frame(this.hover, styleColour("--text"), 1.5);
    if (this.focus >= 0) frame(this.focus, styleColour("--accent"), 3);
  }

  rowAt(event) {
    const area = this.holder.getBoundingClientRect();
    const x = event.clientX - area.left;
    const y = event.clientY - area.top;
    for (let i = this.boxes.length - 1; i >= 0; --i) {
      const box = this.boxes[i];
      if (x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height) return box.row;
    }
    return -1;
  }

  look(row, byKey) {
    if (!byKey && row === this.hover) return;
    if (!byKey) this.hover = row;
    this.mark();
    this.options.onLook(row >= 0 ? row : this.focus, byKey);
  }

  // Into the folder that was hit, or the one that holds the file that was.
  click(row) {
    if (row < 0) return;
    const folder = this.tree.count[row] > 0 ? row : this.tree.parent[row];
    if (folder !== this.root && folder >= 0) this.options.onEnter(folder, folder === row ? -1 : row);
    else this.setFocus(row);
  }

  setFocus(row) {
    this.focus = row;
    this.look(row, true);
  }

  tops() {
    return this.boxes.filter((box) => box.top);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tops = this.tops();
    const at = tops.find((box) => box.row === this.focus) || tops[0];
    const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    if (event.key === "Escape" || event.key === "Backspace") this.options.onLeave();
    else if (!at) return;
    else if (event.key === "Enter" || event.key === " ") {
      if (this.tree.count[at.row] > 0) this.options.onEnter(at.row, -1);
    } else if (event.key === "Home") this.setFocus(tops[0].row);
    else if (event.key === "End") this.setFocus(tops[tops.length - 1].row);
    else if (steps[event.key]) this.setFocus(nearest(tops, at, ...steps[event.key]).row);
    else return;
    event.preventDefault();
  }
}

// The box whose middle is closest in a direction; sideways distance counts more.
function nearest(boxes, from, dx, dy) {
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const [fromX, fromY] = middle(from);
  let best = from;
  let bestCost = Infinity;
  for (const box of boxes) {
    const [x, y] = middle(box);
    const ahead = (x - fromX) * dx + (y - fromY) * dy;
    if (box === from || ahead <= 0.5) continue;
    const aside = Math.abs((x - fromX) * dy) + Math.abs((y - fromY) * dx);
    const cost = ahead + 2 * aside;
    if (cost >= bestCost) continue;
    best = box;
    bestCost = cost;
  }
  return best;
}
