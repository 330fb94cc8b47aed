// Files that go out and come in. JSON needs nothing; every other form is written and read by the engine.

import { dialog, listed, problems } from "./dialogs.js";
import { announce, button, h, offer, prose, today } from "./dom.js";
import { fileName, written } from "./document.js";
import { changes } from "./compare.js";
import { checked } from "./validation.js";
import { answered, words } from "./labels.js";

/** Offer the review as its JSON document. */
export function downloadJson(review) {
  offer(fileName(review, ".json"), written(review), "application/json");
}

/** Show the forms that the review can be taken away in, by what they are for. */
export function exporting(view) {
  const { open, engine } = view;
  const place = h("div.rv-dialog__said", { role: "status" });
  const entry = ({ name, says, suffix }) => {
    const take = name === "json" ? () => downloadJson(open.review) : () => through(engine, place, name, suffix, open.review);
    return h("li.rv-form-of", {}, button(name, take, { "aria-describedby": `form-${name}` }), " ", h("span", { id: `form-${name}` }, prose(says)));
  };
  const purposes = [...new Set(words.forms.map(({ purpose }) => purpose))];
  dialog(
    "Download",
    h("p", {}, "For formats other than JSON, the page first downloads a program from this site (about 9 MB, 16 MB unpacked). Nothing is sent anywhere."),
    place,
    purposes.map((purpose) => [h("h3", {}, purpose), h("ul.rv-forms", {}, words.forms.filter((form) => form.purpose === purpose).map(entry))]),
  );
}

async function through(engine, place, name, suffix, review) {
  const made = await askEngine(engine, place, "write", { form: name, review: written(review), today: today() });
  if (!made) return;
  offer(fileName(review, suffix), made.file);
  place.replaceChildren(h("p", {}, `Written: ${fileName(review, suffix)}, ${made.file.byteLength.toLocaleString("en")} bytes.`));
}

/** Ask the engine, with its progress in an element. Returns what it gave, or undefined where it could not be had. */
export async function askEngine(engine, place, what, given) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Downloading the program" });
  const text = h("p", {}, "Starting…");
  place.replaceChildren(text, bar);
  try {
    const made = await engine.ask(what, given, ({ part, loaded, total }) => {
      text.textContent = part;
      if (total) bar.value = loaded / total;
      else bar.removeAttribute("value");
    });
    place.replaceChildren();
    return made;
  } catch (error) {
    const lines = error.problems ?? [error.message];
    place.replaceChildren(h("div", { role: "alert" }, h("p", {}, h("strong", {}, "That did not work. "), "Nothing has changed."), listed(lines)));
    return undefined;
  }
}

/** Return a button that picks files to import. */
export function importing(take, attributes = {}) {
  const input = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "File of a review", onchange: () => input.files.length && take([...input.files]).finally(() => (input.value = "")) });
  return h("span", {}, button("Import", () => input.click(), attributes), input);
}

