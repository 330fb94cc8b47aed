// What changed between two states of a review, or between two reviews.

import { diffAnswers } from "../core/diff.js";
import { labelAnswer } from "../core/labels.js";
import { showDialog } from "./dialogs.js";
import { field, h, select } from "./dom.js";

/** Show what changed between two states that a person chooses. */
export async function showComparison(view) {
  const { open } = view;
  const states = await listStates(open);
  if (states.length < 2) {
    showDialog(
      "Compare",
      h(
        "p",
        {},
        "There is one state of this review so far. Keep a milestone, and compare with it later; or import another review.",
      ),
    );
    return;
  }
  const pairs = states.map(({ title }, index) => [String(index), title]);
  const from = select(pairs, "1");
  const to = select(pairs, "0");
  const place = h("div", { role: "status" });
  const draw = () =>
    place.replaceChildren(...describeChanges(open, states[from.value].answers, states[to.value].answers));
  from.addEventListener("change", draw);
  to.addEventListener("change", draw);
  draw();
  showDialog("Compare", h("div.rv-toolbar", {}, field("From", from), field("To", to)), place);
}

async function listStates(open) {
  const { review, store } = open;
  const milestones = [...(review.milestones ?? [])].reverse();
  const others = (await store.list()).filter(({ id }) => id !== review.id);
  const loaded = await Promise.all(others.map(({ id }) => store.load(id)));
  return [
    { title: "This review now", answers: review.answers },
    ...milestones.map(({ title, answers }) => ({ title: `Milestone: ${title}`, answers })),
    ...loaded.filter(Boolean).map(({ title, answers = {} }) => ({ title: `Review: ${title}`, answers })),
  ];
}

function describeChanges(open, old, now) {
  const rows = [...diffAnswers(old, now)].map(({ rule, target, before, after, fields }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, rule, h("br"), h("small", {}, open.catalog.byId.get(rule)?.title ?? "no longer asked")),
      h("td", {}, open.review.targets.find(({ id }) => id === target)?.name ?? target),
      h("td", {}, labelAnswer(before)),
      h("td", {}, labelAnswer(after)),
      h("td", {}, fields.join(", ")),
    ),
  );
  if (!rows.length) return [h("p", {}, "Nothing differs.")];
  const head = ["Rule", "Target", "From", "To", "What differs"].map((text) => h("th", { scope: "col" }, text));
  return [
    h("p", {}, `${rows.length} ${rows.length === 1 ? "answer differs" : "answers differ"}.`),
    h(
      "div.rv-scroll",
      { tabindex: "0", role: "region", "aria-label": "Differences" },
      h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)),
    ),
  ];
}
