// The modules that do in the page what the engine does in Python: tests/javascript/test_twins.py asks the same of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { given, load, vectors } from "./page.mjs";

const { makeId, serialize } = await load("core/document.js");
const { isDisputed, score, tally } = await load("core/score.js");
const results = await load("core/results.js");
const { gaps } = await load("core/score.js");
const { diffAnswers } = await load("core/diff.js");
const { parseDocument, parseReview, describeSchema, loadSchema } = await load("core/validation.js");
const { loadCatalog } = await load("core/catalog.js");
const { words } = await load("core/labels.js");
const { digestSigned } = await load("core/sign-off.js");
const { beginFrom } = await load("core/template.js");
const { withTraces } = await load("core/traces.js");

const TODAY = "2026-03-09";
const NONE = {
  met: 0,
  partial: 0,
  "not-met": 0,
  unanswered: 0,
  "not-applicable": 0,
  accepted: 0,
  incomplete: 0,
  overdue: 0,
  confirm: 0,
  answered: 0,
};

describeSchema("review.schema.json", process.env.VALIDATOR);
await loadSchema();

for (const { name, taken, id } of vectors("ids.json"))
  test(`the id of “${name}” beside ${taken.length} others`, () =>
    assert.equal(makeId(name, new Set(taken), "other"), id));

test("what a machine found becomes evidence once, beside what people wrote", () => {
  const own = { description: "I looked." };
  const outcome = {
    at: "2026-03-02T09:30:00Z",
    commit: "c".repeat(40),
    traces: [{ description: "a cache: depends on redis", path: "a.py", line: 3 }],
  };
  const taken = withTraces([own], outcome);
  assert.deepEqual(taken, [own, { ...outcome.traces[0], commit: outcome.commit, seen: "2026-03-02" }]);
  assert.deepEqual(withTraces(taken, outcome), taken);
  assert.deepEqual(withTraces([own], undefined), [own]);
});

for (const { answer, outcome, disagrees: expected } of vectors("disagreements.json"))
  test(`${JSON.stringify(answer)} beside ${JSON.stringify(outcome)}`, () =>
    assert.equal(isDisputed(answer, outcome), expected));

for (const { what, rules, answers, tally: expected } of vectors("scores.json"))
  test(`the score: ${what}`, () => {
    const asked = rules.map((id) => ({ id }));
    assert.deepEqual(tally(answers, asked, "shop", TODAY), { ...NONE, ...expected });
    const { met, applicable, unanswered, not_applicable } = score(
      answers,
      asked,
      [{ id: "shop" }, { id: "shop" }],
      TODAY,
    );
    const twice = { ...NONE, ...expected };
    assert.deepEqual(
      [met, applicable, unanswered, not_applicable],
      [twice.met, twice.applicable, twice.unanswered, twice["not-applicable"]].map((n) => 2 * n),
    );
  });

for (const { answer, state, open, gaps: lacks } of vectors("actions.json"))
  test(`the action of ${JSON.stringify(answer)}`, () =>
    assert.deepEqual(
      [results.actionState(answer, TODAY), results.isOpen(answer, TODAY), gaps(answer)],
      [state, open, lacks],
    ));

