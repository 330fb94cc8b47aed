// The line that stays in view: whether what was answered is stored, and the way back from the last change.

import { explainFailure } from "../core/store.js";
import { button, h } from "./dom.js";
import { downloadJson } from "./transfer.js";

/** The line as an element. */
export class SaveStatus {
  constructor(view) {
    this.view = view;
    this.undo = button("Undo", () => view.back("undo"));
    this.redo = button("Redo", () => view.back("redo"));
    this.status = h("span.rv-status", { role: "status" });
    this.alert = h("div.rv-alert", { role: "alert" });
    this.element = h(
      "div.rv-saving",
      { role: "group", "aria-label": "Changes" },
      this.undo,
      this.redo,
      this.status,
      this.alert,
    );
    this.said("");
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
        h("strong", {}, "What you answer is not saved: "),
        `${explainFailure(error)}. It is here as long as this page is open; take it away as a file.`,
      ),
      button("Download the review", () => downloadJson(open.review)),
      " ",
      open.store.lasting ? button("Try again", () => open.save()) : "",
    );
  }
}
