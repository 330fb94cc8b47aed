// An open review, and the row in which what was answered waits to be stored.

import assert from "node:assert/strict";
import { test } from "node:test";

import { given, load } from "./page.mjs";

const { OpenReview } = await load("core/model.js");
const { WriteQueue } = await load("core/write-queue.js");
const { openStore } = await load("core/store.js");
const { createReview, applyFields } = await load("core/document.js");
const { loadCatalog } = await load("core/catalog.js");
const { copyableAnswers } = await load("core/copy.js");
const { digestSigned, isChangedSince } = await load("core/sign-off.js");

const catalog = await loadCatalog("questions.json");
const [first, second] = catalog.rules;

async function openReview(t, frame = {}) {
  const targets = [
    { id: "one", name: "One" },
    { id: "two", name: "Two" },
  ];
  const review = { ...(await createReview(catalog, { title: "T", selection: {}, targets })), ...frame };
  const store = await openStore();
  await store.put(review);
  const open = new OpenReview(review, catalog, store);
  t.after(() => open.close());
  return open;
}

test("an answer is undone and done again, and a new one ends what could be done again", async (t) => {
  const open = await openReview(t);
  open.change(first, "one", { value: "met" });
  open.change(second, "one", { value: "not-met" });
  assert.equal(open.undo().rule, second.id);
  assert.deepEqual(Object.keys(open.review.answers), [first.id]);
  open.redo();
  assert.equal(open.answer(second.id, "one").value, "not-met");
  open.undo();
  open.undo();
  assert.deepEqual(open.review.answers, {});
  assert.equal(open.undo(), undefined);
  open.change(first, "two", { value: "met" });
  assert.equal(open.redo(), undefined);
});

test("what is typed in one go is undone in one go, and an answer by itself", async (t) => {
  const open = await openReview(t);
  open.change(first, "one", { comment: "a" });
  open.change(first, "one", { comment: "ab" });
  open.change(first, "one", { value: "met" });
  open.undo();
  assert.equal(open.answer(first.id, "one").comment, "ab");
  open.undo();
  assert.equal(open.answer(first.id, "one"), undefined);
});

test("what undoing takes back is stored too", async (t) => {
  const open = await openReview(t);
  open.change(first, "one", { value: "met" });
  open.undo();
  await open.save();
  assert.deepEqual((await open.store.load(open.id)).answers?.[first.id] ?? {}, {});
});

test("an answer remembers the rule as it was asked, and by whom it was given", async (t) => {
  const open = await openReview(t);
  open.change(first, "one", { value: "met" }, { by: "Ada L." });
  const { revision, text_hash, by } = open.answer(first.id, "one");
  assert.deepEqual([revision, text_hash, by], [first.revision, first.text_hash, "ada-l"]);
  assert.deepEqual(open.review.people, [{ id: "ada-l", name: "Ada L." }]);
  open.change(first, "one", { comment: "x" });
  assert.equal(open.answer(first.id, "one").by, "ada-l");
});

test("a signed review refuses everything until it is opened again, and its log keeps both", async (t) => {
  const open = await openReview(t);
  open.change(first, "one", { value: "met" });
  const said = { by: " Cy ", on: "2026-03-02", reason: "" };
  await open.sign({ ...said, conclusion: "approved", conditions: [], openMusts: 3 });
  let refused = 0;
  open.addEventListener("refused", () => refused++);
  open.change(first, "one", { value: "not-met" });
  open.frame((frame) => ({ ...frame, title: "Other" }));
  await open.replace({ ...open.review, title: "Other" });
  open.state("draft");
  await open.sign({ ...said, conclusion: "rejected", conditions: [], openMusts: 0 });
  assert.equal(refused, 5);
  const [{ at, digest, ...signature }] = open.review.sign_offs;
  assert.equal(digest, await digestSigned(open.review));
  assert.equal(await isChangedSince(open.review), false);
  assert.equal(await isChangedSince({ ...open.review, title: "Other" }), true);
  assert.deepEqual(signature, { action: "signed", by: "Cy", on: "2026-03-02", conclusion: "approved", open_musts: 3 });
  assert.deepEqual([open.undo(), open.answer(first.id, "one").value, open.review.title], [undefined, "met", "T"]);
  open.reopen({ ...said, reason: "A target is missing." });
  const [, opened] = open.review.sign_offs;
  assert.deepEqual([opened.action, opened.reason], ["reopened", "A target is missing."]);
  assert.deepEqual([open.review.state, open.review.conclusion], ["in-review", undefined]);
  open.change(first, "one", { value: "not-met" });
  assert.equal(open.answer(first.id, "one").value, "not-met");
});

