// Puts the report of a difference together from the data that stands in the page.

const FINDING_LISTS = [["new", "new finding"], ["fixed", "fixed finding"], ["remaining", "finding in both"]];

function drawFindingList(report, list) {
  const findings = report[`${list}_findings`];
  const leftOut = report[`${list}_findings_left_out`];
  const holder = byId(`${list}-finding-rows`);
  if (findings.length + leftOut === 0) {
    byId(`${list}-findings`).remove();
    return;
  }
  byId(`${list}-findings-title`).append(` (${formatCount(findings.length + leftOut)})`);
  const inside = list === "new" ? holder : element("details", {});
  const cards = list === "new" ? holder : element("div", {});
  if (inside !== holder) replace(holder, append(inside, [element("summary", {}, "Show them"), cards]));
  drawFindings(cards, findings, { name: `${list}-finding`, rules: report.rules, leftOut });
}

function startDiff() {
  const report = JSON.parse(byId("data").textContent);
  iecUnits = report.iec;
  followTheme();
  const binaryGrowth = report.binaries.length > 0 ? growthBinaries(report.binaries) : null;
  drawSummary(report, binaryGrowth);
  const files = report.tree && report.counts.added + report.counts.removed + report.counts.changed + report.counts.unknown > 0 ? drawGrowth(report) : null;
  if (files) new FileList(byId("file-rows"), report, files);
  else for (const id of ["map", "files"]) byId(id).remove();
  if (report.layers.length > 0) drawDiffLayers(report, files ? (index) => show(files, index + 1) : null);
  else byId("layers").remove();
  const binaries = binaryGrowth ? drawBinaryGrowth(report, binaryGrowth) : null;
  if (!binaries) byId("binaries").remove();
  if (report.settings.length > 0) drawSettings(report);
  else byId("settings").remove();
  const holders = FINDING_LISTS.map(([list]) => byId(`${list}-finding-rows`));
  for (const [list] of FINDING_LISTS) drawFindingList(report, list);
  new Search([
    files && fileSource(files, (i) => (files.tree.kind[i] === "d" || files.tree.count[i] > 0 ? `folder in ${files.tree.label(files.tree.layer[i] + 1)}`
      : fileChange(files.tree, i))),
    binaries && binarySource(binaries), settingSource(report),
    ...FINDING_LISTS.map(([list, kind], at) => findingSource(report[`${list}_findings`], holders[at], `${list}-finding`, kind))]);
  drawSections();
}

startDiff();
