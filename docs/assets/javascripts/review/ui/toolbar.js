// The head of an open review: what it is, whose answers are shown, and what can be done with it.

import { words } from "../core/labels.js";
import { showComparison } from "./compare.js";
import { copyAnswers } from "./copy-answers.js";
import { button, field, h, keepFocus, select, signed, today } from "./dom.js";
import { editFrame } from "./edit-details.js";
import { showKeys } from "./keys.js";
import { keepMilestone } from "./milestones.js";
import { reviewerField } from "./reviewer.js";
import { showShare } from "./share.js";
import { showReopening, showSigning } from "./sign-off.js";
import { importButton, importFiles, showForms } from "./transfer.js";

/** The head as an element, which is drawn anew when what it tells changes. */
export class Toolbar {
  constructor(view) {
    this.view = view;
    this.line = h("div.rv-head__line");
    this.rest = h("div.rv-head__rest", { id: "review-more", hidden: true });
    this.paper = h("p.rv-paper");
    this.element = h("header.rv-head", {}, this.line, this.rest, this.paper);
    this.draw();
  }

  /** Draw it as the review is now. */
  draw() {
    keepFocus(this.element, () => {
      this.line.replaceChildren(...this.#line());
      this.rest.replaceChildren(...this.#rest());
    });
    this.drawPaper();
  }

  /** Draw what only paper shows, as it is now. */
  drawPaper() {
    this.paper.textContent = onPaper(this.view);
  }

  #line() {
    const { view } = this;
    const disabled = view.open.signedOff;
    return [
      signed("All reviews", "‹", view.leave),
      button("To the questions", () => view.step(1), { class: "rv-button rv-skip" }),
      h("h1", { tabindex: "-1" }, view.open.review.title),
      h(
        "div.rv-head__actions",
        { role: "group", "aria-label": "Review" },
        view.engine.prepareAt(button("Download", () => showForms(view), { class: "rv-button rv-button--strong" })),
        importButton((files) => importFiles(view, files), { disabled, engine: view.engine }),
        button("Share", () => showShare(view.open.review)),
        button("More", () => this.#toggle(), {
          "aria-expanded": String(!this.rest.hidden),
          "aria-controls": this.rest.id,
        }),
      ),
    ];
  }

  #toggle() {
    this.rest.hidden = !this.rest.hidden;
    this.draw();
  }

  #rest() {
    const { view } = this;
    const disabled = view.open.signedOff;
    return [
      h("p.rv-hint", {}, facts(view.open).join(" · ")),
      h("div.rv-toolbar", {}, field("State", states(view.open)), reviewerField()),
      h(
        "div.rv-toolbar",
        { role: "group", "aria-label": "More" },
        button("Title, targets", () => editFrame(view.open), { disabled }),
        button("Copy answers", () => copyAnswers(view), { disabled }),
        button("Milestone", () => keepMilestone(view.open), { disabled }),
        button("Compare", () => showComparison(view)),
        button("Print", () => globalThis.print()),
        button("Keys", showKeys),
      ),
    ];
  }
}

// What paper needs besides, as it shows one target and no controls.
function onPaper({ open, target, filters }) {
  const { review } = open;
  const { title = "" } = open.catalog.profiles.find(({ id }) => id === review.selection?.profile) ?? {};
  return [
    review.targets.find(({ id }) => id === target).name,
    title,
    `edition ${review.edition}`,
    words.states[review.state ?? "draft"],
    filters.onPaper,
    `answers as of ${review.updated.slice(0, 10)}, printed ${today()}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function facts({ review, catalog, rules }) {
  const profile = catalog.profiles.find((each) => each.id === review.selection?.profile);
  return [
    ...(profile ? [profile.title] : []),
    `edition ${review.edition}`,
    `${rules.length} rules`,
    "saved in this browser only",
  ];
}

function states(open) {
  const state = open.review.state ?? "draft";
  // A signature is asked for, and so is the reason to open the review again: until then the state is as it was.
  const change = () => {
    const { value } = input;
    if (value !== "signed-off" && !open.signedOff) return open.state(value);
    input.value = state;
    return value === "signed-off" ? showSigning(open) : showReopening(open);
  };
  const input = select(Object.entries(words.states), state, { onchange: change });
  return input;
}
