// Answers of another target, or of another review such as last year's, copied to the target at hand.

import { copyableAnswers } from "../core/copy.js";
import { showDialog } from "./dialogs.js";
import { announce, button, field, h, select } from "./dom.js";
import { NAME, recall } from "./settings.js";

/** Ask where from, and copy. */
export async function copyAnswers(view) {
  const { open } = view;
  const sources = await listSources(view);
  const name = open.review.targets.find(({ id }) => id === view.target).name;
  const title = `Copy answers to ${name}`;
  if (!sources.length) {
    const none =
      "There is nothing to copy from: this review has one target, and this browser has no other review. Add a target, or import last year's review on the page of all reviews.";
    return void showDialog(title, h("p", {}, none));
  }
  const from = select(
    sources.map(({ title }, index) => [String(index), title]),
    "0",
  );
  const others = h("input", { type: "checkbox" });
  const confirm = h("input", { type: "checkbox" });
  const count = h("p", { role: "status" });
  let found = [];
  const draw = () => {
    found = copyableAnswers(open, sources[from.value], view.target, {
      others: others.checked,
      confirm: confirm.checked,
    });
    count.textContent = `${found.length} ${found.length === 1 ? "answer" : "answers"} will be copied.`;
    sure.disabled = !found.length;
  };
  const copy = () => {
    shown.close();
    const group = crypto.randomUUID();
    for (const { rule, fields } of found) open.change(rule, view.target, fields, { by: recall(NAME), group });
    announce(`${found.length} answers copied.`);
  };
  const sure = button("Copy", copy, { class: "rv-button rv-button--strong" });
  from.addEventListener("change", () => {
    confirm.checked = sources[from.value].other;
    draw();
  });
  for (const box of [others, confirm]) box.addEventListener("change", draw);
  confirm.checked = sources[0].other;
  const shown = showDialog(
    title,
    field("From", from),
    field("Replace what is already said there", others, { inline: true }),
    field("Mark each as to confirm", confirm, { inline: true }),
    h("p.rv-hint", {}, "Comments, plans and evidence are copied too. Undo takes all of it back."),
    count,
    h("p", {}, sure),
  );
  return draw();
}

// The other targets of this review, and the targets of the other reviews in this browser.
async function listSources({ open, target }) {
  const { review, store } = open;
  const here = review.targets
    .filter(({ id }) => id !== target)
    .map(({ id, name }) => ({ title: `Target: ${name}`, answers: review.answers, target: id, other: false }));
  const frames = (await store.list()).filter(({ id }) => id !== review.id);
  const loaded = await Promise.all(frames.map(({ id }) => store.load(id)));
  const there = loaded.filter(Boolean).flatMap(({ title, targets, answers = {}, edition }) =>
    targets.map(({ id, name }) => ({
      title: `Review: ${title}, ${name} (edition ${edition})`,
      answers,
      target: id,
      other: true,
    })),
  );
  return [...here, ...there];
}
