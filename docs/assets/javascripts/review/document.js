// The review document (schema/review-1.schema.json): a new one, its text, and what is asked of a file that comes in.

import { words } from "./words.js";

const NOTHING = { value: "unanswered", plan: "none" };

/** Return the moment as the document has it: UTC, whole seconds. */
export function moment() {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/** Return an empty review of a selection of the rules. */
export async function newReview(catalog, { title, selection, targets }) {
  const now = moment();
  return {
    $schema: words.schema,
    schemaVersion: 1,
    id: crypto.randomUUID(),
    title,
    edition: catalog.edition,
    content_hash: await catalog.contentHash(selection),
    selection: pruned(selection),
    created: now,
    updated: now,
    generator: words.generator,
    targets,
  };
}

/** Return an answer without the keys that say nothing, as the document leaves them out. */
export function pruned(part) {
  const entries = Object.entries(part)
    .map(([key, value]) => [key, isObject(value) ? pruned(value) : Array.isArray(value) ? value.map(inner) : value])
    .filter(([key, value]) => !empty(value) && value !== NOTHING[key]);
  return Object.fromEntries(entries);
}

const inner = (value) => (isObject(value) ? pruned(value) : value);

function empty(value) {
  if (isObject(value)) return !Object.keys(value).length;
  return value === "" || value === null || value === undefined || value === false || value === 0 || value.length === 0;
}

/** Return the text of a document: sorted keys, so that a change of it is small in git. */
export function written({ answers, ...frame }) {
  const review = Object.keys(answers ?? {}).length ? { ...frame, answers } : frame;
  return JSON.stringify(sorted(review), null, 1) + "\n";
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Return an id for a name, such as `web-shop`, that is not taken yet. */
export function idOf(name, taken, otherwise) {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[^\x20-\x7e]/g, "");
  const stem = plain.replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "") || otherwise;
  let id = stem;
  for (let n = 2; taken.has(id); n++) id = `${stem}-${n}`;
  return id;
}

/** Return a name for a file of a review. */
export function fileName(review, suffix) {
  return idOf(review.title, new Set(), "review") + suffix;
}
