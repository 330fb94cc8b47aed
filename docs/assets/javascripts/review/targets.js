// The targets of an open review: their names, where their code is, and one more.

import { dialog } from "./dialogs.js";
import { button, field, h } from "./dom.js";
import { idOf } from "./document.js";

const MOST = 100; // reviews/document.py

/** Let a person change the targets of the open review. */
export function editTargets(open) {
  const rows = open.review.targets.map(row);
  const added = h("input", { type: "text", maxlength: 400 });
  const full = rows.length >= MOST;
  const save = () => {
    const targets = [...rows.map(({ read }) => read()), ...another(open.review.targets, added.value.trim())];
    open.frame((frame) => ({ ...frame, targets }));
    shown.close();
  };
  const shown = dialog(
    "Targets",
    rows.map(({ element }) => element),
    full ? h("p", {}, `A review has ${MOST} targets at most.`) : field("One more", added),
    h("p", {}, button("Save", save, { class: "rv-button rv-button--strong" })),
  );
}

function row(target) {
  const name = h("input", { type: "text", maxlength: 400, required: true, value: target.name });
  const repository = h("input", { type: "text", maxlength: 400, value: target.repository ?? "" });
  const read = () => {
    const { repository: _, ...rest } = target;
    const place = repository.value.trim();
    return { ...rest, name: name.value.trim() || target.name, ...(place && { repository: place }) };
  };
  return { element: h("div.rv-pair", {}, field("Name", name), field("Repository", repository)), read };
}

function another(targets, name) {
  return name ? [{ id: idOf(name, new Set(targets.map(({ id }) => id)), "target"), name }] : [];
}
