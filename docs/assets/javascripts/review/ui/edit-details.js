// The frame of an open review: its title and its targets, of which one may come and others go.

import { makeId } from "../core/document.js";
import { listLines, showDialog } from "./dialogs.js";
import { button, field, h } from "./dom.js";

const MOST = 100; // targets, reviews/models.py
// The parts of the document that are kept by rule and target.
const BY_TARGET = new Set(["answers", "outcomes"]);

/** Let a person change the title and the targets of the open review. */
export function editFrame(open) {
  const title = h("input", { type: "text", maxlength: 400, value: open.review.title });
  const rows = open.review.targets.map(row);
  const added = h("input", { type: "text", maxlength: 400 });
  const place = h("div", { role: "alert" });
  const save = async () => {
    const targets = [
      ...rows.map(({ read }) => read()).filter(Boolean),
      ...another(open.review.targets, added.value.trim()),
    ];
    const problems = problemsOf(targets);
    if (problems.length) return place.replaceChildren(listLines(problems));
    shown.close();
    return changed(open, title.value.trim() || open.review.title, targets);
  };
  const shown = showDialog(
    "Title and targets",
    field("Title", title),
    rows.map(({ element }) => element),
    field("One more target", added),
    place,
    h("p", {}, button("Save", save, { class: "rv-button rv-button--strong" })),
  );
}

function row(target) {
  const name = h("input", { type: "text", maxlength: 400, value: target.name });
  const repository = h("input", { type: "text", maxlength: 400, value: target.repository ?? "" });
  const gone = h("input", { type: "checkbox" });
  const read = () => {
    if (gone.checked) return undefined;
    const { repository: _, ...rest } = target;
    const place = repository.value.trim();
    return { ...rest, name: name.value.trim() || target.name, ...(place && { repository: place }) };
  };
  const element = h(
    "fieldset.rv-pair",
    {},
    h("legend", {}, target.name),
    field("Name", name),
    field("Repository", repository),
    field("Remove it, and its answers", gone, { inline: true }),
  );
  return { element, read };
}

function another(targets, name) {
  return name ? [{ id: makeId(name, new Set(targets.map(({ id }) => id)), "target"), name }] : [];
}

function problemsOf(targets) {
  const names = targets.map(({ name }) => name.toLowerCase());
  const twice = targets.filter(({ name }, index) => names.indexOf(name.toLowerCase()) < index);
  return [
    ...(targets.length ? [] : ["A review needs a target."]),
    ...(targets.length > MOST ? [`A review has ${MOST} targets at most.`] : []),
    ...twice.map(({ name }) => `Two targets are called “${name}”.`),
  ];
}

async function changed(open, title, targets) {
  const left = new Set(targets.map(({ id }) => id));
  if (open.review.targets.every(({ id }) => left.has(id))) return open.frame((frame) => ({ ...frame, title, targets }));
  await open.store.keep(open.review, "before a target was removed");
  const { answers, outcomes, conflicts, ...frame } = open.review;
  const undecided = conflicts?.filter(
    ({ place: [part, , target] }) => !BY_TARGET.has(part) || !target || left.has(target),
  );
  return open.replace({
    ...frame,
    title,
    targets,
    answers: of(left, answers),
    ...(outcomes && { outcomes: of(left, outcomes) }),
    ...(undecided?.length && { conflicts: undecided }),
  });
}

// The answers, or outcomes, of the targets that are left.
function of(targets, byRule) {
  const kept = Object.entries(byRule).map(([rule, byTarget]) => [
    rule,
    Object.fromEntries(Object.entries(byTarget).filter(([id]) => targets.has(id))),
  ]);
  return Object.fromEntries(kept.filter(([, byTarget]) => Object.keys(byTarget).length));
}