for (const { before, after, direction } of vectors("directions.json"))
  test(`${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, () =>
    assert.equal(results.direction(before, after), direction));

test("what the made reviews came to is what the engine says", async () => {
  const catalog = await loadCatalog("questions.json");
  const made = JSON.parse(given("made.json"));
  for (const [name, expected] of Object.entries(JSON.parse(given("results.json")))) {
    const review = { answers: {}, ...JSON.parse(made[name]) };
    const open = { review, rules: catalog.selectRules(review.selection) };
    const found = {
      digest: await digestSigned(JSON.parse(made[name])),
      musts: results.countOpenMusts(open, TODAY),
      open: results.listOpen(open, TODAY).map(({ rule, targets }) => [rule.id, ...targets.map(({ id }) => id)]),
      actions: results.listActions(open, TODAY).map(({ rule, target, state }) => [rule.id, target.id, state]),
      risks: results.countRisks(open, TODAY),
      changes: results.listChanges(open).map(({ rule, target, direction }) => [rule, target, direction]),
      trend: results.listTrend(open, TODAY).map(({ score, openMusts }) => [score.met, score.answered, openMusts]),
      targets: results
        .listTargets(open, TODAY)
        .map((each) => [each.score.percent, each.may.met, each.openMusts, each.openCritical, each.lapsed]),
    };
    assert.deepEqual(found, expected, name);
  }
});

for (const { template, names, begun: expected } of JSON.parse(given("begun.json")))
  test(`a review is begun from the template ${template}`, () => {
    const begun = beginFrom(JSON.parse(JSON.parse(given("made.json"))[template]), "Begun", names);
    const found = Object.fromEntries(Object.keys(expected).map((key) => [key, begun[key] ?? null]));
    assert.deepEqual(found, expected);
  });

for (const { what, old, new: now, changes: expected } of vectors("changes.json"))
  test(`the comparison: ${what}`, () => {
    const whole = (answers) =>
      Object.fromEntries(
        Object.entries(answers).map(([rule, by]) => [
          rule,
          Object.fromEntries(Object.entries(by).map(([target, answer]) => [target, { revision: 1, ...answer }])),
        ]),
      );
    const found = [...diffAnswers(whole(old), whole(now))].map(({ rule, target, fields }) => [rule, target, fields]);
    assert.deepEqual(
      found,
      expected.map(([rule, target, fields]) => [rule, target, fields.map((name) => words.fields[name] ?? name)]),
    );
  });

for (const [name, { text, problems }] of Object.entries(JSON.parse(given("documents.json"))))
  test(`whether it is a review: ${name}`, () => assert.equal(parseReview(text).problems.length > 0, problems));

test("what is nested too deep is refused, also where nobody would look for it", () => {
  for (const depth of [300, 5000])
    for (const text of [
      `${"[".repeat(depth)}${"]".repeat(depth)}`,
      `{"x":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}}`,
    ])
      assert.deepEqual(parseReview(text).problems, ["It is nested too deep to be a review"]);
});

// Of many problems the page shows fewer, and what is wrong with the whole of a file is a sentence there.
const SHOWN = 20;
const asEngine = (problem) => problem.replace(/^It /, "");

function asPage(told) {
  if (told.length <= SHOWN) return told;
  const [, unseen] = /^and ([0-9,]+) more problems?$/.exec(told.at(-1)) ?? [];
  const count = unseen ? told.length - 1 + Number(unseen.replaceAll(",", "")) : told.length;
  const more = count - SHOWN;
  return [...told.slice(0, SHOWN), `and ${more.toLocaleString("en")} more problem${more > 1 ? "s" : ""}`];
}

for (const [name, { latin1, told }] of Object.entries(JSON.parse(given("refused.json"))))
  test(`what is no review is refused in the words of the engine: ${name}`, () => {
    const { problems } = parseDocument(new Uint8Array(Buffer.from(latin1, "latin1")));
    assert.deepEqual(problems.map(asEngine), asPage(told));
  });

test("of mistakes beyond what the library can hand on the first are told, and that there are more", () => {
  const names = Array.from({ length: 98 }, (_, n) => `t${String(n).padStart(2, "0")}`);
  const rules = Array.from({ length: 500 }, (_, n) => `SES${String(n).padStart(3, "0")}`);
  const by = Object.fromEntries(names.map((name) => [name, {}]));
  const { problems } = parseReview(JSON.stringify({ answers: Object.fromEntries(rules.map((rule) => [rule, by])) }));
  assert.deepEqual(
    [problems[0], problems.at(-1)],
    ["answers.SES000.t00.revision: is missing", "and many more problems"],
  );
  const long = parseReview(JSON.stringify({ conflicts: Array(70_000).fill({}) })).problems;
  assert.ok(long.includes("conflicts: must be a list of at most 10,000 values; it is a list of 70,000 values"));
});

test("a text that only looks as if it held half a letter, or a number without end, is a review", () => {
  const [text] = Object.values(JSON.parse(given("made.json")));
  const tricky = text.replace('"title": "', '"ours": ["\\\\ud800", "\\ud83d\\ude00", "1e999", 1e9], "title": "');
  assert.deepEqual(parseReview(tricky).problems, []);
});

test("a text that only looks as if a key stood twice is a review", () => {
  const [text] = Object.values(JSON.parse(given("made.json")));
  const tricky = text.replace('"title": "', '"title": "{\\"a\\":1,\\"a\\":2} \\\\');
  assert.notEqual(tricky, text);
  assert.deepEqual(parseDocument(new TextEncoder().encode(`\ufeff${tricky}`)).problems, []);
});

for (const [name, text] of Object.entries(JSON.parse(given("made.json"))))
  test(`the made review “${name}” is a review, and is written as it was read`, () => {
    const { review, problems } = parseReview(text);
    assert.deepEqual(problems, []);
    assert.equal(serialize(review), text);
  });

test("the rules that a selection asks, and their hash, are the engine's", async () => {
  const catalog = await loadCatalog("questions.json");
  for (const { selection, rules, hash } of JSON.parse(given("selections.json"))) {
    assert.deepEqual(
      catalog.selectRules(selection).map(({ id }) => id),
      rules,
    );
    assert.equal(await catalog.contentHash(selection), hash);
  }
});
