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

function findingCard(finding, index, rules) {
  const [tone, word] = SEVERITIES[finding.severity];
  const rule = rules.get(finding.rule);
  const why = rule ? element("details", {}, element("summary", {}, `Why ${finding.rule} matters`),
    element("p", {}, element("strong", {}, rule.title), ". ", rule.why), rule.fix ? element("p", {}, rule.fix) : null) : null;
  return element("article", { class: "card", id: `finding-${index}`, tabindex: "-1" },
    element("div", { class: "card-head" }, element("span", { class: `badge ${tone}` }, word), element("h3", {}, finding.message),
      finding.bytes === null ? null : element("span", { class: "number", title: exactBytes(finding.bytes) }, formatBytes(finding.bytes)),
      element("code", { class: "faint" }, finding.rule), finding.accepted ? element("span", { class: "badge plain" }, "accepted") : null),
    facts([
      ["Place", placeOf(finding)],
      ["Made by", ...madeBy(finding)],
      ["Accepted because", finding.accepted],
    ]), fixLine(finding.fix), why);
}

function drawFindings(report) {
  const holder = byId("finding-rows");
  if (report.findings.length === 0) {
    byId("findings").remove();
    return;
  }
  const rank = ["error", "warning", "info"];
  report.findings.sort((a, b) => Boolean(a.accepted) - Boolean(b.accepted) || rank.indexOf(a.severity) - rank.indexOf(b.severity));
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  drawCards(holder, report.findings, (finding) => findingCard(finding, report.findings.indexOf(finding), rules), report.findings_left_out > 0 &&
    `${counted(report.findings_left_out, "more finding", "more findings")} did not fit on this page; the JSON report has them.`);
}
