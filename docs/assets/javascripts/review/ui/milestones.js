// Milestones: the answers and the score of a day, kept in the review to compare with later.

import { makeId, timestamp } from "../core/document.js";
import { score } from "../core/score.js";
import { showDialog } from "./dialogs.js";
import { announce, button, field, h, today } from "./dom.js";

/** Ask for a title, and keep the state of the open review under it. */
export function keepMilestone(open) {
  const usual = `State of ${today()}`;
  const title = h("input", { type: "text", maxlength: 400, value: usual });
  const keep = () => {
    const made = milestone(open, title.value.trim() || usual);
    open.frame((frame) => ({ ...frame, milestones: [...(frame.milestones ?? []), made] }));
    shown.close();
    announce(`Milestone kept: ${made.title}`);
  };
  const shown = showDialog(
    "Keep a milestone",
    h("p", {}, "The answers and the score as they stand, to compare with later."),
    field("Title", title),
    h("p", {}, button("Keep it", keep, { class: "rv-button rv-button--strong" })),
  );
}

function milestone({ review, rules }, title) {
  const taken = new Set((review.milestones ?? []).map(({ id }) => id));
  return {
    id: makeId(title, taken, "milestone"),
    title,
    at: timestamp(),
    answers: structuredClone(review.answers),
    score: score(review.answers, rules, review.targets, today()),
  };
}
