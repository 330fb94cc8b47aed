// A review of another edition is moved to that of this site, by what changed between them.

import { serialize, timestamp } from "../core/document.js";
import { words } from "../core/labels.js";
import { showDialog, showProblems } from "./dialogs.js";
import { button, h } from "./dom.js";
import { askEngine } from "./transfer.js";

/** Return a review as it stands in the edition of this site, moved there if a person wants it; else undefined. */
export async function migrateToThisEdition(engine, review) {
  if (review.edition === words.edition) return review;
  if (isLater(review.edition)) {
    showProblems(`A review of edition ${review.edition}`, [
      `This is the site of edition ${words.edition}, which does not know later ones. Open the review on the site of edition ${review.edition} or a later one.`,
    ]);
    return undefined;
  }
  let moved;
  const place = h("div.rv-dialog__said", { role: "status" });
  const move = button(
    "Move it",
    async () => {
      const made = await askEngine(engine, place, "migrate", {
        review: serialize(review),
        to: words.edition,
        now: timestamp(),
      });
      if (!made) return;
      moved = JSON.parse(made.review);
      place.replaceChildren(...migrated(moved, review));
      move.remove();
    },
    { class: "rv-button rv-button--strong" },
  );
  const shown = showDialog(
    `A review of edition ${review.edition}`,
    h(
      "p",
      {},
      `This is edition ${words.edition}. Answers to rules that still ask the same are kept; those that ask more have to be confirmed; those of rules that are gone are archived in the file.`,
    ),
    h("p", {}, move),
    place,
  );
  await new Promise((resolve) => shown.addEventListener("close", resolve));
  return moved;
}

// A site knows the editions before its own, and not those that came later.
const isLater = (edition) => words.edition !== "next" && (edition === "next" || edition > words.edition);

// What became of the answers, in words, however many editions lie between.
function migrated(moved, before) {
  const [then, now] = [before.answers ?? {}, moved.answers ?? {}];
  const asks = (rule) => Object.values(now[rule]).some(({ confirm }) => confirm);
  const rules = Object.keys(now);
  const line = (label, some) =>
    h("li", {}, `${label}: ${some.length ? `${some.length} (${some.join(", ")})` : "none"}`);
  return [
    h("p", {}, "Moved. Close this to take it in."),
    h(
      "ul",
      {},
      h("li", {}, `Kept: ${rules.filter((rule) => !asks(rule)).length}`),
      line("To confirm", rules.filter(asks)),
      line(
        "Archived",
        Object.keys(then).filter((rule) => !now[rule]),
      ),
    ),
  ];
}
