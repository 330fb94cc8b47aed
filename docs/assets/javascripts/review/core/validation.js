// Whether a file is a review: asked whole before anything of it is taken, by the published schema.

const SHOWN = 20;
// As the engine has them (reviews/store.py).
const MAX_DEPTH = 200;
const MAX_SIGNS = 2_000_000;
let addresses;
let loading;
let validator;

/** Say where the schema of reviews is, and the library that reads it. */
export function describeSchema(schema, library) {
  addresses = { schema, library };
}

/** Have the schema there, and what reads it: needed before the first file is asked. Throws where it cannot be had. */
export function loadSchema() {
  loading ??= fetchSchema().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchSchema() {
  const [{ Validator }, answer] = await Promise.all([import(addresses.library), fetch(addresses.schema)]);
  if (!answer.ok) throw new Error(`the schema of reviews could not be loaded: ${answer.status}`);
  validator = new Validator(await answer.json(), "2020-12", false);
}

/** Return the review that the bytes of a file hold, or the problems that it has, as the engine says them; see loadSchema. */
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
  if (!isModest(text)) return { problems: [`It has more than ${MAX_SIGNS.toLocaleString("en")} values.`] };
  let review;
  try {
    review = JSON.parse(text);
  } catch (error) {
    return { problems: [`It is not JSON: ${/** @type {Error} */ (error).message}`] };
  }
  const doubled = findDoubledKey(text);
  if (doubled !== undefined) return { problems: [`It is not JSON: the key '${doubled.slice(0, 60)}' is given twice`] };
  const endless = findEndlessNumber(text);
  if (endless) return { problems: [`It is not JSON: ${endless.slice(0, 60)} is not a number that JSON can hold`] };
  if (isDeep(review)) return { problems: ["It is nested too deep to be a review."] };
  if (hasHalfLetter(review)) return { problems: ["It holds half a character, such as \\ud800, which is no text"] };
  if (review?.schemaVersion > 1)
    return { problems: [`It was made by a newer version of the guide (schema ${review.schemaVersion}).`] };
  const { valid, errors } = validator.validate(review);
  return { review, problems: valid ? listInconsistencies(review) : listFaults(review, errors) };
}

// The first number of a text that is read as one without end, and would be written as nothing; the text is JSON already.
function findEndlessNumber(text) {
  const numbers = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, "").matchAll(/-?[0-9][0-9.eE+-]*/g);
  for (const [number] of numbers) if (!Number.isFinite(Number(number))) return number;
  return undefined;
}

// Whether a key or a text has one half of a surrogate pair alone: such a half is written as an escape, and nothing else.
function hasHalfLetter(review) {
  return /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/.test(JSON.stringify(review));
}

// What makes values many, also where a text holds it; looked at before anything is made of it.
function isModest(text) {
  let signs = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 44 || code === 91 || code === 123) signs++;
  }
  return signs <= MAX_SIGNS;
}

// By levels: whatever calls itself for each of them could not end.
function isDeep(document) {
  let level = [document];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap((value) => (value && typeof value === "object" ? Object.values(value) : []));
    if (!level.length) return false;
  }
  return true;
}

// What is wrong itself: the other errors say only that something below is.
function listFaults(review, errors) {
  const above = new Set(errors.flatMap(({ instanceLocation }) => listAbove(instanceLocation)));
  const faults = errors.filter((error) => !above.has(error.instanceLocation) && !AROUND.has(error.keyword));
  return limit([...new Set(faults.map((error) => describeFault(review, error)))]);
}

function listAbove(location) {
  const keys = location.split("/");
  return keys.slice(1).map((_, i) => keys.slice(0, i + 1).join("/"));
}

function limit(lines) {
  const more = lines.length - SHOWN;
  const rest = more > 0 ? [`and ${more.toLocaleString("en")} more problem${more > 1 ? "s" : ""}`] : [];
  return [...lines.slice(0, SHOWN), ...rest];
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
  return limit(found);
}
