// What a review came to, as the engine works it out (src/vger_guide/reviews/results.py).

import { diffAnswers } from "./diff.js";
import { addTallies, gaps, isBinding, isOverdue, tally } from "./score.js";

export const ACTIONS = ["lapsed", "no-plan", "incomplete", "planned", "accepted"];
const LEVELS = ["must", "should", "may"];
export const SEVERITIES = ["critical", "high", "medium", "low"];
const DIRECTIONS = ["worse", "better", "answered", "other"];
const RANKS = { "not-met": 0, partial: 1, met: 2 };

/** Return how the action of an answer stands on a day: one of ACTIONS, or null where it asks for none. */
export function actionState(answer, day) {
  const plan = answer?.disposition?.plan ?? "none";
  if (!answer || answer.not_applicable || answer.value === "met") return null;
  if (isOverdue(answer, day)) return "lapsed";
  if (plan === "risk-accepted") return gaps(answer).length ? "incomplete" : "accepted";
  if (plan === "planned") return "planned";
  return (answer.value ?? "unanswered") === "unanswered" ? null : "no-plan";
}

/** Return whether a rule applies and is not met, and its risk is not accepted by somebody, for a time. */
export function isOpen(answer, day) {
  return !answer?.not_applicable && answer?.value !== "met" && actionState(answer, day) !== "accepted";
}

/** Return what a change of an answer means: `worse`, `better`, `answered` or `other`. */
export function direction(before, after) {
  const [old, now] = [rank(before), rank(after)];
  if (old === undefined || now === undefined)
    return old === undefined && now !== undefined && !before?.not_applicable ? "answered" : "other";
  return now > old ? "better" : now < old ? "worse" : "other";
}

const rank = (answer) => (answer && !answer.not_applicable ? RANKS[answer.value] : undefined);

const weigh = ({ level, severity }) => LEVELS.indexOf(level) * SEVERITIES.length + SEVERITIES.indexOf(severity);

/** Return the must and critical rules that are open for some target: by weight, and what failed first. */
export function listOpen({ review, rules }, day) {
  const found = rules
    .filter(({ level, severity }) => level === "must" || severity === "critical")
    .map((rule) => {
      const targets = review.targets.filter(({ id }) => isOpen(review.answers[rule.id]?.[id], day));
      const failed = targets.some(({ id }) => (review.answers[rule.id]?.[id]?.value ?? "unanswered") !== "unanswered");
      return { rule, targets, order: weigh(rule) * 2 + (failed ? 0 : 1) };
    });
  return found.filter(({ targets }) => targets.length).sort((one, other) => one.order - other.order);
}

/** Return how many musts are open, over all targets. */
export function countOpenMusts({ review, rules }, day, answers = review.answers) {
  return countOpen(
    answers,
    rules.filter(({ level }) => level === "must"),
    review.targets,
    day,
  );
}

function countOpen(answers, rules, targets, day) {
  return rules.reduce((sum, rule) => sum + targets.filter(({ id }) => isOpen(answers[rule.id]?.[id], day)).length, 0);
}

/** Return the actions, the most urgent first, then what weighs most, then what is due first. */
export function listActions({ review, rules }, day) {
  const found = [];
  for (const rule of rules)
    for (const target of review.targets) {
      const answer = review.answers[rule.id]?.[target.id];
      const state = actionState(answer, day);
      if (state) found.push({ rule, target, answer, state });
    }
  const due = ({ answer }) => answer.disposition?.until ?? "9999-12-31";
  return found.sort(
    (one, other) =>
      ACTIONS.indexOf(one.state) - ACTIONS.indexOf(other.state) ||
      weigh(one.rule) - weigh(other.rule) ||
      (due(one) < due(other) ? -1 : due(one) > due(other) ? 1 : 0),
  );
}

/** Return the counts of what is open by level, and in each by severity: `failed`, `unanswered`, `applicable`. */
export function countRisks({ review, rules }, day) {
  return LEVELS.filter((level) => rules.some((rule) => rule.level === level)).map((level) => [
    level,
    SEVERITIES.map((severity) => {
      const asked = rules.filter((rule) => rule.level === level && rule.severity === severity);
      const answers = asked.flatMap((rule) => review.targets.map(({ id }) => review.answers[rule.id]?.[id]));
      const applying = answers.filter((answer) => !answer?.not_applicable);
      const open = applying.filter((answer) => isOpen(answer, day));
      const unanswered = open.filter((answer) => (answer?.value ?? "unanswered") === "unanswered").length;
      return { failed: open.length - unanswered, unanswered, applicable: applying.length };
    }),
  ]);
}

/** Return what each target came to. */
export function listTargets({ review, rules }, day) {
  return review.targets.map((target) => {
    const counted = (some) => tally(review.answers, some, target.id, day);
    const open = (some) => countOpen(review.answers, some, [target], day);
    const states = rules.map((rule) => actionState(review.answers[rule.id]?.[target.id], day));
    return {
      target,
      score: counted(rules.filter(isBinding)),
      may: counted(rules.filter((rule) => !isBinding(rule))),
      all: counted(rules),
      openMusts: open(rules.filter(({ level }) => level === "must")),
      openCritical: open(rules.filter(({ severity }) => severity === "critical")),
      withoutPlan: states.filter((state) => state === "no-plan").length,
      lapsed: states.filter((state) => state === "lapsed").length,
    };
  });
}

/** Return the counts at each milestone, on its day, and those of today last, by the rules that are asked today. */
export function listTrend({ review, rules }, day) {
  const binding = rules.filter(isBinding);
  const point = (title, on, answers) => ({
    title,
    day: on,
    score: addTallies(review.targets.map(({ id }) => tally(answers, binding, id, on))),
    openMusts: countOpenMusts({ review, rules }, on, answers),
  });
  const kept = (review.milestones ?? []).map(({ title, at, answers }) => point(title, at.slice(0, 10), answers));
  return [...kept, point("Now", day, review.answers)];
}

/** Return the answers that differ from the last milestone, the worse first. */
export function listChanges({ review, rules }) {
  const last = review.milestones?.at(-1);
  if (!last) return [];
  const order = new Map(rules.map((rule, place) => [rule.id, place]));
  const targets = new Set(review.targets.map(({ id }) => id));
  return [...diffAnswers(last.answers, review.answers)]
    .filter(({ rule, target }) => order.has(rule) && targets.has(target))
    .map((change) => ({ ...change, direction: direction(change.before, change.after) }))
    .sort(
      (one, other) =>
        DIRECTIONS.indexOf(one.direction) - DIRECTIONS.indexOf(other.direction) ||
        (order.get(one.rule) ?? 0) - (order.get(other.rule) ?? 0),
    );
}
