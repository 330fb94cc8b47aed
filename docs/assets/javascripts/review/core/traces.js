// What a machine found that helps to answer a rule, as evidence.

const MOST = 200; // pieces of evidence of an answer (reviews/fields.py)

/** Return the evidence of an answer with what was found, each place once. */
export function withTraces(evidence, outcome) {
  const found = (outcome?.traces ?? []).map(({ description, path, line }) => ({
    description,
    path,
    line,
    commit: outcome.commit ?? "",
    seen: outcome.at.slice(0, 10),
  }));
  return [...evidence, ...found.filter((each) => !evidence.some((other) => isSame(each, other)))].slice(0, MOST);
}

function isSame(one, other) {
  return one.path === other.path && one.line === other.line && one.description === other.description;
}