/** Let files be dropped on an element. */
export function dropping(element, take) {
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("rv-drop");
  });
  for (const end of ["dragleave", "drop"]) element.addEventListener(end, () => element.classList.remove("rv-drop"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
}

const MAX = 50_000_000;

/** Take files into the open review: whole, or not at all. */
export async function receive(view, files) {
  for (const file of files) {
    if (view.open.signedOff) refused(file, "The review is signed off. Change its state first.");
    else if (isJson(file)) await copy(view, file);
    else await form(view, file);
  }
}

const isJson = ({ name }) => /\.json$/i.test(name);

function refused(file, ...lines) {
  problems(`${file.name} could not be imported`, lines);
}

const fits = (file) => file.size <= MAX || refused(file, `It has ${file.size.toLocaleString("en")} bytes; at most ${MAX.toLocaleString("en")} are allowed.`);

/** Return the review that a file holds; else undefined, after its problems were told. */
export async function reviewOf(file) {
  if (!isJson(file)) return refused(file, "Only a JSON file contains a whole review. Open the review that this file belongs to, and import it there.");
  if (!fits(file)) return undefined;
  const { review, problems: found } = checked(await file.text());
  return found.length ? refused(file, ...found) : review;
}

async function copy(view, file) {
  const review = await reviewOf(file);
  if (!review) return;
  if (review.edition !== view.open.review.edition) refused(file, `It was made with edition ${review.edition}. Go to “All reviews” and import it there; you can then migrate it to this edition.`);
  else if (review.id !== view.open.id) refused(file, "It is a different review. Go to “All reviews” and import it there; both are kept.");
  else choose(view, file, review);
}

// The same review comes back: replaced, or merged by the engine.
function choose(view, file, review) {
  const { version } = view.open;
  const place = h("div.rv-dialog__said", { role: "status" });
  const differ = [...changes(view.open.review.answers, review.answers ?? {})].length;
  const take = (chosen, how) => accept(view, { file, review: chosen, version, how, shown });
  const replace = button("Replace", () => take(review, "replaced"));
  const merge = button("Merge", async () => {
    const made = await askEngine(view.engine, place, "merge", { ours: written(view.open.review), theirs: written(review) });
    if (made) await take(JSON.parse(made.review), `merged, ${made.conflicts} in conflict`);
  });
  const shown = dialog(
    file.name,
    h("p", {}, `It is a copy of this review, changed ${review.updated}; ${differ} ${differ === 1 ? "answer differs" : "answers differ"}.`),
    h("p", {}, replace, " uses only the file's answers. ", merge, " combines both; if both changed an answer, yours is kept and the review lists the conflict."),
    place,
  );
}

async function form(view, file) {
  const known = formsOf(file.name);
  if (!known.length) return refused(file, `These files can be imported: json, ${returning().map(({ name }) => name).join(", ")}.`);
  if (!fits(file)) return undefined;
  const place = h("div.rv-dialog__said", { role: "status" });
  const shown = dialog(file.name, place);
  if (known.length === 1) return read(view, file, known[0].name, place, shown);
  const buttons = known.map(({ name, says }) => h("li.rv-form-of", {}, button(name, () => read(view, file, name, place, shown)), " ", h("span", {}, prose(says))));
  return place.replaceChildren(h("p", {}, "Which format is it?"), h("ul.rv-forms", {}, buttons));
}

async function read(view, file, form, place, shown) {
  const data = new Uint8Array(await file.arrayBuffer());
  const { version } = view.open;
  const made = await askEngine(view.engine, place, "read", { form, review: written(view.open.review), data, today: today() });
  if (!made) return;
  const review = JSON.parse(made.review);
  const found = [...changes(view.open.review.answers, review.answers ?? {})];
  place.replaceChildren(
    ...(made.remarks.length ? [h("p", {}, "Ignored:"), listed(made.remarks)] : []),
    h("p", {}, found.length ? `${found.length} ${found.length === 1 ? "answer changes" : "answers change"}:` : "No answers change."),
    listed(found.map((change) => inWords(view.open, change))),
    found.length ? h("p", {}, button("Import answers", () => accept(view, { file, review, version, how: "taken", shown }), { class: "rv-button rv-button--strong" })) : "",
  );
}

const returning = () => words.forms.filter(({ returns, name }) => returns && name !== "json");

// Which forms a file can be by its name, of those that come back: those of its whole suffix, or else of its last one.
function formsOf(name) {
  const [lower, last] = [name.toLowerCase(), name.toLowerCase().replace(/^.*(?=\.)/, "")];
  const whole = returning().filter(({ suffix }) => lower.endsWith(suffix));
  return whole.length ? whole : returning().filter(({ suffix }) => suffix.endsWith(last));
}

// What an import changes of an answer: from what, to what, and what else.
function inWords({ catalog, review }, { rule, target, before, after, fields }) {
  const name = review.targets.find(({ id }) => id === target)?.name ?? target;
  const others = fields.filter((each) => each !== "answer");
  const said = fields.includes("answer") ? [`${answered(before)} → ${answered(after)}`] : [];
  return `${rule} ${catalog.byId.get(rule)?.title ?? ""}, ${name}: ${[...said, ...others].join("; ")}`;
}

async function accept(view, { file, review, version, how, shown }) {
  shown.close();
  if (version !== view.open.version) return refused(file, "The review was changed in another tab in the meantime. Import the file again.");
  await view.open.store.keep(view.open.review, "before an import");
  await view.open.replace(review);
  return announce(`The file was ${how}. A copy of the old version is kept.`);
}
