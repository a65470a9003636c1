"use strict";
// Numbers and elements. Text from the image only ever becomes text: nothing here or elsewhere reads markup.

const STATES = ["live", "overwritten", "metadata_only", "deleted", "repeated"];
const STATE_NAMES = ["live", "overwritten", "metadata only", "deleted", "repeated"];
const STATE_MEANINGS = [
  "there in the final file system",
  "a later layer has other content at its path",
  "a later layer ships the same content again",
  "a later layer removes it, still shipped",
  "its own layer writes the path again",
];
const CHANGES = ["mode", "owner", "time", "extended attributes"];

let iecUnits = false;

// Three significant digits at most, as the text report has it.
function formatBytes(bytes) {
  const step = iecUnits ? 1024 : 1000;
  if (bytes < step) return `${bytes} B`;
  const prefixes = iecUnits ? ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] : ["k", "M", "G", "T", "P", "E"];
  let value = bytes / step;
  let prefix = 0;
  while (value >= 999.5 && prefix + 1 < prefixes.length) {
    value /= step;
    ++prefix;
  }
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${prefixes[prefix]}B`;
}

// With a sign, also of what did not change.
function signedBytes(bytes) {
  return `${bytes > 0 ? "+" : bytes < 0 ? "−" : "±"}${formatBytes(Math.abs(bytes))}`;
}

function signedExactBytes(bytes) {
  return `${bytes > 0 ? "+" : bytes < 0 ? "−" : "±"}${exactBytes(Math.abs(bytes))}`;
}

// " (+12.5 %)"; nothing where there was nothing.
function growthShare(growth, before) {
  if (growth === 0 || before === 0) return "";
  return ` (${growth > 0 ? "+" : "−"}${formatShare(Math.abs(growth), before)})`;
}

function formatCount(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function exactBytes(bytes) {
  return `${formatCount(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
}

function counted(count, one, many) {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

// A share that is not nothing never reads as 0.
function formatShare(part, whole) {
  if (whole <= 0 || part <= 0) return "0 %";
  const percent = (100 * part) / whole;
  return percent < 0.05 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
}

// An element with properties and children; strings become text.
function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  append(made, children);
  return made;
}

function append(parent, children) {
  for (const child of children.flat()) {
    if (child === undefined || child === null || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return parent;
}

function replace(parent, ...children) {
  parent.textContent = "";
  return append(parent, children);
}

function byId(id) {
  return document.getElementById(id);
}

// Tells those who do not see the page what changed.
function announce(text) {
  byId("said").textContent = text;
}

function facts(rows) {
  const list = element("dl", { class: "facts" });
  for (const [term, ...value] of rows) {
    if (value.length === 0 || value[0] === undefined || value[0] === "") continue;
    append(list, [element("dt", {}, term), element("dd", {}, ...value)]);
  }
  return list;
}

async function copyText(text, button) {
  let copied = false;
  try {
    await navigator.clipboard.writeText(text);
    copied = true;
  } catch {
    // Pages opened from a disk may have no clipboard; a selection still copies.
    const area = element("textarea", { class: "hidden", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    copied = document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const label = button.textContent;
  button.textContent = copied ? "Copied" : "Select and copy";
  announce(copied ? "The fix is copied." : "Copying is not possible here.");
  setTimeout(() => { button.textContent = label; }, 1500);
}

function fixLine(fix) {
  if (!fix) return null;
  const button = element("button", { type: "button", class: "copy", "aria-label": "Copy the fix" }, "Copy");
  button.addEventListener("click", () => copyText(fix, button));
  return element("div", { class: "fix" }, element("code", {}, fix), fix.endsWith("…") ? null : button);
}
