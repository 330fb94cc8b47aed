// The review document (schema/review-1.schema.json): a new one, its text, and what is asked of a file that comes in.

import { words } from "./labels.js";

// What the parts of an answer hold where nobody said anything (reviews/models.py). Keys that are not known are kept.
const NOTHING = {
  value: "unanswered",
  not_applicable: null,
  disposition: {},
  comment: "",
  evidence: [],
  confidence: null,
  by: "",
  carried_from: "",
  confirm: false,
  plan: "none",
  owner: "",
  until: null,
  approver: "",
  ticket: "",
  description: "",
  address: "",
  commit: "",
  path: "",
  line: 0,
  seen: null,
  profile: "",
  stage: "",
  workload: "",
  chapters: [],
};

/** Return the moment as the document has it: UTC, whole seconds. */
export function timestamp() {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/** Return an empty review of a selection of the rules. */
export async function createReview(catalog, { title, selection, targets }) {
  const now = timestamp();
  return {
    $schema: words.schema,
    schemaVersion: 1,
    id: crypto.randomUUID(),
    title,
    edition: catalog.edition,
    content_hash: await catalog.contentHash(selection),
    selection: prune(selection),
    created: now,
    updated: now,
    generator: words.generator,
    targets,
  };
}

/** Return an answer, or a selection, without the keys that say nothing, as the document leaves them out. */
export function prune(part) {
  const said = { ...part };
  if (said.disposition) said.disposition = prune(said.disposition);
  if (said.evidence) said.evidence = said.evidence.map(prune);
  for (const [key, nothing] of Object.entries(NOTHING))
    if (key in said && isEqual(said[key], nothing)) delete said[key];
  return said;
}

const FRAME = new Set(["revision", "text_hash", "by", "at"]);

/** Return an answer with fields changed, undefined standing for none; null where nothing is said any more. */
export function applyFields(answer, fields) {
  const changed = prune({ ...answer, ...fields });
  for (const [key, value] of Object.entries(changed)) if (value === undefined) delete changed[key];
  return Object.keys(changed).some((key) => !FRAME.has(key)) ? changed : null;
}

/** Return whether two values are the same, in whatever order their keys stand. */
export function isEqual(one, other) {
  return JSON.stringify(sortKeys(one)) === JSON.stringify(sortKeys(other));
}

/** Return the text of a document: sorted keys, so that a change of it is small in git. */
export function serialize({ answers, ...frame }) {
  const review = Object.keys(answers ?? {}).length ? { ...frame, answers } : frame;
  return `${JSON.stringify(sortKeys(review), null, 1)}\n`;
}

/** Return the SHA-256, in hexadecimal, of a document with sorted keys, without some of its keys. */
export async function digestOf(document, without) {
  const kept = Object.entries(document).filter(([key]) => !without.includes(key));
  const { answers, ...rest } = Object.fromEntries(kept);
  const said = Object.keys(answers ?? {}).length ? { ...rest, answers } : rest;
  const text = JSON.stringify(sortKeys(said));
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sortKeys(value) {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Return an id for a name, such as `web-shop`, that is not taken yet. */
export function makeId(name, taken, otherwise) {
  // As Python folds cases: the one letter that differs and is seen in names.
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^\x20-\x7e]/g, "");
  const stem =
    plain
      .replace(/[^a-z0-9]+/g, "-")
      .slice(0, 60)
      .replace(/^-+|-+$/g, "") || otherwise;
  let id = stem;
  for (let n = 2; taken.has(id); n++) id = `${stem}-${n}`;
  return id;
}

/** Return a name for a file of a review. */
export function makeFileName(review, suffix) {
  return makeId(review.title, new Set(), "review") + suffix;
}
