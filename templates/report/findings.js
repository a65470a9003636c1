// What rules found: how bad, what, where, how to mend it, and why it matters.

const SEVERITIES = { error: ["bad", "✗ error"], warning: ["warn", "! warning"], info: ["plain", "i info"] };

function placeOf(finding) {
  if (!finding.path) return "";
  const at = finding.line > 0 ? `:${finding.line}${finding.column > 0 ? `:${finding.column}` : ""}` : "";
  return element("bdi", { class: "path" }, finding.path + at);
}

function madeBy(finding) {
  const instruction = finding.instruction ? element("code", {}, finding.instruction) : "";
  if (finding.layer === undefined) return [instruction];
  return [`layer ${finding.layer}${instruction ? ": " : ""}`, instruction];
}

function findingCard(finding, id, rules) {
  const [tone, word] = SEVERITIES[finding.severity];
  const rule = rules.get(finding.rule);
  const why = rule ? element("details", {}, element("summary", {}, `Why ${finding.rule} matters`),
    element("p", {}, element("strong", {}, rule.title), ". ", rule.why), rule.fix ? element("p", {}, rule.fix) : null) : null;
  return element("article", { class: "card", id, tabindex: "-1" },
    element("div", { class: "card-head" }, element("span", { class: `badge ${tone}` }, word), element("h3", {}, finding.message),
      finding.bytes === null ? null : element("span", { class: "number", title: exactBytes(finding.bytes) }, formatBytes(finding.bytes)),
      element("code", { class: "faint" }, finding.rule), finding.accepted ? element("span", { class: "badge plain" }, "accepted") : null),
    facts([
      ["Place", placeOf(finding)],
      ["Made by", ...madeBy(finding)],
      ["Accepted because", finding.accepted],
    ]), fixLine(finding.fix), why);
}

// Cards whose IDs are `name` and their number, the worst first.
function drawFindings(holder, findings, { name, rules, leftOut }) {
  const rank = ["error", "warning", "info"];
  findings.sort((a, b) => Boolean(a.accepted) - Boolean(b.accepted) || rank.indexOf(a.severity) - rank.indexOf(b.severity));
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  drawCards(holder, findings.map((finding, index) => ({ finding, id: `${name}-${index}` })), ({ finding, id }) => findingCard(finding, id, known),
    leftOut > 0 && `${counted(leftOut, "more finding", "more findings")} did not fit on this page; the JSON report has them.`);
}

// What the search finds of them.
function findingSource(findings, holder, name, kind) {
  return { count: findings.length, isText: true, size: () => Number.MAX_VALUE,
    text: (i) => `${findings[i].rule} ${findings[i].message} ${findings[i].path}`,
    label: (i) => findings[i].message, detail: (i) => `${kind} ${findings[i].rule}`, open: (i) => openCard(holder, `${name}-${i}`) };
}