test("an answer decides what a merge had left open of it, and nothing else", async (t) => {
  const conflicts = ["value", "comment"].map((field) => ({
    place: ["answers", first.id, "one", field],
    ours: "a",
    theirs: "b",
  }));
  const open = await openReview(t, { conflicts });
  open.change(first, "one", { value: "met" });
  assert.deepEqual(open.review.conflicts, [conflicts[1]]);
  open.change(first, "one", { comment: "x" });
  assert.equal(open.review.conflicts, undefined);
});

test("an answer that says nothing any more is none", () => {
  const answer = { revision: 1, text_hash: "0", by: "ada", at: "now", value: "met", ours: 1 };
  assert.deepEqual(applyFields(answer, { value: "unanswered" }), {
    revision: 1,
    text_hash: "0",
    by: "ada",
    at: "now",
    ours: 1,
  });
  assert.equal(applyFields({ revision: 1, value: "met" }, { value: "unanswered" }), null);
  assert.equal(applyFields(undefined, { disposition: { plan: "none", until: null } }), null);
});

test("what cannot be stored waits, and goes in order when there is room", async () => {
  const kept = [];
  let room = false;
  const put = async (what) => {
    if (!room) throw new Error("full");
    kept.push(what);
    return what;
  };
  const store = { answer: (_id, patches) => put(patches.map(({ rule }) => rule)), frame: () => put("frame") };
  const failed = [];
  const outbox = new WriteQueue(store, "id", { stored: () => {}, failed: (error) => failed.push(error.message) });
  const patch = (rule, fields) => ({ patches: [{ rule, target: "one", fields }], updated: "now" });
  await outbox.put(patch("A", { value: "met" }));
  await outbox.put(patch("B", {}));
  await outbox.put({ frame: (frame) => frame });
  await outbox.put(patch("C", {}));
  assert.ok(outbox.waits);
  assert.deepEqual(failed, ["full", "full", "full", "full"]);
  assert.deepEqual(outbox.fieldsOf("A", "one"), [{ value: "met" }]);
  room = true;
  await outbox.send();
  assert.deepEqual(kept, [["A", "B"], "frame", ["C"]]);
  assert.equal(outbox.waits, false);
});

test("a review of the engine is opened as it is", async (t) => {
  const { full } = JSON.parse(given("made.json"));
  const review = JSON.parse(full);
  const store = await openStore();
  await store.put(review);
  assert.deepEqual(await store.load(review.id), review);
  const open = new OpenReview(review, catalog, store);
  t.after(() => open.close());
  assert.equal(open.rules.length, catalog.selectRules(review.selection).length);
});

test("answers given together are undone together, and done again together", async (t) => {
  const open = await openReview(t);
  open.change(first, "one", { value: "partial" });
  for (const rule of [first, second]) open.change(rule, "one", { value: "met" }, { group: "all" });
  open.undo();
  assert.equal(open.answer(first.id, "one").value, "partial");
  assert.equal(open.answer(second.id, "one"), undefined);
  open.redo();
  assert.equal(open.answer(second.id, "one").value, "met");
  open.undo();
  open.undo();
  assert.deepEqual(open.review.answers, {});
});

test("answers are copied with what was said of them, and over nothing unless asked", async (t) => {
  const open = await openReview(t);
  open.change(first, "one", { value: "met", comment: "seen", evidence: [{ path: "a.py" }] }, { by: "Ada" });
  open.change(second, "one", { not_applicable: { code: "other", text: "none" } });
  open.change(second, "two", { comment: "mine" });
  const source = { answers: open.review.answers, target: "one" };
  const copy = (how) => copyableAnswers(open, source, "two", how);
  const [{ rule, fields }] = copy({ others: false, confirm: true });
  assert.deepEqual(
    copy({ others: false }).map((each) => each.rule),
    [first],
  );
  open.change(rule, "two", fields);
  const { by, ...copied } = open.answer(first.id, "two");
  const { by: ada, ...given } = open.answer(first.id, "one");
  assert.deepEqual({ ...copied, at: "" }, { ...given, at: "", confirm: true });
  assert.deepEqual([by, ada], [undefined, "ada"]);
  assert.deepEqual(
    copy({ others: true }).map((each) => each.rule),
    [first, second],
  );
});

test("an answer to another revision of a rule asks to be confirmed when it is copied", async (t) => {
  const open = await openReview(t);
  const answers = { [first.id]: { old: { value: "met", revision: first.revision + 1, text_hash: "0" } } };
  const [{ fields }] = copyableAnswers(open, { answers, target: "old" }, "one", { others: false, confirm: false });
  assert.equal(fields.confirm, true);
  assert.equal(fields.text_hash, "0");
});
