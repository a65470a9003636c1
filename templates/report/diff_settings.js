// What changed of the image's configuration. Values of secrets are not on the page.

function settingValue(text, hidden) {
  if (text === null) return element("span", { class: "faint" }, "not set");
  if (hidden) return element("span", { class: "faint" }, "hidden");
  return text === "" ? element("span", { class: "faint" }, "(empty)") : element("code", { class: "value" }, text);
}

function drawSettings(report) {
  const sign = (setting) => (setting.old === null ? "added" : setting.new === null ? "removed" : "changed");
  const heads = ["Setting", "Name", "Old", "New"];
  const rows = report.settings.map((setting, index) => element("tr", { id: `setting-${index}`, tabindex: "-1" },
    element("th", { scope: "row" }, element("span", { class: "sign", "aria-hidden": "true" }, FILE_SIGNS[sign(setting)]), setting.kind,
      element("span", { class: "hidden" }, ` ${sign(setting)}`)),
    element("td", {}, element("bdi", { class: "path" }, setting.name)), element("td", {}, settingValue(setting.old, setting.hidden)),
    element("td", {}, settingValue(setting.new, setting.hidden))));
  replace(byId("setting-rows"), element("div", { class: "panel scroll" }, element("table", {},
    element("thead", {}, element("tr", {}, heads.map((text) => element("th", { scope: "col" }, text)))), element("tbody", {}, rows))),
  report.settings.some((setting) => setting.hidden) ? element("p", { class: "folded" }, "Values with a secret’s name are never shown; that they changed is.") : null,
  report.settings_left_out > 0 ? element("p", { class: "folded" }, `${counted(report.settings_left_out, "more setting", "more settings")} did not fit on this page.`) : null);
}

function settingSource(report) {
  const { settings } = report;
  return { count: settings.length, isText: true, size: () => Number.MAX_VALUE, text: (i) => `${settings[i].kind} ${settings[i].name} ${settings[i].new || ""}`,
    label: (i) => settings[i].name || settings[i].new || settings[i].old || settings[i].kind, detail: (i) => `setting: ${settings[i].kind}`,
    open: (i) => openCard(byId("setting-rows"), `setting-${i}`) };
}
