// What the first screen of every report has: a verdict, tiles, gates, notes.

function drawVerdict(tone, text) {
  const box = byId("verdict");
  box.classList.add(tone);
  replace(box, element("strong", {}, "Verdict:"), element("span", {}, text));
}

function tile(label, value, exact) {
  return element("li", {}, element("span", { class: "label" }, label), element("b", {}, value),
    element("span", { class: "exact" }, exact || "\u00a0"));
}

function drawNotes(notes) {
  if (notes.length === 0) return;
  replace(byId("notes"), element("ul", { class: "notes", "aria-label": "Notes" }, notes.map((note) => element("li", {}, note))));
}

function gateNumber(gate, value) {
  if (value === null) return "unknown";
  if (gate.bytes) return formatBytes(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function gateTable(gates, leftOut) {
  if (gates.length === 0) return element("p", { class: "faint" }, "No gate was asked for.");
  // Roles stay where a narrow page lays the rows out anew.
  const rows = gates.map((gate) => element("tr", { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, gate.name, gate.subject ? element("div", {}, element("bdi", { class: "path faint" }, gate.subject)) : null),
    element("td", { role: "cell", class: "right number", "data-label": "value" }, gateNumber(gate, gate.value)),
    element("td", { role: "cell", class: "right number", "data-label": "limit" }, gateNumber(gate, gate.limit)),
    element("td", { role: "cell", class: "right result" }, element("span", { class: `badge ${gate.passed ? "good" : "bad"}` }, gate.passed ? "✓ pass" : "✗ fail"))));
  const head = (text, place) => element("th", { scope: "col", role: "columnheader", class: place }, text);
  return element("div", { class: "scroll" }, element("table", { class: "gate-table", role: "table" },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head("Gate"), head("Value", "right"), head("Limit", "right"), head("Result", "right"))),
    element("tbody", { role: "rowgroup" }, rows)),
  leftOut > 0 ? element("p", { class: "folded" }, `${counted(leftOut, "more gate", "more gates")} did not fit on this page.`) : null);
}
