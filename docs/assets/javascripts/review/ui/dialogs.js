// Windows over the page: the browser's own dialog element, which keeps the focus and closes by Escape.

import { button, h } from "./dom.js";

/** Show a dialog and return it; it goes when it is closed. */
export function showDialog(title, ...content) {
  const heading = h("h2", { id: `dialog-title-${++showDialog.count}` }, title);
  const element = h(
    "dialog.rv-dialog.md-typeset",
    { "aria-labelledby": heading.id, onclose: () => element.remove() },
    heading,
    content,
    h(
      "p.rv-dialog__end",
      {},
      button("Close", () => element.close()),
    ),
  );
  element.addEventListener("keydown", pressStrong);
  document.getElementById("review")?.append(element);
  element.showModal();
  return element;
}

// Several may stand over each other, such as what is wrong with one of the files that were chosen.
showDialog.count = 0;

// Enter in a field of one line does what the strong button does, as in a form.
function pressStrong(event) {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || field.form) return;
  if (!field.matches("input:not([type=checkbox])")) return;
  event.preventDefault();
  event.currentTarget.querySelector(".rv-button--strong")?.click();
}

/**
 * Ask something; returns whether the answer was yes. Where a word for no is given, it takes the place of Close. What is
 * asked besides, such as a field, stands above the buttons.
 */
export function askWhether(title, text, yes, no = "", besides = "") {
  return new Promise((resolve) => {
    let said = false;
    const sure = button(
      yes,
      () => {
        said = true;
        shown.close();
      },
      { class: "rv-button rv-button--strong" },
    );
    const leave = no && button(no, () => shown.close());
    const shown = showDialog(title, h("p", {}, text), besides, h("p", {}, sure, " ", leave));
    if (no) shown.querySelector(".rv-dialog__end")?.remove();
    shown.addEventListener("close", () => resolve(said));
  });
}

/** Tell of problems, a line each. */
export function showProblems(title, lines) {
  return showDialog(title, listLines(lines));
}

const MOST = 50;

/** Return a list of lines; where there are very many, it ends in how many more. */
export function listLines(lines) {
  const more = lines.length - MOST;
  const shown = more > 1 ? [...lines.slice(0, MOST), `and ${more} more`] : lines;
  return h(
    "ul.rv-problems",
    {},
    shown.map((line) => h("li", {}, line)),
  );
}

const KEYS = [
  ["j, k", "next or previous rule"],
  ["1, 2, 3, 4", "met, partly met, not met, unanswered"],
  ["n", "not applicable, and why"],
  ["Enter", "open or close the details"],
  ["c", "comment"],
  ["e", "evidence"],
  ["t", "take over as evidence what was found"],
  ["o", "next open question"],
  ["[ , ]", "previous or next target"],
  ["/", "find"],
  ["u, r", "undo, redo"],
  ["Escape", "leave a field"],
  ["?", "this help"],
];

/** Show the keys, and the switch that turns those of one letter off. */
export function showHelp(enabled, toggle) {
  const box = h("input", { type: "checkbox", id: "keys-on", checked: enabled, onchange: () => toggle(box.checked) });
  const rows = KEYS.map(([keys, what]) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        keys.split(", ").map((key) => [h("kbd", {}, key), " "]),
      ),
      h("td", {}, what),
    ),
  );
  showDialog(
    "Keys",
    h("table.rv-keys", {}, h("tbody", {}, rows)),
    h("p", {}, box, " ", h("label", { for: "keys-on" }, "Use these keys")),
  );
}
