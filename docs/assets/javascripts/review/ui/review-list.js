// All reviews in this browser, and the form that begins another.

import { createReview, makeId } from "../core/document.js";
import { words } from "../core/labels.js";
import { tally } from "../core/score.js";
import { explainFailure } from "../core/store.js";
import { beginFrom } from "../core/template.js";
import { askWhether, listLines, showDialog, showProblems } from "./dialogs.js";
import { announce, button, field, focusHeading, h, sayWhen, select } from "./dom.js";
import { describeUnknown } from "./import-preview.js";
import { migrateToThisEdition } from "./migrate.js";
import { organisationPart } from "./organisation.js";
import { reviewerField } from "./reviewer.js";
import { acceptDrops, downloadJson, importButton, readReview } from "./transfer.js";

// Targets, and characters of a name (reviews/models.py, reviews/fields.py).
const MOST = 100;
const LONGEST = 400;
// What a stage or a use limits.
const ONLY = "Only with a kind of system.";

/** Show the reviews and the form, with a kind of system chosen; `begin` opens a review by its id. */
export async function showReviewList(root, { catalog, store, engine, begin, base, organisation, profile = "" }) {
  const redraw = async () => {
    await showReviewList(root, { catalog, store, engine, begin, base, organisation });
    focusHeading(root);
  };
  const take = (files) => importFiles(files, { catalog, store, engine, redraw, begin });
  const [frames, copies] = [await store.list(), await store.copies()];
  const reviews = await Promise.all(frames.map(({ id }) => store.load(id)));
  const drop = h(
    "section.rv-import",
    { "aria-labelledby": "import-title" },
    h("h2", { id: "import-title" }, "Import a review"),
    h(
      "p",
      {},
      "Drop a review here, or choose it: its JSON file, or an Excel workbook of it. A template begins a new one.",
    ),
    importButton(take, { engine }),
  );
  acceptDrops(drop, take);
  root.replaceChildren(
    store.lasting
      ? ""
      : h(
          "div.rv-alert",
          { role: "alert" },
          h(
            "p",
            {},
            h("strong", {}, "This browser blocks storage. "),
            `Its message: ${store.why?.message}. Your review is lost when you close the page, so download it.`,
          ),
        ),
    reviews.length
      ? h(
          "section",
          { "aria-labelledby": "reviews-title" },
          h("h2", { id: "reviews-title" }, "In this browser"),
          h(
            "ul.rv-reviews",
            {},
            reviews.map((review) => entry(review, { catalog, store, begin, redraw })),
          ),
        )
      : "",
    h(
      "section",
      { "aria-labelledby": "begin-title" },
      h("h2", { id: "begin-title" }, "Begin a review"),
      form(catalog, store, begin, profile),
    ),
    drop,
    organisationPart({ engine, base, organisation }),
    copies.length ? kept(copies, store, redraw) : "",
  );
}

function entry(review, { catalog, store, begin, redraw }) {
  const rules = catalog.selectRules(review.selection);
  const counts = review.targets.map(({ id }) => tally(review.answers ?? {}, rules, id, ""));
  const all = counts.length * rules.length;
  const done = all - counts.reduce((sum, { unanswered }) => sum + unanswered, 0);
  const remove = async () => {
    if (
      !(await askWhether(
        "Delete the review",
        `“${review.title}” will be removed from this browser. A copy stays below until you delete it.`,
        "Delete",
      ))
    )
      return;
    await store.remove(review.id);
    announce("Deleted. A copy is kept.");
    redraw();
  };
  const openHere = (event) => {
    event.preventDefault();
    begin(review.id);
  };
  return h(
    "li.rv-review",
    {},
    h("div", {}, h("a.rv-review__title", { href: `#review=${review.id}`, onclick: openHere }, review.title)),
    h(
      "p.rv-hint",
      {},
      `${review.edition === words.edition ? "" : `edition ${review.edition} · `}${done} of ${all} answered · ${words.states[review.state ?? "draft"]} · changed ${sayWhen(review.updated)}`,
    ),
    h("progress", { max: all, value: done, "aria-label": `Answered in ${review.title}` }),
    h(
      "p",
      {},
      button("Download", () => downloadJson(review), { "aria-label": `Download ${review.title}` }),
      " ",
      button("Delete", remove, { "aria-label": `Delete ${review.title}` }),
    ),
  );
}

