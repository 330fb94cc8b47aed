// Whether a file is a review: asked whole before anything of it is taken, by the published schema.

import { escapeInvisible, truncate } from "./escape.js";
import { describeFault, givenTwice, notANumber, TOO_DEEP } from "./json-fault.js";

const SHOWN = 20;
// As the engine has them (reviews/store.py, strict_json.py, expectations.py).
const VERSION = 1;
const MAX_DEPTH = 200;
const MAX_SIGNS = 2_000_000;
const SHOWN_LINE = 300;
const SHOWN_SIGNS = 80;
let addresses;
let loading;
let schema;
let validator;

/** Say where the schema of reviews is, and the library that reads it. */
export function describeSchema(address, library) {
  addresses = { schema: address, library };
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
  schema = await answer.json();
  validator = new Validator(schema, "2020-12", false);
}

/** Return the review that the bytes of a file hold, or the problems that it has; see parseReview. */
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

// The first key that an object of a text has twice, of the object that ends first; the text is JSON already.
function findDoubledKey(text) {
  const open = [];
  let last;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]/gs)) {
    const around = open.at(-1);
    if (token === "{") open.push({ keys: new Set() });
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") {
      const doubled = open.pop()?.doubled;
      if (doubled !== undefined) return doubled;
    } else if (token === ":" && around) {
      const key = JSON.parse(last);
      if (around.keys.has(key)) around.doubled ??= key;
      around.keys.add(key);
    }
    last = token;
  }
  return undefined;
}

/** Return the review that a text holds, or the problems that it has, as the engine says them; see loadSchema. */
export function parseReview(text) {
  const { document, fault } = parseStrictly(text);
  if (fault) return { problems: [`It ${fault}`] };
  const { valid, errors, isPart } = validateAll(document);
  if (!errors) return { problems: ["It has too many problems to list them"] };
  const found = valid ? listInconsistencies(document) : listFaults(document, errors);
  const problems = formatProblems(found);
  return { review: document, problems: isPart ? [...problems.slice(0, SHOWN), "and many more problems"] : problems };
}

// Of very many mistakes those in the first entries: the library hands them on as arguments of a call, which are bounded.
function validateAll(document) {
  for (const part of [() => document, () => shorten(document)]) {
    try {
      const made = part();
      return { ...validator.validate(made), isPart: made !== document };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return {};
}

// The first entries of each list, and of what has ids for keys; of what is longer than may be, all that shows that it is.
function shorten(value, key = "") {
  if (Array.isArray(value))
    return value.length > MANY ? Array(MANY + 1).fill(null) : value.slice(0, 1001).map((each) => shorten(each));
  if (!value || typeof value !== "object") return value;
  const entries = Object.entries(value);
  const isLong = BY_ID.has(key) && entries.length > MANY;
  const first = BY_ID.has(key) ? entries.slice(0, isLong ? MANY + 1 : 100) : entries;
  return Object.fromEntries(first.map(([name, each]) => [name, isLong ? null : shortenBelow(key, name, each)]));
}

const MANY = 10_000;
const BY_ID = new Set(["answers", "outcomes", "archived", "of a rule"]);

const shortenBelow = (key, name, value) => shorten(value, BY_ID.has(key) && key !== "of a rule" ? "of a rule" : name);

function parseStrictly(text) {
  if (!isModest(text)) return { fault: `has more than ${MAX_SIGNS.toLocaleString("en")} values` };
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    return { fault: describeFault(text, MAX_DEPTH) };
  }
  return { document, fault: findFault(document, text) };
}

function findFault(document, text) {
  if (isDeep(document)) return TOO_DEEP;
  const doubled = findDoubledKey(text);
  if (doubled !== undefined) return `is not JSON: ${givenTwice(doubled)}`;
  const endless = findEndlessNumber(text);
  if (endless) return `is not JSON: ${notANumber(endless)}`;
  if (hasHalfLetter(document)) return "holds half a character, such as \\ud800, which is no text";
  const version = document?.schemaVersion;
  if (Number.isSafeInteger(version) && version > VERSION)
    return "was made by a newer version of the guide, whose reviews this one cannot read";
  return undefined;
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

// What is wrong itself, by its place: other errors say only that something below is, or that it is not null either.
function listFaults(document, errors) {
  const found = new Map();
  for (const error of errors)
    if (!AROUND.has(error.keyword) && !/\/anyOf\/[1-9]\/\w+$/.test(error.keywordLocation)) {
      const keys = listKeys(error);
      found.set(JSON.stringify(keys), { keys, words: describeFaultOf(document, keys, error) });
    }
  const isBelow = ({ keys }) => keys.some((_, n) => found.has(JSON.stringify(keys.slice(0, n))));
  return [...found.values()].filter((problem) => !isBelow(problem));
}

// Keywords whose errors stand around that of another keyword.
const AROUND = new Set([
  "$ref",
  "properties",
  "patternProperties",
  "additionalProperties",
  "propertyNames",
  "items",
  "anyOf",
]);

function listKeys({ instanceLocation, keyword, error }) {
  const keys = instanceLocation
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  return keyword === "required" ? [...keys, error.match(/"(.*)"/)[1]] : keys;
}

function describeFaultOf(document, keys, { keyword, keywordLocation }) {
  if (keyword === "required") return "is missing";
  if (keyword === "false" || keywordLocation.includes("/propertyNames/"))
    return `the key must be ${findExpectation(keys.slice(0, -1))["x-expected-keys"]}`;
  const value = keys.reduce((part, key) => part[key], document);
  return `must be ${findExpectation(keys)["x-expected"]}; ${describeValue(value)}`;
}

// What the schema says of a place (reviews/expectations.py).
function findExpectation(keys) {
  const node = keys.reduce((above, key) => step(resolve(above.anyOf?.[0] ?? above), key), schema);
  return node["x-expected"] ? node : resolve(node);
}

const resolve = (node) => (node.$ref ? schema.$defs[node.$ref.replace("#/$defs/", "")] : node);

function step({ properties = {}, patternProperties = {}, items }, key) {
  if (items) return items;
  if (Object.hasOwn(properties, key)) return properties[key];
  return Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern, "u").test(key))?.[1];
}

