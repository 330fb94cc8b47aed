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
      `This site is edition ${words.edition} and cannot read reviews of later editions. Open the review on the site of edition ${review.edition} or later.`,
    ]);
    return undefined;
  }
  // What is looked at is taken in by its button alone: Escape leaves the review as it was.
  let taken;
  const place = h("div.rv-dialog__said", { role: "status" });
  const strong = { class: "rv-button rv-button--strong" };
  const move = async () => {
    const made = await askEngine(engine, place, "migrate", {
      review: serialize(review),
      to: words.edition,
      now: timestamp(),
    });
    if (!made) return;
    const moved = JSON.parse(made.review);
    place.replaceChildren(...migrated(moved, review));
    const take = () => {
      taken = moved;
      shown.close();
    };
    const sure = button("Take it in", take, strong);
    first.replaceWith(sure);
    sure.focus();
  };
  const first = button("Migrate", move, strong);
  engine.prepare();
  const shown = showDialog(
    `A review of edition ${review.edition}`,
    h(
      "p",
      {},
      `This is edition ${words.edition}. Answers are kept if the rule still asks the same. If it asks more, you have to confirm the answer. Answers to withdrawn rules are archived in the file.`,
    ),
    place,
    h(
      "p",
      {},
      first,
      " ",
      button("Leave it", () => shown.close()),
    ),
  );
  shown.querySelector(".rv-dialog__end")?.remove();
  await new Promise((resolve) => shown.addEventListener("close", resolve));
  return taken;
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
    h("p", {}, "This is what it becomes. Nothing has changed yet."),
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