function form(catalog, store, begin, chosen) {
  const facet = (entries, none, id = "") => select([["", none], ...entries.map((each) => [each.id, each.title])], id);
  const profile = facet(catalog.profiles, "Any (the whole guide)", chosen);
  const stage = facet(catalog.stages, "Any");
  const workload = facet(catalog.workloads, "Any");
  const title = h("input", { type: "text", maxlength: 400, required: true, placeholder: "Web shop, autumn" });
  const targets = h("textarea", { rows: 3, required: true, placeholder: "Web shop" });
  const chapters = catalog.chapters.map((chapter) => ({
    chapter,
    box: h("input", { type: "checkbox", checked: true }),
  }));
  const count = h("p", { role: "status" });
  const selection = () => {
    const chosen = chapters.filter(({ box }) => box.checked).map(({ chapter }) => chapter.number);
    const limits = profile.value ? { profile: profile.value, stage: stage.value, workload: workload.value } : {};
    return { ...limits, chapters: chosen.length === chapters.length ? [] : chosen };
  };
  const none = () => !chapters.some(({ box }) => box.checked);
  const tell = () => {
    for (const limit of [stage, workload]) {
      limit.disabled = !profile.value;
      const hint = limit.parentElement?.querySelector(".rv-hint");
      if (hint) hint.textContent = profile.value ? "" : ONLY;
    }
    const asked = none() ? 0 : catalog.selectRules(selection()).length;
    const problem = asked ? problemOf(lines(targets.value)) : "No rules selected: choose a chapter.";
    count.textContent = problem ?? `${asked} rules selected.`;
    start.disabled = Boolean(problem);
  };
  const start = h("button.rv-button.rv-button--strong", { type: "submit" }, "Begin");
  const submit = async (event) => {
    event.preventDefault();
    if (start.disabled) return;
    start.disabled = true;
    try {
      const review = await createReview(catalog, {
        title: title.value.trim() || "Review",
        selection: selection(),
        targets: named(lines(targets.value)),
      });
      await store.put(review);
      begin(review.id);
    } catch (error) {
      start.disabled = false;
      showProblems("The review could not be created", [`${explainFailure(error)}.`]);
    }
  };
  const element = h(
    "form.rv-form",
    { onsubmit: submit, oninput: tell },
    field("Title", title),
    field("Kind of system", profile),
    field("Stage", stage, { hint: ONLY }),
    field("Database use", workload, { hint: ONLY }),
    h(
      "fieldset.rv-group",
      {},
      h("legend", {}, "Chapters"),
      chapters.map(({ chapter, box }) => field(`${chapter.number} ${chapter.title}`, box, { inline: true })),
    ),
    field("Systems to review", targets, { hint: "One system per line." }),
    reviewerField(),
    count,
    h("p", {}, start),
  );
  tell();
  return element;
}

const lines = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function problemOf(names) {
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => lower.indexOf(lower[index]) < index);
  if (names.length > MOST) return `${names.length} systems are too many; at most ${MOST} are allowed.`;
  if (names.some((name) => name.length > LONGEST)) return `A system's name can have at most ${LONGEST} characters.`;
  return twice && `Two systems are called “${twice}”.`;
}

function named(names) {
  const taken = new Set();
  return (names.length ? names : ["System"]).map((name) => {
    const id = makeId(name, taken, "target");
    taken.add(id);
    return { id, name };
  });
}

// Begin a review from a template: its title, and the systems, which are those of the template unless said otherwise.
function beginFromTemplate(template, { store, begin }) {
  const title = h("input", { type: "text", maxlength: 400, value: template.title });
  const names = template.targets.map(({ name }) => name).join("\n");
  const targets = h("textarea", { rows: 3, value: names });
  const place = h("div", { role: "alert" });
  const count = Object.values(template.answers ?? {}).reduce((sum, given) => sum + Object.keys(given).length, 0);
  const start = async () => {
    const chosen = lines(targets.value);
    const problem = chosen.length ? problemOf(chosen) : "Name a system to review.";
    if (problem) return place.replaceChildren(listLines([problem]));
    const review = beginFrom(template, title.value.trim() || template.title, chosen);
    await store.put(review);
    shown.close();
    return begin(review.id);
  };
  const shown = showDialog(
    "Begin from a template",
    h("p", {}, `${template.title}: ${count} ${count === 1 ? "answer" : "answers"} given beforehand.`),
    field("Title", title),
    field("Systems to review", targets, {
      hint: "One system per line. One that the template does not have gets the answers of the only one there.",
    }),
    place,
    h("p", {}, button("Begin", start, { class: "rv-button rv-button--strong" })),
  );
}

async function importFiles(files, { catalog, store, engine, redraw, begin }) {
  for (const file of files) {
    const given = await readReview(file, engine);
    const review = given && (await migrateToThisEdition(engine, given));
    if (!review) continue;
    if (review.template) {
      beginFromTemplate(review, { store, begin });
      continue;
    }
    const there = await store.load(review.id);
    if (
      there &&
      !(await askWhether(
        "You already have this review",
        `“${there.title}” was last changed here ${sayWhen(there.updated)}, and in the file ${sayWhen(review.updated)}. To merge them, open the review and import the file there. If you replace it, a copy of your version is kept.`,
        "Replace it",
      ))
    )
      continue;
    if (there) await store.keep(there, "before an import");
    await store.put(review);
    announce(`Imported: ${review.title}`);
    await redraw();
    const unknown = describeUnknown(catalog, review);
    if (unknown.length) showProblems(review.title, unknown);
  }
}

function kept(copies, store, redraw) {
  const rows = copies.map((copy) =>
    h(
      "li",
      {},
      `${copy.review.title}, ${copy.why}, ${sayWhen(copy.at)} `,
      button("Restore", async () => {
        const there = await store.load(copy.review.id);
        if (there) await store.keep(there, "before restoring a copy");
        await store.put(copy.review);
        redraw();
      }),
      " ",
      button("Download", () => downloadJson(copy.review)),
      " ",
      button("Forget", async () => {
        await store.forget(copy.key);
        redraw();
      }),
    ),
  );
  return h("details.rv-copies", {}, h("summary", {}, `Earlier copies (${copies.length})`), h("ul", {}, rows));
}
