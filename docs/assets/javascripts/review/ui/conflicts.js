// Where a merge found that both sides had changed the same: the review holds what it had until somebody decides.

import { serialize } from "../core/document.js";
import { words } from "../core/labels.js";
import { nameOf } from "../core/people.js";
import { announce, button, focusHeading, h } from "./dom.js";
import { askEngine } from "./transfer.js";

/** Draw what is left to decide of the open review into an element, which keeps the focus while something is left. */
export function drawConflicts(place, view) {
  const held = place.contains(document.activeElement);
  fillConflicts(place, view);
  if (held) focusHeading(place.hidden ? view.whole : place);
}

function fillConflicts(place, view) {
  const conflicts = view.open.review.conflicts ?? [];
  place.hidden = !conflicts.length;
  if (!conflicts.length) return place.replaceChildren();
  const status = h("div", { role: "status" });
  return place.replaceChildren(
    h("h2", { id: "conflicts-title", tabindex: "-1" }, `Conflicts to resolve: ${conflicts.length}`),
    h("p", {}, "Both copies changed the same answer. The review keeps your value until you decide."),
    conflicts.length > 1 ? h("p", {}, sides(conflicts, view, status, "all")) : "",
    h(
      "ul.rv-conflicts",
      {},
      conflicts.map((conflict) => entry(conflict, view, status)),
    ),
    status,
  );
}

function entry(conflict, view, status) {
  const name = named(conflict.place, view.open);
  return h(
    "li.rv-conflict",
    {},
    h("strong", {}, name),
    h(
      "dl",
      {},
      h("dt", {}, "Here"),
      h("dd", {}, told(conflict, "ours", view.open.review)),
      h("dt", {}, "In the file"),
      h("dd", {}, told(conflict, "theirs", view.open.review)),
    ),
    h("p", {}, sides([conflict], view, status, name)),
  );
}

// The buttons that decide some conflicts, for what is here or for the other side.
function sides(conflicts, view, status, name) {
  const all = conflicts.length > 1 ? " in all" : "";
  return [
    ["ours", "Keep yours"],
    ["theirs", "Use the file's"],
  ].map(([side, label]) => [
    button(`${label}${all}`, () => settle(conflicts, side, view, status), { "aria-label": `${label}: ${name}` }),
    " ",
  ]);
}

async function settle(conflicts, side, view, status) {
  const places = conflicts.map(({ place }) => place);
  const decided = async (review) => {
    const made = await askEngine(view.engine, status, "decide", { review: serialize(review), places, side });
    return made && JSON.parse(made.review);
  };
  if (await view.open.rework(decided)) announce("Decided.");
}

function named([part, ...keys], { catalog, review }) {
  if (!["answers", "outcomes"].includes(part)) return [part, ...keys].join(", ");
  const [rule, target, ...fields] = keys;
  const system = review.targets.find(({ id }) => id === target)?.name ?? target;
  return [
    `${rule} ${catalog.byId.get(rule)?.title ?? ""}`.trim(),
    system,
    ...fields.map((each) => words.fields[each] ?? each),
  ]
    .filter(Boolean)
    .join(", ");
}

// The value of a side in words, as far as there are any.
function told(conflict, side, review) {
  const { place, [side]: value } = conflict;
  if (value === null || value === undefined) return "nothing";
  if (["owner", "approver"].includes(place.at(-1))) return String(nameOf(review, value));
  if (typeof value !== "object") return words.values[value] ?? String(value);
  if (words.plans[value.plan])
    return [
      words.plans[value.plan],
      value.until && `until ${value.until}`,
      value.approver && `approved by ${nameOf(review, value.approver)}`,
    ]
      .filter(Boolean)
      .join(", ");
  if (value.value || value.not_applicable)
    return value.not_applicable ? `${words.not_applicable}: ${value.not_applicable.text}` : words.values[value.value];
  return JSON.stringify(value, null, 1);
}
