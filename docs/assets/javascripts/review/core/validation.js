// Whether a file is a review: asked whole before anything of it is taken, by the published schema.

const SHOWN = 20;
let validator;

/** Fetch the schema and what reads it. */
export async function loadSchema(schemaAddress, libraryAddress) {
  const [{ Validator }, answer] = await Promise.all([import(libraryAddress), fetch(schemaAddress)]);
  if (!answer.ok) throw new Error(`the schema of reviews could not be loaded: ${answer.status}`);
  validator = new Validator(await answer.json(), "2020-12", false);
}

/** Return the review that the bytes of a file hold, or the problems that it has, as the engine says them. */
export function parseDocument(bytes) {
  const broken = findBrokenByte(bytes);
  if (broken >= 0)
    return { problems: [`It is not UTF-8 (byte ${(broken + 1).toLocaleString("en")}); save it as UTF-8`] };
  return parseReview(new TextDecoder().decode(bytes));
}

// Where UTF-8 breaks off, or -1: a sign that stands for what is none comes out as other bytes than went in.
function findBrokenByte(bytes) {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return -1;
  } catch {
    const whole = new TextEncoder().encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
    let place = whole.findIndex((byte, index) => byte !== bytes[index]);
    while (place > 0 && (whole[place] & 0xc0) === 0x80) place--;
    return place;
  }
}

// The first key that an object of a text has twice, or undefined; the text is JSON already.
function findDoubledKey(text) {
  const open = [];
  let last;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]/gs)) {
    const keys = open.at(-1);
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":" && keys) {
      const key = JSON.parse(last);
      if (keys.has(key)) return key;
      keys.add(key);
    }
    last = token;
  }
  return undefined;
}

/** Return the review that a text holds, or the problems that it has. */
export function parseReview(text) {
  let review;
  try {
    review = JSON.parse(text);
  } catch (error) {
    return { problems: [`It is not JSON: ${/** @type {Error} */ (error).message}`] };
  }
  const doubled = findDoubledKey(text);
  if (doubled !== undefined) return { problems: [`It is not JSON: the key '${doubled.slice(0, 60)}' is given twice`] };
  if (review?.schemaVersion > 1)
    return { problems: [`It was made by a newer version of the guide (schema ${review.schemaVersion}).`] };
  const { valid, errors } = validator.validate(review);
  return { review, problems: valid ? listInconsistencies(review) : listFaults(review, errors) };
}

// What is wrong itself: the other errors say only that something below is.
function listFaults(review, errors) {
  const above = ({ instanceLocation }) =>
    errors.some((other) => other.instanceLocation.startsWith(`${instanceLocation}/`));
  const lines = errors
    .filter((error) => !above(error) && !AROUND.has(error.keyword))
    .map((error) => describeFault(review, error));
  return [...new Set(lines)].slice(0, SHOWN);
}

// Keywords whose errors stand around that of another keyword at the same place.
const AROUND = new Set(["$ref", "properties", "patternProperties", "items", "anyOf"]);

function describeFault(review, { instanceLocation, error }) {
  const keys = instanceLocation
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  const value = keys.reduce((part, key) => part?.[key], review);
  const told =
    typeof value === "string" || typeof value === "number" ? ` It is ${JSON.stringify(value).slice(0, 80)}.` : "";
  return `${keys.join(".") || "the document"}: ${error}${told}`;
}

// What a schema cannot say (reviews/models.py).
function listInconsistencies(review) {
  const known = new Set(review.targets.map(({ id }) => id));
  const found = [];
  for (const part of ["targets", "people", "milestones"]) {
    const ids = (review[part] ?? []).map(({ id }) => id);
    if (new Set(ids).size < ids.length) found.push(`${part}: an id occurs twice`);
  }
  for (const part of ["answers", "outcomes"])
    for (const [rule, targets] of Object.entries(review[part] ?? {}))
      for (const target of Object.keys(targets))
        if (!known.has(target)) found.push(`${part}.${rule}: names the target “${target}”, which is not in “targets”`);
  return found.slice(0, SHOWN);
}
