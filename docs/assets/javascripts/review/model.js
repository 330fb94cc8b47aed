// One open review: what it holds, how it is changed, undone and saved, and what other tabs do to it meanwhile.

import { idOf, moment, pruned } from "./document.js";
import { CHANNEL, Gone } from "./store.js";

/**
 * A review that is being filled in. Events: `answers` (detail: rules), `frame`, `replaced`, `refused` (it is signed
 * off), `saving`, `saved`, `failed` (detail: the error).
 */
export class Open extends EventTarget {
  #undone = [];
  #done = [];
  #writing = 0;
  #version = 0;
  #channel = new BroadcastChannel(CHANNEL);

  constructor(review, catalog, store) {
    super();
    this.catalog = catalog;
    this.store = store;
    this.#hold(review);
    this.#channel.onmessage = ({ data }) => this.#heard(data);
  }

  /** Stop listening. */
  close() {
    this.#channel.close();
  }

  #hold(review) {
    this.review = { ...review, answers: review.answers ?? {} };
    this.rules = this.catalog.asked(review.selection);
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

  // What is signed off changes its state, and nothing else.
  #refused() {
    if (this.signedOff) this.#tell("refused");
    return this.signedOff;
  }

  /** Return the answer to a rule for a target, or undefined. */
  answer(rule, target) {
    return this.review.answers[rule]?.[target];
  }

  outcome(rule, target) {
    return this.review.outcomes?.[rule]?.[target];
  }

  /** Change fields of an answer; one change of the same fields right after another is undone with it. */
  change(rule, target, fields, { by = "" } = {}) {
    if (this.#refused()) return;
    const before = this.answer(rule.id, target) ?? null;
    const said = "value" in fields || "not_applicable" in fields;
    const changed = { revision: rule.revision, text_hash: rule.text_hash, ...before };
    if (said) {
      Object.assign(changed, { not_applicable: null, confirm: false, carried_from: "" });
      Object.assign(changed, { revision: rule.revision, text_hash: rule.text_hash });
    }
    // A word that nobody put a name to leaves the answer with whoever gave it.
    const person = this.#person(by) || (said ? "" : (before?.by ?? ""));
    Object.assign(changed, fields, { by: person, at: moment() });
    this.#did(rule.id, target, before, pruned(changed), Object.keys(fields).join());
    this.#decide(rule.id, target, fields);
  }

  // Who says something decides what a merge had left open of it (reviews/answering.py).
  #decide(rule, target, fields) {
    const decided = new Set(Object.keys(fields).map((name) => (name === "not_applicable" ? "value" : name)));
    const open = ({ place }) => place[1] !== rule || place[2] !== target || place[0] !== "answers" || (place.length > 3 && !decided.has(place[3]));
    if (this.review.conflicts?.every(open) ?? true) return;
    this.frame(({ conflicts, ...frame }) => {
      const left = (conflicts ?? []).filter(open);
      return left.length ? { ...frame, conflicts: left } : frame;
    });
  }

  #did(rule, target, before, after, what) {
    const last = this.#done.at(-1);
    const same = last && last.rule === rule && last.target === target && last.what === what && Date.now() - last.when < 2000;
    if (same && what !== "value") Object.assign(last, { after, when: Date.now() });
    else this.#done.push({ rule, target, before, after, what, when: Date.now() });
    this.#undone = [];
    this.#apply([[rule, target, after]]);
  }

  /** Take the last change back. Returns it, or undefined where there is none. */
  undo() {
    if (!this.canUndo) return undefined;
    const last = this.#done.pop();
    this.#undone.push(last);
    this.#apply([[last.rule, last.target, last.before]]);
    return last;
  }

  /** Make the last change again that was taken back. */
  redo() {
    if (!this.canRedo) return undefined;
    const last = this.#undone.pop();
    this.#done.push(last);
    this.#apply([[last.rule, last.target, last.after]]);
    return last;
  }

  get canUndo() {
    return this.#done.length > 0 && !this.signedOff;
  }

  get canRedo() {
    return this.#undone.length > 0 && !this.signedOff;
  }

  #apply(changes) {
    this.#answered(changes);
    this.review.updated = moment();
    this.#save(this.store.answer(this.id, changes, this.review.updated), { changes });
  }

  #answered(changes) {
    this.#version++;
    for (const [rule, target, answer] of changes) {
      const targets = (this.review.answers[rule] ??= {});
      if (answer) targets[target] = answer;
      else delete targets[target];
      if (!Object.keys(targets).length) delete this.review.answers[rule];
    }
    this.#tell("answers", new Set(changes.map(([rule]) => rule)));
  }

  /** Change the frame: `change` gets it and returns the new one. */
  frame(change) {
    if (!this.#refused()) this.#reframe(change);
  }

  /** Choose another state, which is always allowed. */
  state(state) {
    this.#reframe(({ state: _, ...frame }) => (state === "draft" ? frame : { ...frame, state }));
  }

  #reframe(change) {
    const updated = moment();
    const { answers, ...frame } = this.review;
    this.#hold({ ...change(frame), updated, answers });
    this.#tell("frame");
    this.#save(this.store.frame(this.id, (stored) => ({ ...change(stored), updated })), { frame: true });
  }

  /** Put another review of the same id in place of this one. */
  async replace(review) {
    if (this.#refused()) return;
    this.#became(review);
    await this.#save(this.store.put(review), { whole: true });
  }

  #became(review) {
    this.#hold(review);
    this.#done = [];
    this.#undone = [];
    this.#tell("replaced");
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

  #person(name) {
    if (!name) return "";
    const people = this.review.people ?? [];
    const known = people.find((person) => person.name === name);
    if (known) return known.id;
    const id = idOf(name, new Set(people.map((person) => person.id)), "person");
    const add = (frame) => ({ ...frame, people: [...(frame.people ?? []).filter((person) => person.id !== id), { id, name }] });
    this.frame(add);
    return id;
  }

  async #save(written, said) {
    this.#writing++;
    this.#tell("saving");
    try {
      await written;
      this.#channel.postMessage({ id: this.id, ...said });
      if (--this.#writing === 0) this.#tell("saved");
    } catch (error) {
      this.#writing--;
      this.#tell("failed", error);
    }
  }

  get saving() {
    return this.#writing > 0;
  }

  // What another tab wrote is in the store already.
  async #heard({ id, changes, whole, gone }) {
    if (id !== this.id) return;
    if (changes) this.#answered(changes);
    else if (gone) this.#tell("failed", new Gone());
    else await this.#read(whole);
  }

  async #read(whole) {
    const before = this.#version;
    const stored = await this.store.load(this.id);
    // What was answered while the store was read is newer.
    if (before !== this.#version) return this.#read(whole);
    if (!stored) return undefined;
    if (whole) return this.#became(stored);
    this.#hold(stored);
    return this.#tell("frame");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
