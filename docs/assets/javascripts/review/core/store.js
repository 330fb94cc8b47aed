// Reviews in this browser's IndexedDB: a record for the frame of a review and one for each answer, so that two tabs
// that answer different rules never overwrite each other. What is said to be saved has been written to the disk.

import { applyFields } from "./document.js";

const NAME = "vger-reviews";
/** Where tabs tell each other what they wrote. */
export const CHANNEL = "vger-reviews";
const KEPT = 10; // copies of a review that imports put aside

/** Return in words why something is not stored. */
export function explainFailure(error) {
  if (error instanceof ReviewGoneError) return error.message;
  return error?.name === "QuotaExceededError"
    ? "the browser's storage is full"
    : `the browser keeps nothing (${error?.message ?? error})`;
}

/** A review that is to be changed is not there any more. */
export class ReviewGoneError extends Error {
  constructor() {
    super("the review was deleted in another tab; a copy stands among the earlier copies");
  }
}

/** Return the store; where the browser forbids or lacks it, one that forgets, with `lasting` false and `why`. */
export async function openStore() {
  try {
    return new DatabaseStore(await openDatabase());
  } catch (error) {
    return new MemoryStore(error);
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("frames", { keyPath: "id" });
      request.result.createObjectStore("answers", { keyPath: ["review", "rule", "target"] });
      request.result.createObjectStore("copies", { keyPath: "key", autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another tab holds an older version open"));
  });
}

const resultOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const keysOf = (id) => IDBKeyRange.bound([id], [id, []]);

class DatabaseStore {
  lasting = true;

  constructor(database) {
    this.database = database;
    // A tab with a newer version of the page may change the database.
    database.onversionchange = () => database.close();
  }

  async #write(names, change) {
    const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("the browser gave the change up"));
    });
    try {
      await change(...names.map((name) => transaction.objectStore(name)));
    } catch (error) {
      done.catch(() => {});
      abort(transaction);
      throw error;
    }
    await done;
  }

  #read(name) {
    return this.database.transaction(name).objectStore(name);
  }

  /** Return the frames of all reviews, the last changed first. */
  async list() {
    return sortByAge(await resultOf(this.#read("frames").getAll()));
  }

  /** Return a whole review, or null. */
  async load(id) {
    const transaction = this.database.transaction(["frames", "answers"]);
    const [frame, rows] = await Promise.all([
      resultOf(transaction.objectStore("frames").get(id)),
      resultOf(transaction.objectStore("answers").getAll(keysOf(id))),
    ]);
    return frame ? joinAnswers(frame, rows) : null;
  }

  /** Write a whole review in place of what has its id. */
  put(review) {
    return this.#write(["frames", "answers"], (frames, answers) => writeReview(frames, answers, review));
  }

  /**
   * Change fields of answers as they stand in the store, `{ rule, target, fields }` each, and say when. Returns what
   * they are then, `[rule, target, answer or null]` each.
   */
  async answer(id, patches, updated) {
    const changes = [];
    await this.#write(["frames", "answers"], async (frames, answers) => {
      const frame = await requireFrame(frames, id);
      for (const { rule, target, fields } of patches) {
        const answer = applyFields((await resultOf(answers.get([id, rule, target])))?.answer, fields);
        if (answer) answers.put({ review: id, rule, target, answer });
        else answers.delete([id, rule, target]);
        changes.push([rule, target, answer]);
      }
      frames.put({ ...frame, updated });
    });
    return changes;
  }

  /** Change the frame of a review as it stands in the store. */
  frame(id, change) {
    return this.#write(["frames"], async (frames) => {
      frames.put(change(await requireFrame(frames, id)));
    });
  }

  /** Take a review away; a copy of it is kept. */
  async remove(id) {
    await this.keep(await this.load(id), "deleted");
    await this.#write(["frames", "answers"], (frames, answers) => {
      frames.delete(id);
      answers.delete(keysOf(id));
    });
    tellTabs({ id, gone: true });
  }

  /** Put a copy of a review aside. */
  keep(review, why) {
    if (!review) return undefined;
    return this.#write(["copies"], async (copies) => {
      copies.add({ review, why, at: new Date().toISOString() });
      const all = await resultOf(copies.getAll());
      const same = all.filter((copy) => copy.review.id === review.id);
      for (const copy of same.slice(0, -KEPT)) copies.delete(copy.key);
    });
  }

  /** Return the copies, the newest first. */
  async copies() {
    return (await resultOf(this.#read("copies").getAll())).reverse();
  }

  /** Take a copy away for good. */
  forget(key) {
    return this.#write(["copies"], (copies) => copies.delete(key));
  }
}

// A transaction that has ended already is not undone.
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // What it had written is given up with it.
  }
}

async function requireFrame(frames, id) {
  const frame = await resultOf(frames.get(id));
  if (!frame) throw new ReviewGoneError();
  return frame;
}

function tellTabs(message) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(message);
  channel.close();
}

function writeReview(frames, answers, review) {
  const { answers: all = {}, ...frame } = review;
  answers.delete(keysOf(review.id));
  frames.put(frame);
  for (const [rule, targets] of Object.entries(all))
    for (const [target, answer] of Object.entries(targets)) answers.put({ review: review.id, rule, target, answer });
}

function joinAnswers(frame, rows) {
  /** @type {import("./types.js").Answers} */
  const answers = {};
  for (const { rule, target, answer } of rows) {
    answers[rule] ??= {};
    answers[rule][target] = answer;
  }
  return rows.length ? { ...frame, answers } : { ...frame };
}

function sortByAge(frames) {
  return frames.sort((a, b) => (a.updated < b.updated ? 1 : -1));
}

/** The same, for as long as the page is open. */
class MemoryStore {
  lasting = false;
  #reviews = new Map();
  #copies = [];
  #last = 0;

  constructor(why) {
    this.why = why;
  }

  #require(id) {
    if (!this.#reviews.has(id)) throw new ReviewGoneError();
    return this.#reviews.get(id);
  }

  async list() {
    return sortByAge([...this.#reviews.values()]);
  }

  async load(id) {
    return structuredClone(this.#reviews.get(id) ?? null);
  }

  async put(review) {
    this.#reviews.set(review.id, structuredClone(review));
  }

  async answer(id, patches, updated) {
    const review = this.#require(id);
    review.updated = updated;
    return patches.map(({ rule, target, fields }) => {
      review.answers ??= {};
      review.answers[rule] ??= {};
      const targets = review.answers[rule];
      const answer = applyFields(targets[target], fields);
      if (answer) targets[target] = answer;
      else delete targets[target];
      return [rule, target, answer];
    });
  }

  async frame(id, change) {
    const { answers, ...frame } = this.#require(id);
    this.#reviews.set(id, { ...change(frame), ...(answers && { answers }) });
  }

  async remove(id) {
    this.keep(this.#reviews.get(id), "deleted");
    this.#reviews.delete(id);
  }

  async keep(review, why) {
    if (!review) return;
    this.#copies.unshift({ key: ++this.#last, review: structuredClone(review), why, at: new Date().toISOString() });
    const old = this.#copies.filter((copy) => copy.review.id === review.id).slice(KEPT);
    this.#copies = this.#copies.filter((copy) => !old.includes(copy));
  }

  async copies() {
    return this.#copies;
  }

  async forget(key) {
    this.#copies = this.#copies.filter((copy) => copy.key !== key);
  }
}
