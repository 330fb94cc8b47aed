// Scores by the engine's formula 1: rules that are met, of those that apply (src/vger_guide/reviews/score.py).

/** Return how many answers of each kind a target has to some rules. */
export function tally(answers, rules, target, day) {
  const counts = {
    met: 0,
    partial: 0,
    "not-met": 0,
    unanswered: 0,
    "not-applicable": 0,
    accepted: 0,
    overdue: 0,
    confirm: 0,
  };
  for (const rule of rules) {
    const answer = answers[rule.id]?.[target];
    counts[answer?.not_applicable ? "not-applicable" : (answer?.value ?? "unanswered")]++;
    if (answer?.confirm) counts.confirm++;
    if (!answer || answer.not_applicable) continue;
    if (isAccepted(answer, day)) counts.accepted++;
    if (isOverdue(answer, day)) counts.overdue++;
  }
  const applicable = counts.met + counts.partial + counts["not-met"] + counts.unanswered;
  return { ...counts, applicable, percent: applicable ? Math.floor((counts.met * 100) / applicable) : null };
}

function isAccepted(answer, day) {
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
