// Rectangles in proportion to sizes, as square as they go, row by row along the shorter side.
// Source: Bruls, Huizing, van Wijk, "Squarified Treemaps" (2000).

// Calls place(index, x, y, width, height) for each of `sizes`, which must be sorted, the largest first.
function squarify(sizes, x, y, width, height, place) {
  let left = sizes.reduce((sum, size) => sum + size, 0);
  let at = 0;
  while (at < sizes.length && left > 0 && width > 0 && height > 0) {
    const scale = (width * height) / left;
    const side = Math.min(width, height);
    let end = at;
    let sum = 0;
    let worst = Infinity;
    while (end < sizes.length) {
      const next = sum + sizes[end];
      const square = side * side;
      const ratio = Math.max((square * sizes[at]) / (next * next * scale), (next * next * scale) / (square * sizes[end]));
      if (ratio > worst) break;
      worst = ratio;
      sum = next;
      ++end;
    }
    const across = (sum * scale) / side;
    let along = 0;
    for (let i = at; i < end; ++i) {
      const length = (side * sizes[i]) / sum;
      if (width >= height) place(i, x, y + along, across, length);
      else place(i, x + along, y, length, across);
      along += length;
    }
    if (width >= height) {
      x += across;
      width -= across;
    } else {
      y += across;
      height -= across;
    }
    left -= sum;
    at = end;
  }
}