function describeValue(value) {
  if (typeof value === "string") {
    const { length } = [...value];
    return length > SHOWN_SIGNS
      ? `it has ${length.toLocaleString("en")} characters`
      : `it is "${escapeInvisible(value)}"`;
  }
  if (Array.isArray(value)) return `it is a list of ${pluralise(value.length, "value")}`;
  if (value && typeof value === "object") return `it is an object of ${pluralise(Object.keys(value).length, "key")}`;
  const isShown = typeof value !== "number" || Number.isSafeInteger(value);
  return isShown ? `it is ${JSON.stringify(value)}` : "it is a number";
}

const pluralise = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

// In the order of their places, in which numbers of entries count as numbers.
function formatProblems(found) {
  const order = (keys) => keys.map((key) => (/^[0-9]+$/.test(key) ? key.padStart(9, "0") : key)).join("\0");
  const sorted = found
    .map((problem) => ({ ...problem, order: order(problem.keys) }))
    .sort((one, other) => (one.order < other.order ? -1 : 1));
  const lines = sorted.slice(0, SHOWN).map(({ keys, words }) => {
    const place = escapeInvisible(keys.join(".")) || "the document";
    return truncate(`${place}: ${words}`, SHOWN_LINE);
  });
  const more = sorted.length - SHOWN;
  return more > 0 ? [...lines, `and ${pluralise(more, "more problem")}`] : lines;
}

// What a schema cannot say (reviews/models.py).
function listInconsistencies(review) {
  const known = new Set(review.targets.map(({ id }) => id));
  const found = [];
  for (const part of ["targets", "people", "milestones"]) {
    const counts = new Map();
    for (const { id } of review[part] ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
    const told = [...counts]
      .filter(([, count]) => count > 1)
      .sort()
      .map(([id, count]) => `'${id}' ${count} times`);
    if (told.length) found.push({ keys: [part], words: `has ids more than once: ${told.join(", ")}` });
  }
  for (const part of ["answers", "outcomes"])
    for (const [rule, targets] of Object.entries(review[part] ?? {})) {
      const others = Object.keys(targets)
        .filter((target) => !known.has(target))
        .sort();
      if (others.length)
        found.push({ keys: [part, rule], words: `names ${others.join(", ")}, which 'targets' does not list` });
    }
  return found;
}
