// Colours and hatches from the style sheet, for canvases. A hatch says what a colour says, for who cannot tell colours.

function styleColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function pixelRatio() {
  return Math.min(window.devicePixelRatio || 1, 3);
}

// A canvas set to the size it has on the page; its context counts CSS pixels.
function prepareCanvas(canvas, width, height) {
  const ratio = pixelRatio();
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

const HATCHES = {
  rising(context, size) {
    for (const shift of [-size, 0, size]) line(context, shift, size, shift + size, 0);
  },
  crossed(context, size) {
    for (const shift of [-size, 0, size]) {
      line(context, shift, size, shift + size, 0);
      line(context, shift, 0, shift + size, size);
    }
  },
  level(context, size) {
    line(context, 0, size / 2, size, size / 2);
  },
  dots(context, size) {
    context.beginPath();
    context.arc(size / 2, size / 2, 1.1, 0, 2 * Math.PI);
    context.fill();
  },
};

function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

function hatch(context, name, colour) {
  if (name === "none") return null;
  const size = name === "dots" ? 7 : name === "level" ? 5 : 8;
  const ratio = pixelRatio();
  const tile = document.createElement("canvas");
  const inside = prepareCanvas(tile, size, size);
  inside.strokeStyle = inside.fillStyle = colour;
  inside.lineWidth = 1;
  HATCHES[name](inside, size);
  const pattern = context.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

// What to fill with, for each of a list of colours: {fill, hatch}.
function paints(context, colours) {
  const lines = styleColour("--map-hatch");
  return colours.map((colour) => ({ fill: styleColour(colour.style), hatch: hatch(context, colour.pattern, lines) }));
}

function fillBox(context, paint, x, y, width, height) {
  context.fillStyle = paint.fill;
  context.fillRect(x, y, width, height);
  if (!paint.hatch) return;
  context.fillStyle = paint.hatch;
  context.fillRect(x, y, width, height);
}

// Everything that was painted and must be painted anew when the theme changes.
const repaints = new Set();

function repaintAll() {
  for (const repaint of repaints) repaint();
}

function swatch(colour) {
  const canvas = element("canvas", { class: "swatch", "aria-hidden": "true" });
  const repaint = () => {
    const context = prepareCanvas(canvas, 16, 16);
    fillBox(context, paints(context, [colour])[0], 0, 0, 16, 16);
  };
  repaint();
  canvas.repaint = repaint;
  return canvas;
}

// A bar of parts [{colour, bytes}] out of `whole`, over the canvas's width.
function paintBar(canvas, parts, whole) {
  const box = canvas.getBoundingClientRect();
  const width = box.width || 200;
  const height = box.height || 16;
  const context = prepareCanvas(canvas, width, height);
  context.fillStyle = styleColour("--sunken");
  context.fillRect(0, 0, width, height);
  if (whole <= 0) return;
  let x = 0;
  parts.forEach((part) => {
    if (part.bytes <= 0) return;
    const length = Math.max((width * part.bytes) / whole, 1.5);
    fillBox(context, paints(context, [part.colour])[0], x, 0, length, height);
    x += length;
    context.fillStyle = styleColour("--card");
    context.fillRect(x - 0.75, 0, 0.75, height);
  });
}

// The part of a text that fits, measured once for a guess and then mended.
function fitText(context, text, width) {
  if (width < 14) return "";
  if (text.length > 200) text = text.slice(0, 200);
  const full = context.measureText(text).width;
  if (full <= width) return text;
  let keep = Math.floor((text.length * width) / full);
  while (keep > 1 && context.measureText(text.slice(0, keep) + "…").width > width) --keep;
  return keep > 3 ? text.slice(0, keep) + "…" : "";
}
