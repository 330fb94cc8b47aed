// The band that stays in view: how far the target has come, which target it is, the way to the next open question,
// the way back from the last change, and whether what was answered is stored.

import { tally } from "../core/score.js";
import { explainFailure } from "../core/store.js";
import { button, h, keepFocus, select, signed, today } from "./dom.js";
import { drawTrack } from "./progress.js";
import { downloadJson } from "./transfer.js";

/** The band as an element. */
export class Band {
  constructor(view) {
    this.view = view;
    this.place = h("span.rv-band__target");
    this.progress = h("span.rv-band__progress");
    this.undo = signed("Undo", "↶", () => view.back("undo"));
    this.redo = signed("Redo", "↷", () => view.back("redo"));
    this.status = h("span.rv-status", { role: "status" });
    this.alert = h("div.rv-alert", { role: "alert" });
    this.element = h(
      "div.rv-band",
      { role: "group", "aria-label": "Answering" },
      this.place,
      this.progress,
      button("Next open", () => view.goToNextOpen(), { class: "rv-button rv-band__next" }),
      this.undo,
      this.redo,
      this.status,
      this.alert,
    );
    this.said("");
  }

  /** Draw which target is shown. */
  draw() {
    const { view } = this;
    const { targets } = view.open.review;
    const choice = select(
      targets.map(({ id, name }) => [id, name]),
      view.target,
      { onchange: () => view.aim(choice.value), "aria-label": "Target", "data-called": "Target" },
    );
    keepFocus(this.place, () => this.place.replaceChildren(targets.length > 1 ? choice : targets[0].name));
  }

  /** Draw how far the target has come. */
  drawProgress() {
    const { open, target } = this.view;
    const all = tally(open.review.answers, open.rules, target, today());
    const sum = all.applicable + all["not-applicable"];
    this.progress.replaceChildren(
      h("span.rv-band__said", {}, `${sum - all.unanswered} of ${sum} answered`),
      drawTrack(all),
    );
  }

  /** Say how it stands. */
  said(text) {
    const { open } = this.view;
    this.status.textContent = text;
    this.undo.disabled = !open.canUndo;
    this.redo.disabled = !open.canRedo;
    if (!open.saving && open.store.lasting) this.alert.replaceChildren();
  }

  /** Say that what was answered is not stored, why, and what can be done. */
  failed(error) {
    const { open } = this.view;
    this.said("Not saved");
    this.alert.replaceChildren(
      h(
        "p",
        {},
        h("strong", {}, "Your answers are not saved: "),
        `${explainFailure(error)}. They are lost when you close this page, so download the review.`,
      ),
      button("Download the review", () => downloadJson(open.review)),
      " ",
      open.store.lasting ? button("Try again", () => open.save()) : "",
    );
  }
}

/**
 * Keep what gets the focus clear of the bands at the top of the page, whatever their height, until the signal.
 * @param {HTMLElement} band
 * @param {AbortSignal} signal
 */
export function keepClear(band, signal) {
  const root = document.documentElement;
  const measure = () => {
    const top = Number.parseFloat(getComputedStyle(band).top) || 0;
    root.style.scrollPaddingTop = `${Math.ceil(top + band.offsetHeight + 8)}px`;
  };
  const watch = new ResizeObserver(measure);
  watch.observe(band);
  addEventListener("resize", measure, { signal });
  signal.addEventListener("abort", () => {
    watch.disconnect();
    root.style.scrollPaddingTop = "";
  });
}
