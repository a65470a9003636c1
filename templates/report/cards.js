// Lists that start short.

const CARDS_AT_FIRST = 10;

// Cards, some at first and the rest on demand.
function drawCards(holder, cards, make, leftOut) {
  const list = element("div", { class: "stack" });
  const add = (from, to) => append(list, cards.slice(from, to).map(make));
  add(0, CARDS_AT_FIRST);
  replace(holder, list);
  if (cards.length > CARDS_AT_FIRST) {
    const button = element("button", { type: "button", class: "more" }, `Show ${formatCount(Math.min(cards.length - CARDS_AT_FIRST, 200))} more`);
    button.addEventListener("click", () => {
      const from = list.childElementCount;
      add(from, from + 200);
      const next = list.children[from].querySelector("button");
      const left = cards.length - list.childElementCount;
      if (left > 0) button.textContent = `Show ${formatCount(Math.min(left, 200))} more`;
      else button.remove();
      if (next) next.focus();
    });
    holder.append(button);
  }
  if (leftOut) holder.append(element("p", { class: "folded" }, leftOut));
}

// Opens the list until the card is there, and goes to it.
function openCard(holder, id) {
  for (let card = byId(id); ; card = byId(id)) {
    const more = holder.querySelector(".more");
    if (card || !more) {
      const folded = card && card.closest("details:not([open])");
      if (folded) folded.open = true;
      if (card) card.scrollIntoView({ block: "center" });
      if (card) card.focus();
      return;
    }
    more.click();
  }
}
