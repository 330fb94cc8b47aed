// The shapes that the scripts share, for their reader and for tsc; schema/review-1.schema.json says them in full.

/**
 * Which rules a review asks; what is left out limits nothing.
 * @typedef {{ profile?: string, stage?: string, workload?: string, chapters?: string[] }} Selection
 */

/**
 * The answer to a rule for a target.
 * @typedef {Record<string, any> & { value?: string, not_applicable?: { code: string, text: string } | null }} Answer
 */

/**
 * Answers by rule and target.
 * @typedef {Record<string, Record<string, Answer>>} Answers
 */

/**
 * A change of an answer: the rule, the target, and what the answer is then.
 * @typedef {[rule: string, target: string, answer: Answer | null]} Change
 */

/**
 * Fields of an answer that are to be changed.
 * @typedef {{ rule: string, target: string, fields: Partial<Answer> }} Patch
 */

export {};
