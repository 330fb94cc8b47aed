// What changed between two states of a review, answer by answer (src/vger_guide/reviews/diff.py).

import { isEqual } from "./document.js";
import { words } from "./labels.js";

// What somebody said. Who said it and when is no change of it (reviews/diff.py).
const FIELDS = ["comment", "evidence", "disposition", "confidence", "confirm", "revision"];

/** Yield the answers that say something else in the new state, by rule and target. */
export function* diffAnswers(old, now) {
  for (const rule of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort())
    for (const target of [...new Set([...Object.keys(old[rule] ?? {}), ...Object.keys(now[rule] ?? {})])].sort()) {
      const before = old[rule]?.[target];
      const after = now[rule]?.[target];
      const fields = listDifferences(before ?? {}, after ?? {});
      if (fields.length) yield { rule, target, before, after, fields };
    }
}

function listDifferences(before, after) {
  const isKept = (name, /** @type {string | null} */ nothing = null) =>
    isEqual(before[name] ?? nothing, after[name] ?? nothing);
  const answer = isKept("value", "unanswered") && isKept("not_applicable") ? [] : ["answer"];
  const revision = "revision" in before && "revision" in after;
  const others = FIELDS.filter((name) => (name !== "revision" || revision) && !isKept(name));
  return [...answer, ...others.map((name) => words.fields[name] ?? name)];
}
