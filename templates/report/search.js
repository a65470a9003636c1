// One box that finds files, findings and packages.

const RESULTS_SHOWN = 60;

class Search {
  // sources: [{count, text(i), size(i), amount(i) or isText, label(i), detail(i), open(i)}]; null ones are none
  constructor(sources) {
    this.sources = sources.filter((source) => source);
    this.input = byId("search");
    this.box = byId("results");
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.find(), 90);
    });
    this.input.addEventListener("focus", () => { if (this.input.value.trim() !== "" && this.box.hidden) this.find(); });
    this.input.addEventListener("keydown", (event) => this.inputKey(event));
    this.box.addEventListener("keydown", (event) => this.resultKey(event));
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.input.focus();
    });
    document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".finder")) this.close(); });
  }

  // All words must occur; the largest come first.
  find() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    if (words.length === 0) return this.close();
    const hits = [];
    for (const source of this.sources) {
      source.texts = source.texts || Array.from({ length: source.count }, (_, i) => source.text(i).toLowerCase());
      source.texts.forEach((text, i) => {
        if (text !== "" && words.every((word) => text.includes(word))) hits.push({ source, i, size: source.size(i) });
      });
    }
    hits.sort((a, b) => b.size - a.size);
    this.draw(hits);
  }

  draw(hits) {
    const rows = hits.slice(0, RESULTS_SHOWN).map((hit) => element("li", {}, element("button", { type: "button", onclick: () => this.open(hit) },
      element("bdi", { class: hit.source.isText ? "" : "path" }, hit.source.label(hit.i)),
      element("span", { class: "number faint" }, hit.source.isText ? "" : hit.source.amount(hit.i)),
      element("span", { class: "kind" }, hit.source.detail(hit.i)))));
    const text = hits.length === 0 ? "Nothing found" : hits.length > RESULTS_SHOWN
      ? `${formatCount(hits.length)} found, the ${RESULTS_SHOWN} largest shown` : `${formatCount(hits.length)} found`;
    replace(this.box, element("p", { role: "status" }, text), element("ul", {}, rows));
    this.box.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    announce(text);
  }

  open(hit) {
    this.close();
    hit.source.open(hit.i);
  }

  close() {
    this.box.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  inputKey(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown" && !this.box.hidden) this.move(0);
    else if (event.key === "Enter" && !this.box.hidden) {
      const first = this.box.querySelector("button");
      if (first) first.click();
    } else return;
    event.preventDefault();
  }

  resultKey(event) {
    const buttons = [...this.box.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown") this.move(Math.min(at + 1, buttons.length - 1));
    else if (event.key === "ArrowUp" && at <= 0) this.input.focus();
    else if (event.key === "ArrowUp") this.move(at - 1);
    else if (event.key === "Escape") {
      this.close();
      this.input.focus();
      this.close();
    } else return;
    event.preventDefault();
  }

  move(at) {
    const buttons = this.box.querySelectorAll("button");
    if (buttons[at]) buttons[at].focus();
  }
}
