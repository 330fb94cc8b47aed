// One open review: what it holds, how it is changed, undone and saved, and what other tabs do to it meanwhile.

import { applyFields, isEqual, makeId, timestamp } from "./document.js";
import { digestSigned, reopened, signed } from "./sign-off.js";
import { CHANNEL, ReviewGoneError } from "./store.js";
import { WriteQueue } from "./write-queue.js";

/**
 * A review that is being filled in. Events: `answers` (detail: the rules, and whether another tab gave them), `frame`,
 * `replaced`, `refused` (it is signed off), `saving`, `saved`, `failed` (detail: the error).
 */
export class OpenReview extends EventTarget {
  #undone = [];
  #done = [];
  #outbox;
  #version = 0;
  #channel = new BroadcastChannel(CHANNEL);

  constructor(review, catalog, store) {
    super();
    this.catalog = catalog;
    this.store = store;
    this.#hold(review);
    this.#outbox = new WriteQueue(store, review.id, {
      stored: (told) => this.#stored(told),
      failed: (error) => this.#emit("failed", error),
    });
    this.#channel.onmessage = ({ data }) => this.#receive(data);
  }

  /** Stop listening; what waits is stored, and told, first. */
  close() {
    this.#channel.onmessage = null;
    this.save().finally(() => this.#channel.close());
  }

  #hold(review) {
    this.review = { ...review, answers: review.answers ?? {} };
    this.rules = this.catalog.selectRules(review.selection);
    this.#version++;
  }

  get id() {
    return this.review.id;
  }

  /** A number that every change raises, whoever made it. */
  get version() {
    return this.#version;
  }

  get signedOff() {
    return this.review.state === "signed-off";
  }

  // What is signed off is opened again, and nothing else.
  #refuse() {
    if (this.signedOff) this.#emit("refused");
    return this.signedOff;
  }

  /** Return the answer to a rule for a target, or undefined. */
  answer(rule, target) {
    return this.review.answers[rule]?.[target];
  }

  outcome(rule, target) {
    return this.review.outcomes?.[rule]?.[target];
  }

  /**
   * Change fields of an answer. Changes with one name of a `group`, and those of the same fields right after another,
   * are undone together.
   * @param {any} rule
   * @param {string} target
   * @param {Partial<import("./types.js").Answer>} fields
   * @param {{ by?: string, group?: string }} [how]
   */
  change(rule, target, fields, { by = "", group } = {}) {
    if (this.#refuse()) return;
    const before = this.answer(rule.id, target) ?? {};
    const asked = { revision: rule.revision, text_hash: rule.text_hash };
    const said = "value" in fields || "not_applicable" in fields;
    const fresh = said
      ? { not_applicable: null, confirm: false, carried_from: "", ...asked }
      : before.revision
        ? {}
        : asked;
    // A word that nobody put a name to leaves the answer with whoever gave it.
    const person = this.#ensurePerson(by) || (said ? "" : (before.by ?? ""));
    const patch = { ...fresh, ...fields, by: person, at: timestamp() };
    const undone = Object.fromEntries(Object.keys(patch).map((key) => [key, before[key]]));
    this.#record({ rule: rule.id, target, undone, patch, what: Object.keys(fields).join(), when: Date.now(), group });
    this.#decide(rule.id, target, fields);
  }

  // Who says something decides what a merge had left open of it (reviews/edit.py).
  #decide(rule, target, fields) {
    const decided = new Set(Object.keys(fields).map((name) => (name === "not_applicable" ? "value" : name)));
    const open = ({ place }) =>
      place[1] !== rule ||
      place[2] !== target ||
      place[0] !== "answers" ||
      (place.length > 3 && !decided.has(place[3]));
    if (this.review.conflicts?.every(open) ?? true) return;
    this.frame(({ conflicts, ...frame }) => {
      const left = (conflicts ?? []).filter(open);
      return left.length ? { ...frame, conflicts: left } : frame;
    });
  }

  #record(change) {
    const last = this.#done.at(-1);
    const again =
      last &&
      ["rule", "target", "what", "group"].every((key) => last[key] === change[key]) &&
      change.when - last.when < 2000;
    if (again && change.what !== "value")
      Object.assign(last, { patch: { ...last.patch, ...change.patch }, when: change.when });
    else this.#done.push(change);
    this.#undone = [];
    this.#patch(change, change.patch);
  }

  /** Take the last change back: the fields that it changed, and no others. Returns it, or undefined where there is none. */
  undo() {
    if (!this.canUndo) return undefined;
    const last = this.#done.pop();
    this.#undone.push(last);
    this.#patch(last, last.undone);
    return isOfGroup(this.#done.at(-1), last) ? this.undo() : last;
  }

  /** Make the last change again that was taken back. */
  redo() {
    if (!this.canRedo) return undefined;
    const last = this.#undone.pop();
    this.#done.push(last);
    this.#patch(last, last.patch);
    return isOfGroup(this.#undone.at(-1), last) ? this.redo() : last;
  }

  get canUndo() {
    return this.#done.length > 0 && !this.signedOff;
  }

  get canRedo() {
    return this.#undone.length > 0 && !this.signedOff;
  }

  #patch({ rule, target }, fields) {
    const patch = { rule, target, fields };
    this.review.updated = timestamp();
    this.#setAnswers([[rule, target, applyFields(this.answer(rule, target), fields)]]);
    this.#write({ patches: [patch], updated: this.review.updated });
  }

  /** @param {import("./types.js").Change[]} changes */
  #setAnswers(changes, elsewhere = false) {
    this.#version++;
    for (const [rule, target, answer] of changes) {
      this.review.answers[rule] ??= {};
      const targets = this.review.answers[rule];
      if (answer) targets[target] = answer;
      else delete targets[target];
      if (!Object.keys(targets).length) delete this.review.answers[rule];
    }
    this.#emit("answers", { rules: new Set(changes.map(([rule]) => rule)), elsewhere });
  }

  /** Change the frame: `change` gets it and returns the new one. */
  frame(change) {
    if (!this.#refuse()) this.#reframe(change);
  }

  /** Choose another state: `draft` or `in-review`. */
  state(state) {
    this.frame(({ state: _, ...frame }) => (state === "draft" ? frame : { ...frame, state }));
  }

  /** Sign it off, as `said` (core/sign-off.js). */
  async sign(said) {
    const { version } = this;
    const { answers, ...frame } = this.review;
    const digest = await digestSigned({ ...signed(frame, said), answers });
    // Somebody may have answered in another tab meanwhile.
    if (version !== this.version) return this.sign(said);
    return this.frame((current) => signed(current, { ...said, digest }));
  }

  /** Open it again, for a reason that is kept. */
  reopen(said) {
    if (this.signedOff) this.#reframe((frame) => reopened(frame, said));
  }

  #reframe(change) {
    const updated = timestamp();
    const { answers, ...frame } = this.review;
    this.#hold({ ...change(frame), updated, answers });
    this.#emit("frame");
    this.#write({ frame: (stored) => ({ ...change(stored), updated }) });
  }

  /** Put another review of the same id in place of this one. */
  async replace(review) {
    if (this.#refuse()) return;
    this.#adopt(review);
    await this.#write({ whole: review });
  }

  #adopt(review) {
    this.#hold(review);
    this.#done = [];
    this.#undone = [];
    this.#emit("replaced");
  }

  /** Put in place of it what `work` makes of it; work is done again where something was answered meanwhile. */
  async rework(work) {
    for (;;) {
      const before = this.#version;
      const made = await work(this.review);
      if (!made) return false;
      if (before === this.#version) {
        await this.replace(made);
        return true;
      }
    }
  }

  #ensurePerson(name) {
    if (!name) return "";
    const people = this.review.people ?? [];
    const known = people.find((person) => person.name === name);
    if (known) return known.id;
    const id = makeId(name, new Set(people.map((person) => person.id)), "person");
    const add = (frame) => ({
      ...frame,
      people: [...(frame.people ?? []).filter((person) => person.id !== id), { id, name }],
    });
    this.frame(add);
    return id;
  }

  #write(entry) {
    this.#emit("saving");
    return this.#outbox.put(entry);
  }

  /** Try again to store what waits. */
  save() {
    return this.#outbox.send();
  }

  /** Whether something is not stored yet. */
  get saving() {
    return this.#outbox.waits;
  }

  #stored(told) {
    this.#channel.postMessage({ id: this.id, ...told });
    this.#learn(told.changes ?? []);
    if (!this.saving) this.#emit("saved");
  }

  // Take answers as the store has them, under what is said of them here and waits still.
  /** @param {import("./types.js").Change[]} changes */
  #learn(changes) {
    // Of several changes of an answer the last is how it stands.
    const last = new Map(changes.map((change) => [`${change[0]} ${change[1]}`, change]));
    /** @type {(change: import("./types.js").Change) => import("./types.js").Change} */
    const withWaiting = ([rule, target, answer]) => [
      rule,
      target,
      this.#outbox.fieldsOf(rule, target).reduce(applyFields, answer),
    ];
    const news = [...last.values()]
      .map(withWaiting)
      .filter(([rule, target, answer]) => !isEqual(answer, this.answer(rule, target) ?? null));
    if (!news.length) return;
    for (const change of news) this.#forget(change);
    this.#setAnswers(news, true);
  }

  // What another tab has said since is not undone from here.
  #forget([rule, target, answer]) {
    const before = this.answer(rule, target) ?? {};
    const others = (each) =>
      each.rule !== rule ||
      each.target !== target ||
      each.what.split(",").every((key) => isEqual(before[key] ?? null, answer?.[key] ?? null));
    this.#done = this.#done.filter(others);
    this.#undone = this.#undone.filter(others);
  }

  // What another tab wrote is in the store already.
  async #receive({ id, changes, whole, gone }) {
    if (id !== this.id) return;
    if (changes) this.#learn(changes);
    else if (gone) this.#emit("failed", new ReviewGoneError());
    else await this.#read(whole);
  }

  async #read(whole) {
    await this.save();
    const before = this.#version;
    const stored = await this.store.load(this.id);
    // What was answered while the store was read is newer; where nothing can be stored, all of it stays as it is here.
    if (this.saving || !stored) return undefined;
    if (before !== this.#version) return this.#read(whole);
    if (whole) return this.#adopt(stored);
    this.#hold(stored);
    return this.#emit("frame");
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

const isOfGroup = (change, last) => last.group !== undefined && change?.group === last.group;
