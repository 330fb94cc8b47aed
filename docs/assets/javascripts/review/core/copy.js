// Which answers of one target, of this review or of another, can be copied to a target, and what they are there.

// What somebody said, without who said it and when: the one who copies says it now.
const SAID = ["value", "not_applicable", "comment", "evidence", "disposition", "confidence", "revision", "text_hash"];

/**
 * Return `{ rule, fields }` for each answer of a source that a target can take: `others` replaces what is said there, `confirm` asks for each to be confirmed. What answered another revision of a rule asks in any case.
 */
export function copyableAnswers(open, { answers, target: from }, target, { others, confirm }) {
  return open.rules.flatMap((rule) => {
    const given = answers[rule.id]?.[from];
    if (!given || (open.answer(rule.id, target) && !others)) return [];
    const said = Object.fromEntries(
      SAID.filter((key) => key in given).map((key) => [key, structuredClone(given[key])]),
    );
    const asks = isAnswered(given) && (confirm || given.confirm || given.revision !== rule.revision);
    return [{ rule, fields: { value: "unanswered", ...blank(), ...said, confirm: Boolean(asks) } }];
  });
}

const isAnswered = (answer) => Boolean(answer?.not_applicable || (answer?.value ?? "unanswered") !== "unanswered");

// What the source does not say is not left from what stood there.
const blank = () => ({ not_applicable: null, comment: "", evidence: [], disposition: {}, confidence: null });
