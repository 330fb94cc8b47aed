// The head of an open review: what it is, whose answers are shown, and what can be done with it.

import { words } from "../core/labels.js";
import { showComparison } from "./compare.js";
import { showProblems } from "./dialogs.js";
import { button, field, h, keepFocus, select, today } from "./dom.js";
import { editFrame } from "./edit-details.js";
import { showKeys } from "./keys.js";
import { keepMilestone } from "./milestones.js";
import { NAME, recall, remember } from "./settings.js";
import { importButton, importFiles, showForms } from "./transfer.js";

/** The head as an element, which is drawn anew when what it tells changes. */
export class Toolbar {
  constructor(view) {
    this.view = view;
    this.element = h("header.rv-head");
    this.draw();
  }

  /** Draw it as the review is now. */
  draw() {
    keepFocus(this.element, () => this.element.replaceChildren(...this.#parts()));
  }

  #parts() {
    const { view } = this;
    const { review } = view.open;
    const targets = select(
      review.targets.map(({ id, name }) => [id, name]),
      view.target,
      { onchange: () => view.aim(targets.value) },
    );
    return [
      h(
        "p.rv-back",
        {},
        button("All reviews", view.leave),
        " ",
        button("To the questions", () => view.step(1), { class: "rv-button rv-skip" }),
      ),
      h("h1", { tabindex: "-1" }, review.title),
      h("p.rv-hint", {}, facts(view.open).join(" · ")),
      h("p.rv-paper", {}, onPaper(view)),
      h(
        "div.rv-toolbar",
        {},
        field("Target", targets),
        field("State", states(view.open)),
        field("You are", reviewer(), { hint: "Goes into the answers you give." }),
      ),
      h("div.rv-toolbar", { role: "group", "aria-label": "Review" }, this.#actions()),
    ];
  }

  #actions() {
    const { view } = this;
    const disabled = view.open.signedOff;
    return [
      button("Download", () => showForms(view)),
      importButton((files) => importFiles(view, files), { disabled }),
      button("Title, targets", () => editFrame(view.open), { disabled }),
      button("Milestone", () => keepMilestone(view.open), { disabled }),
      button("Compare", () => showComparison(view)),
      button("Print", () => globalThis.print()),
      button("Keys", showKeys),
    ];
  }
}

// What paper needs besides, as it shows one target and no controls.
function onPaper({ open: { review }, target }) {
  const name = review.targets.find(({ id }) => id === target).name;
  return `${name} · ${words.states[review.state ?? "draft"]} · answers of ${review.updated.slice(0, 10)}, printed ${today()}`;
}

function facts({ review, catalog, rules }) {
  const profile = catalog.profiles.find((each) => each.id === review.selection?.profile);
  return [
    ...(profile ? [profile.title] : []),
    `edition ${review.edition}`,
    `${rules.length} rules`,
    "kept in this browser only",
  ];
}

function states(open) {
  const state = open.review.state ?? "draft";
  const change = () => {
    if (input.value !== "signed-off" || !open.review.conflicts?.length) return open.state(input.value);
    input.value = state;
    return showProblems("The review is not signed off", [
      "Decide first what a merge left open; it stands at the head of the list.",
    ]);
  };
  const input = select(Object.entries(words.states), state, { onchange: change });
  return input;
}

function reviewer() {
  const keep = () => remember(NAME, input.value.trim());
  const input = h("input", {
    type: "text",
    maxlength: 400,
    value: recall(NAME),
    autocomplete: "name",
    onchange: keep,
  });
  return input;
}
