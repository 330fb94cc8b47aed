// The head of an open review: what it is, whose answers are shown, and what can be done with it.

import { compare } from "./compare.js";
import { problems } from "./dialogs.js";
import { button, field, h, select } from "./dom.js";
import { showKeys } from "./keys.js";
import { keepMilestone } from "./milestones.js";
import { NAME, remember, remembered } from "./settings.js";
import { editTargets } from "./targets.js";
import { exporting, importing, receive } from "./transfer.js";
import { words } from "./words.js";

/** The head as an element, which is drawn anew when the review's frame changes. */
export class Head {
  constructor(view) {
    this.view = view;
    this.element = h("header.rv-head");
    this.status = h("span.rv-status", { role: "status" });
    this.draw();
  }

  /** Draw it as the review is now. */
  draw() {
    const { open, leave } = this.view;
    const focus = this.#controls().indexOf(document.activeElement);
    this.targets = select(open.review.targets.map(({ id, name }) => [id, name]), this.view.target, { onchange: () => this.view.aim(this.targets.value) });
    this.undo = button("Undo", () => this.view.back("undo"));
    this.redo = button("Redo", () => this.view.back("redo"));
    this.element.replaceChildren(
      h("p.rv-back", {}, button("All reviews", leave)),
      h("h1", {}, open.review.title),
      h("p.rv-hint", {}, facts(open).join(" · ")),
      h(
        "div.rv-toolbar",
        {},
        field("Target", this.targets),
        field("State", states(open)),
        field("You are", reviewer(), { hint: "Goes into the answers you give." }),
      ),
      h("div.rv-toolbar", { role: "group", "aria-label": "Review" }, this.undo, this.redo, ...this.#actions(), this.status),
    );
    this.said(this.status.textContent);
    this.#controls()[focus]?.focus();
  }

  #controls() {
    return [...this.element.querySelectorAll("button, select, input")];
  }

  #actions() {
    const { view } = this;
    return [
      button("Download", () => exporting(view)),
      importing((files) => receive(view, files)),
      button("Targets", () => editTargets(view.open)),
      button("Milestone", () => keepMilestone(view.open)),
      button("Compare", () => compare(view)),
      button("Print", () => globalThis.print()),
      button("Keys", showKeys),
    ];
  }

  /** Say whether it is saved, and offer to undo and redo where there is something. */
  said(text) {
    this.status.textContent = text;
    this.undo.disabled = !this.view.open.canUndo;
    this.redo.disabled = !this.view.open.canRedo;
  }
}

function facts({ review, catalog, rules }) {
  const profile = catalog.profiles.find((each) => each.id === review.selection?.profile);
  return [...(profile ? [profile.title] : []), `edition ${review.edition}`, `${rules.length} rules`, "kept in this browser only"];
}

function states(open) {
  const state = open.review.state ?? "draft";
  const change = () => {
    if (input.value !== "signed-off" || !open.review.conflicts?.length) return open.state(input.value);
    input.value = state;
    return problems("The review is not signed off", ["Decide first what a merge left open; it stands at the head of the list."]);
  };
  const input = select(Object.entries(words.states), state, { onchange: change });
  return input;
}

function reviewer() {
  const keep = () => remember(NAME, input.value.trim());
  const input = h("input", { type: "text", maxlength: 400, value: remembered(NAME), autocomplete: "name", onchange: keep });
  return input;
}
