// How far a review has come: a bar a chapter and a level, which says the same in words.

import { words } from "../core/labels.js";
import { describeScore, isBinding, tally } from "../core/score.js";
import { h, today } from "./dom.js";

const KINDS = ["met", "partial", "not-met", "not-applicable", "unanswered"];
const LEVELS = ["must", "should", "may"];

/** Draw the progress of a target into an element. */
export function drawProgress(place, open, target) {
  const day = today();
  const counted = (rules) => tally(open.review.answers, rules, target, day);
  const all = counted(open.rules);
  const total = row("All", all);
  total.classList.add("rv-bar--all");
  const parts = groups(open).map(([label, group]) =>
    h(
      "ul.rv-bars",
      { "aria-label": label },
      group.map(([title, rules]) => row(title, counted(rules))),
    ),
  );
  place.replaceChildren(
    headline(counted(open.rules.filter(isBinding)), counted(open.rules.filter((rule) => !isBinding(rule)))),
    h("ul.rv-bars", {}, total),
    h("div.rv-groups", {}, parts),
    legend(),
    ...counts(all),
    h("p.rv-hint", {}, words.formula),
  );
}

// The rules by chapter, and by level; a group of one would say what the total says.
function groups({ catalog, rules }) {
  const chapters = catalog.chapters.map(({ number, title }) => [
    `${number} ${title}`,
    rules.filter(({ chapter }) => chapter === number),
  ]);
  const levels = LEVELS.map((level) => [capital(level), rules.filter((rule) => rule.level === level)]);
  return Object.entries({ "By chapter": chapters, "By level": levels })
    .map(([label, group]) => [label, group.filter(([, some]) => some.length)])
    .filter(([, group]) => group.length > 1);
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

// The musts and shoulds, of those answered and of all that apply; the rules of the level may apart.
function headline(score, may) {
  const whole =
    score.answered && score.unanswered ? `, which is ${score["percent-of-applicable"]}% of all that apply` : "";
  const rest = may.applicable ? ` May: ${describeScore(may).toLowerCase()}.` : "";
  return h(
    "p.rv-score",
    {},
    h("strong", {}, score.percent === null ? "–" : `${score.percent}%`),
    ` Must and should: ${describeScore(score)}${whole}.${rest}`,
  );
}

function row(title, counts) {
  const sum = counts.applicable + counts["not-applicable"];
  const said = KINDS.filter((kind) => counts[kind]).map((kind) => `${counts[kind]} ${label(kind).toLowerCase()}`);
  return h(
    "li.rv-bar",
    {},
    h("span.rv-bar__title", {}, title),
    drawTrack(counts),
    h("span.rv-bar__said", {}, `${said.join(", ")} (of ${sum})`),
  );
}

/** Return the bar of some counts: a part for each kind of answer. */
export function drawTrack(counts) {
  const parts = KINDS.filter((kind) => counts[kind]).map((kind) => {
    const part = h(`span.rv-bar__part.rv-is-${kind}`, {});
    part.style.flexGrow = counts[kind];
    return part;
  });
  return h("span.rv-bar__track", { "aria-hidden": "true" }, parts);
}

function legend() {
  const entries = KINDS.map((kind) => h("span.rv-key", {}, h(`span.rv-key__mark.rv-is-${kind}`), label(kind)));
  return h("p.rv-legend", { "aria-hidden": "true" }, entries);
}

// What needs somebody, where there is any.
function counts(all) {
  const told = [
    all.overdue && `${all.overdue} overdue`,
    all.accepted && `${all.accepted} accepted risks`,
    all.incomplete && `${all.incomplete} accepted risks without an answer, end, owner or approver`,
    all.confirm && `${all.confirm} to confirm`,
  ].filter(Boolean);
  return told.length ? [h("p.rv-counts", {}, told.join(" · "))] : [];
}

function label(kind) {
  return kind === "not-applicable" ? words.not_applicable : words.values[kind];
}
