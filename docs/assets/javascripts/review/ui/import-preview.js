// What a file that came back would change, shown before anything is taken; what would be lost is ticked apart.

import { diffAnswers } from "../core/diff.js";
import { timestamp } from "../core/document.js";
import { labelAnswer } from "../core/labels.js";
import { listLines, showDialog } from "./dialogs.js";
import { button, field, h, today } from "./dom.js";
import { NAME, recall } from "./settings.js";

/** Return who imports, and when, as the engine asks for it. */
export function importer() {
  return { by: recall(NAME), now: timestamp(), today: today() };
}

/**
 * Return what the engine `made` of a file in words, with a button that takes it. `take` is given `by`, whose answers
 * they are, the importer's unless somebody else is named, and `withLosses`.
 */
export function describeImport(open, made, name, take) {
  const review = JSON.parse(made.review);
  const found = [...diffAnswers(open.review.answers, review.answers ?? {})];
  const changes = found.map((change) => describeChange(open, change));
  const { tick, listed } = describeLosses(made);
  const by = h("input", { type: "text", maxlength: 400, value: name, autocomplete: "off" });
  const accept = () => take({ by: by.value.trim(), withLosses: Boolean(tick?.checked) });
  return [
    ...told("About the file:", made.remarks),
    changes.length
      ? told(`${changes.length} ${changes.length === 1 ? "answer changes" : "answers change"}:`, changes)
      : h("p", {}, "No answers change."),
    ...told(count(made.conflicts, "conflict", "The review keeps its value and lists both:"), made.conflicts),
    ...listed,
    ...(changes.length || made.conflicts.length || made.losses.length
      ? [field("Answered by", by, { hint: BY }), h("p", {}, takeButton("Import answers", accept))]
      : []),
  ].flat();
}

const BY = "The name that goes with each answer that changes, unless the file names another.";

/** Show what the engine `made` of a workbook that is opened alone. Returns the review, or undefined where it is left. */
export function confirmOpening(file, made) {
  const review = JSON.parse(made.review);
  if (![made.remarks, made.conflicts, made.losses].some((lines) => lines.length)) return Promise.resolve(review);
  return new Promise((resolve) => {
    const { tick, listed } = describeLosses(made);
    const open = takeButton("Open as a review", () => {
      resolve(tick?.checked ? JSON.parse(made.lossy) : review);
      shown.close();
    });
    const shown = showDialog(file.name, told("About the file:", made.remarks), listed, h("p", {}, open));
    shown.addEventListener("close", () => resolve(undefined));
  });
}

function describeLosses({ losses }) {
  if (!losses.length) return { listed: [] };
  const tick = h("input", { type: "checkbox", id: "take-losses" });
  const label = h("label", { for: tick.id }, "Take these too");
  const heading = count(losses, "loss", "Not taken unless you tick the box:", "losses");
  return { tick, listed: [...told(heading, losses), h("p", {}, tick, " ", label)] };
}

const count = ({ length }, noun, then, nouns = `${noun}s`) => `${length} ${length === 1 ? noun : nouns}. ${then}`;

const told = (heading, lines) => (lines.length ? [h("p", {}, heading), listLines(lines)] : []);

const takeButton = (label, take) => button(label, take, { class: "rv-button rv-button--strong" });

// What an import changes of an answer: from what, to what, and what else.
function describeChange({ catalog, review }, { rule, target, before, after, fields }) {
  const name = review.targets.find(({ id }) => id === target)?.name ?? target;
  const others = fields.filter((each) => each !== "answer");
  const said = fields.includes("answer") ? [`${labelAnswer(before)} → ${labelAnswer(after)}`] : [];
  return `${rule} ${catalog.byId.get(rule)?.title ?? ""}, ${name}: ${[...said, ...others].join("; ")}`;
}

/** Return a line that names the rules that were answered and that the guide has never had, if any. */
export function describeUnknown(catalog, review) {
  const unknown = Object.keys(review.answers ?? {})
    .filter((rule) => !catalog.byId.has(rule) && !catalog.retired.has(rule))
    .sort();
  if (!unknown.length) return [];
  const answers = unknown.reduce((sum, rule) => sum + Object.keys(review.answers[rule]).length, 0);
  const shown = [...unknown.slice(0, 10), ...(unknown.length > 10 ? ["…"] : [])].join(", ");
  return [
    `${answers.toLocaleString("en")} ${answers === 1 ? "answer" : "answers"} to rules that this edition does not know: ${shown}`,
  ];
}
