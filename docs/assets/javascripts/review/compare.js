// What changed between two states of a review, or between two reviews.

import { dialog } from "./dialogs.js";
import { same } from "./document.js";
import { field, h, select } from "./dom.js";
import { answered, words } from "./labels.js";

// What somebody said. Who said it and when is no change of it (reviews/comparing.py).
const FIELDS = ["comment", "evidence", "disposition", "confidence", "confirm", "revision"];

/** Show what changed between two states that a person chooses. */
export async function compare(view) {
  const { open } = view;
  const states = await statesOf(open);
  if (states.length < 2) {
    dialog("Compare", h("p", {}, "There is nothing to compare with yet. Record a milestone now and compare with it later, or import another review."));
    return;
  }
  const pairs = states.map(({ title }, index) => [String(index), title]);
  const from = select(pairs, "1");
  const to = select(pairs, "0");
  const place = h("div", { role: "status" });
  const draw = () => place.replaceChildren(...describeChanges(open, states[from.value].answers, states[to.value].answers));
  from.addEventListener("change", draw);
  to.addEventListener("change", draw);
  draw();
  dialog("Compare", h("div.rv-toolbar", {}, field("From", from), field("To", to)), place);
}

async function statesOf(open) {
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
  const rows = [...changes(old, now)].map(({ rule, target, before, after, fields }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, rule, h("br"), h("small", {}, open.catalog.byId.get(rule)?.title ?? "no longer in the guide")),
      h("td", {}, open.review.targets.find(({ id }) => id === target)?.name ?? target),
      h("td", {}, answered(before)),
      h("td", {}, answered(after)),
      h("td", {}, fields.join(", ")),
    ),
  );
  if (!rows.length) return [h("p", {}, "No differences.")];
  const head = ["Rule", "Target", "From", "To", "Difference"].map((text) => h("th", { scope: "col" }, text));
  return [
    h("p", {}, `${rows.length} ${rows.length === 1 ? "answer differs" : "answers differ"}.`),
    h("div.rv-scroll", { tabindex: "0", role: "region", "aria-label": "Differences" }, h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows))),
  ];
}

/** Yield the answers that say something else in the new state, by rule and target. */
export function* changes(old, now) {
  for (const rule of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort())
    for (const target of [...new Set([...Object.keys(old[rule] ?? {}), ...Object.keys(now[rule] ?? {})])].sort()) {
      const before = old[rule]?.[target];
      const after = now[rule]?.[target];
      const fields = differing(before ?? {}, after ?? {});
      if (fields.length) yield { rule, target, before, after, fields };
    }
}

function differing(before, after) {
  const kept = (name, nothing = null) => same(before[name] ?? nothing, after[name] ?? nothing);
  const answer = kept("value", "unanswered") && kept("not_applicable") ? [] : ["answer"];
  const revision = "revision" in before && "revision" in after;
  const others = FIELDS.filter((name) => (name !== "revision" || revision) && !kept(name));
  return [...answer, ...others.map((name) => words.fields[name] ?? name)];
}
