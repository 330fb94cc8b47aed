// How far a review has come: a bar a chapter, which says the same in words.

import { h, today } from "./dom.js";
import { tally } from "./scores.js";
import { words } from "./words.js";

const KINDS = ["met", "partial", "not-met", "not-applicable", "unanswered"];

/** Draw the progress of a target into an element. */
export function drawProgress(place, open, target) {
  const day = today();
  const rows = open.catalog.chapters
    .map((chapter) => [`${chapter.number} ${chapter.title}`, open.rules.filter((rule) => rule.chapter === chapter.number)])
    .filter(([, rules]) => rules.length)
    .map(([title, rules]) => row(title, tally(open.review.answers, rules, target, day)));
  const all = tally(open.review.answers, open.rules, target, day);
  const total = row("All", all);
  total.classList.add("rv-bar--all");
  place.replaceChildren(headline(all), h("ul.rv-bars", {}, total, rows.length > 1 ? rows : null), legend(), ...counts(all));
}

function headline(all) {
  const done = all.applicable + all["not-applicable"] - all.unanswered;
  return h(
    "p.rv-score",
    {},
    h("strong", {}, all.percent === null ? "–" : `${all.percent}%`),
    ` met: ${all.met} of ${all.applicable} that apply. ${done} of ${all.applicable + all["not-applicable"]} answered.`,
  );
}

function row(title, counts) {
  const sum = counts.applicable + counts["not-applicable"];
  const said = KINDS.filter((kind) => counts[kind]).map((kind) => `${counts[kind]} ${label(kind).toLowerCase()}`);
  const parts = KINDS.filter((kind) => counts[kind]).map((kind) => {
    const part = h(`span.rv-bar__part.rv-is-${kind}`, {});
    part.style.flexGrow = counts[kind];
    return part;
  });
  return h(
    "li.rv-bar",
    {},
    h("span.rv-bar__title", {}, title),
    h("span.rv-bar__track", { "aria-hidden": "true" }, parts),
    h("span.rv-bar__said", {}, `${said.join(", ")} (of ${sum})`),
  );
}

function legend() {
  const entries = KINDS.map((kind) => h("span.rv-key", {}, h(`span.rv-key__mark.rv-is-${kind}`), label(kind)));
  return h("p.rv-legend", { "aria-hidden": "true" }, entries);
}

// What needs somebody, where there is any.
function counts(all) {
  const told = [
    all.overdue && `${all.overdue} overdue`,
    all.accepted && `${all.accepted} accepted as a risk`,
    all.confirm && `${all.confirm} to confirm again`,
  ].filter(Boolean);
  return told.length ? [h("p.rv-counts", {}, told.join(" · "))] : [];
}

function label(kind) {
  return kind === "not-applicable" ? words.not_applicable : words.values[kind];
}
