// A review begun from a template, as the engine begins one (src/vger_guide/reviews/template.py).

import { makeId, timestamp } from "./document.js";
import { words } from "./labels.js";

// What a review holds of its own course, which no other begins with.
const COURSE = [
  "state",
  "template",
  "commit",
  "conclusion",
  "conditions",
  "sign_offs",
  "outcomes",
  "milestones",
  "migrations",
  "conflicts",
];

/**
 * Return a review begun from a template, of this edition, with its answers. A target that the template does not have,
 * by its name, gets the answers of the only one there, or none.
 */
export function beginFrom(template, title, names) {
  const now = timestamp();
  const kept = Object.fromEntries(Object.entries(template).filter(([key]) => !COURSE.includes(key)));
  const taken = new Set();
  const targets = names.map((name) => {
    const there = template.targets.find((each) => each.name === name);
    const id = there?.id ?? makeId(name, new Set([...taken, ...template.targets.map((each) => each.id)]), "target");
    taken.add(id);
    return there ?? { id, name };
  });
  return {
    ...kept,
    id: crypto.randomUUID(),
    title,
    targets,
    answers: copyAnswers(template, targets),
    created: now,
    updated: now,
    generator: words.generator,
  };
}

function copyAnswers({ targets: there, answers = {} }, targets) {
  const only = there.length === 1 ? there[0].id : undefined;
  const sources = targets.map(({ id }) => [id, there.some((each) => each.id === id) ? id : only]);
  const rules = Object.entries(answers).map(([rule, byTarget]) => {
    const given = sources.filter(([, source]) => source && byTarget[source]);
    return [rule, Object.fromEntries(given.map(([id, source]) => [id, structuredClone(byTarget[source])]))];
  });
  return Object.fromEntries(rules.filter(([, byTarget]) => Object.keys(byTarget).length));
}
