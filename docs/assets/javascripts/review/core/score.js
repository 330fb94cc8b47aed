// Scores by the engine's formula 2: met of answered and of applicable, what is open apart (src/vger_guide/reviews/score.py).

/** Return how many answers of each kind a target has to some rules. */
export function tally(answers, rules, target, day) {
  const counts = {
    met: 0,
    partial: 0,
    "not-met": 0,
    unanswered: 0,
    "not-applicable": 0,
    accepted: 0,
    incomplete: 0,
    overdue: 0,
    confirm: 0,
  };
  for (const rule of rules) {
    const answer = answers[rule.id]?.[target];
    counts[answer?.not_applicable ? "not-applicable" : (answer?.value ?? "unanswered")]++;
    if (answer?.confirm) counts.confirm++;
    if (!answer || answer.not_applicable) continue;
    if (isAccepted(answer, day)) counts[gaps(answer).length ? "incomplete" : "accepted"]++;
    if (isOverdue(answer, day)) counts.overdue++;
  }
  return withShares(counts);
}

function withShares(counts) {
  const answered = counts.met + counts.partial + counts["not-met"];
  const applicable = answered + counts.unanswered;
  const percent = (whole) => (whole ? Math.floor((counts.met * 100) / whole) : null);
  return { ...counts, answered, applicable, percent: percent(answered), "percent-of-applicable": percent(applicable) };
}

/** Return the sums of counts. */
export function addTallies(tallies) {
  const sums = {};
  for (const { percent, "percent-of-applicable": _, ...counts } of tallies)
    for (const [key, count] of Object.entries(counts)) sums[key] = (sums[key] ?? 0) + count;
  return withShares(sums);
}

/** Return whether a rule counts in the score; those of the level may are counted apart. */
export const isBinding = ({ level }) => level !== "may";

/** Return a score in words, such as `12 of 20 answered rules met (60%), 61 of 81 open`. */
export function describeScore(counts) {
  const open = `${counts.unanswered} of ${counts.applicable} open`;
  if (!counts.applicable) return "No rule applies";
  if (!counts.answered) return `No rule answered, ${open}`;
  const share = `${counts.met} of ${counts.answered} answered rules met (${counts.percent}%)`;
  return counts.unanswered ? `${share}, ${open}` : share;
}

/** Return what an accepted risk lacks: `answer`, `end`, `owner` and `approver`; nothing for anything else. */
export function gaps(answer) {
  const { plan, until, owner, approver } = answer?.disposition ?? {};
  if (plan !== "risk-accepted" || answer.value === "met" || answer.not_applicable) return [];
  const given = {
    answer: (answer.value ?? "unanswered") !== "unanswered",
    end: until,
    owner: owner?.trim(),
    approver: approver?.trim(),
  };
  return Object.keys(given).filter((name) => !given[name]);
}

/** Return whether a risk is accepted while the rule is not met: after its last day it reopens by itself. */
export function isAccepted(answer, day) {
  const { plan, until } = answer.disposition ?? {};
  return answer.value !== "met" && plan === "risk-accepted" && (!until || until >= day);
}

/** Return whether a plan or an accepted risk has lapsed while the rule is not met. */
export function isOverdue(answer, day) {
  const { plan, until } = answer.disposition ?? {};
  return answer.value !== "met" && Boolean(plan && plan !== "none") && Boolean(until && until < day);
}

/** Return the counts of several targets as a milestone keeps them. */
export function score(answers, rules, targets, day) {
  const all = targets.map((target) => tally(answers, rules, target.id, day));
  const sum = (key) => all.reduce((total, counts) => total + counts[key], 0);
  return {
    formula: 1,
    met: sum("met"),
    applicable: sum("applicable"),
    unanswered: sum("unanswered"),
    not_applicable: sum("not-applicable"),
  };
}

/** Return whether a check says something else than a person did (reviews/outcomes.py). */
export function isDisputed(answer, outcome) {
  if (!outcome) return false;
  const value = answer?.value ?? "unanswered";
  if (outcome.outcome === "fail") return !outcome.waived && (Boolean(answer?.not_applicable) || value === "met");
  if (outcome.outcome !== "pass" || answer?.not_applicable) return false;
  return value === "not-met" || (value === "partial" && outcome.strength === "proof");
}
