// Files that go out and come in. JSON needs nothing; every other form is written and read by the engine.

import { diffAnswers } from "../core/diff.js";
import { makeFileName, serialize } from "../core/document.js";
import { words } from "../core/labels.js";
import { loadSchema, parseDocument } from "../core/validation.js";
import { listLines, showDialog, showProblems } from "./dialogs.js";
import { announce, button, focusHeading, h, offerFile, prose, sayWhen, today } from "./dom.js";
import { confirmOpening, describeImport, describeUnknown, importer } from "./import-preview.js";

/** Offer the review as its JSON document. */
export function downloadJson(review) {
  offerFile(makeFileName(review, ".json"), serialize(review), "application/json");
}

/** Show the forms that the review can be taken away in, by what they are for. */
export function showForms(view) {
  const { open, engine } = view;
  const place = h("div.rv-dialog__said.rv-dialog__said--above", { role: "status" });
  const callOff = engine.prepareSoon();
  const takeJson = () => {
    callOff();
    downloadJson(open.review);
  };
  const entry = ({ name, title, says, suffix }) => {
    const take = name === "json" ? takeJson : () => exportByEngine(engine, place, name, suffix, open.review);
    return h(
      "li.rv-form-of",
      {},
      button(title, take, { "aria-describedby": `form-${name}`, "data-form": name }),
      h("code", {}, name),
      h("span", { id: `form-${name}` }, prose(says)),
    );
  };
  const purposes = [...new Set(words.forms.map(({ purpose }) => purpose))];
  const shown = showDialog(
    "Download",
    place,
    purposes.map((purpose) => [
      h("h3", {}, purpose),
      h("ul.rv-forms", {}, words.forms.filter((form) => form.purpose === purpose).map(entry)),
    ]),
    h(
      "p.rv-hint",
      {},
      "Nothing is sent anywhere. A program of this site writes all formats but JSON; the page fetches it (about 12 MB, once).",
    ),
  );
  shown.addEventListener("close", callOff);
}

async function exportByEngine(engine, place, name, suffix, review) {
  const made = await askEngine(engine, place, "write", { form: name, review: serialize(review), today: today() });
  if (!made) return;
  offerFile(makeFileName(review, suffix), made.file);
  place.replaceChildren(
    h("p", {}, `Written: ${makeFileName(review, suffix)}, ${made.file.byteLength.toLocaleString("en")} bytes.`),
  );
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
    const { problems, message } = /** @type {Error & { problems?: string[] }} */ (error);
    const lines = problems ?? [message];
    place.replaceChildren(
      h(
        "div",
        { role: "alert" },
        h("p", {}, h("strong", {}, "That did not work. "), "Nothing has changed."),
        listLines(lines),
      ),
    );
    return undefined;
  }
}

/**
 * Return a button that picks files to import; an `engine` that is given begins to load while they are chosen.
 * @param {(files: File[]) => Promise<void>} take
 * @param {Record<string, any>} [how]
 */
export function importButton(take, { engine, ...attributes } = {}) {
  let callOff = () => {};
  const input = h("input", {
    type: "file",
    multiple: true,
    hidden: true,
    "aria-label": "File of a review",
    oncancel: () => callOff(),
    onchange: () => {
      callOff();
      if (input.files.length) take([...input.files]).finally(() => (input.value = ""));
    },
  });
  const choose = () => {
    callOff = engine?.prepareSoon() ?? callOff;
    input.click();
  };
  const shown = h("span", {}, button("Import", choose, attributes), input);
  return engine?.prepareAt(shown) ?? shown;
}

/** Let files be dropped on an element. */
export function acceptDrops(element, take) {
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
export async function importFiles(view, files) {
  for (const file of files) {
    if (view.open.signedOff) reportRefusal(file, "The review is signed, read only. Open it again first.");
    else if (isJson(file)) await copy(view, file);
    else await form(view, file);
  }
}

const isJson = ({ name }) => /\.json$/i.test(name);

function reportRefusal(file, ...lines) {
  showProblems(`${file.name} could not be imported`, lines);
}

const isAllowed = (file) =>
  file.size <= MAX ||
  reportRefusal(
    file,
    `It has ${file.size.toLocaleString("en")} bytes; at most ${MAX.toLocaleString("en")} are allowed.`,
  );

/** Return the review that a file holds; else undefined, after its problems were told. */
export async function readReview(file, engine) {
  if (isJson(file)) return isAllowed(file) && (await readDocument(file));
  if (!/\.xlsx$/i.test(file.name))
    return reportRefusal(
      file,
      isOtherSpreadsheet(file)
        ? SAVE_AS
        : "Only a JSON file or an Excel workbook contains a whole review. Open the review that this file belongs to, and import it there.",
    );
  if (!isAllowed(file)) return undefined;
  const place = h("div.rv-dialog__said", { role: "status" });
  const shown = showDialog(file.name, place);
  const data = new Uint8Array(await file.arrayBuffer());
  const made = await askEngine(engine, place, "open", { form: "xlsx", data, ...importer() });
  // Whoever closed the window meanwhile wants no answer any more.
  if (!made || !shown.open) return undefined;
  shown.close();
  return confirmOpening(file, made);
}

async function readDocument(file) {
  await loadSchema();
  const { review, problems: found } = parseDocument(new Uint8Array(await file.arrayBuffer()));
  return found.length ? reportRefusal(file, ...found) : review;
}

const isOtherSpreadsheet = ({ name }) => /\.(xlsm|xlsb|xls|xltx|ods|fods|numbers)$/i.test(name);
const ONE_WAY = "It is of a format that cannot be imported. Export the review as xlsx, fill that in and import it.";
const SAVE_AS = "It is another kind of spreadsheet. Save it as .xlsx and import that.";

async function copy(view, file) {
  const review = isAllowed(file) && (await readDocument(file));
  if (!review) return;
  if (review.edition !== view.open.review.edition)
    reportRefusal(
      file,
      `It was made with edition ${review.edition}. Go to “All reviews” and import it there; you can then migrate it to this edition.`,
    );
  else if (review.id !== view.open.id)
    reportRefusal(file, "It is a different review. Go to “All reviews” and import it there; both are kept.");
  else choose(view, file, review);
}

// The same review comes back: replaced, or merged by the engine.
function choose(view, file, review) {
  const { version } = view.open;
  const place = h("div.rv-dialog__said", { role: "status" });
  const differ = [...diffAnswers(view.open.review.answers, review.answers ?? {})].length;
  const take = (chosen, how) => accept(view, { file, review: chosen, version, how, shown });
  const replace = button("Replace", () => take(review, "replaced"));
  const combine = async () => {
    const made = await askEngine(view.engine, place, "merge", {
      ours: serialize(view.open.review),
      theirs: serialize(review),
    });
    if (made && shown.open) await take(JSON.parse(made.review), `merged, ${made.conflicts} in conflict`);
  };
  // The way that loses nothing comes first.
  const merge = button("Merge", combine, { class: "rv-button rv-button--strong" });
  view.engine.prepare();
  const shown = showDialog(
    file.name.replace(/\.json$/i, ""),
    h(
      "p",
      {},
      `It is a copy of this review, changed ${sayWhen(review.updated)}; ${differ} ${differ === 1 ? "answer differs" : "answers differ"}.`,
    ),
    h("p", {}, merge, " combines both; if both changed an answer, yours is kept and the review lists the conflict."),
    h("p", {}, replace, " uses only the answers of the copy."),
    describeUnknown(view.open.catalog, review).map((line) => h("p", {}, line)),
    place,
  );
}

async function form(view, file) {
  const known = formsOf(file.name);
  if (!known.length) return reportRefusal(file, explainUnknown(file));
  if (!isAllowed(file)) return undefined;
  const place = h("div.rv-dialog__said", { role: "status" });
  const shown = showDialog(file.name, place);
  if (known.length === 1) return read(view, file, known[0].name, place, shown);
  const buttons = known.map(({ name, says }) =>
    h(
      "li.rv-form-of",
      {},
      button(name, () => read(view, file, name, place, shown)),
      " ",
      h("span", {}, prose(says)),
    ),
  );
  place.replaceChildren(h("p", {}, "Which format is it?"), h("ul.rv-forms", {}, buttons));
  return focusHeading(shown);
}

// As the command says it (cli/review/import.py).
function explainUnknown(file) {
  if (isOtherSpreadsheet(file)) return SAVE_AS;
  if (words.forms.some(({ suffix }) => file.name.toLowerCase().endsWith(suffix))) return ONE_WAY;
  const names = returning().map(({ name }) => name);
  return `These files can be imported: json, ${names.join(", ")}.`;
}

async function read(view, file, form, place, shown) {
  const data = new Uint8Array(await file.arrayBuffer());
  const { version } = view.open;
  const who = importer();
  const ask = (by) =>
    askEngine(view.engine, place, "read", { form, review: serialize(view.open.review), data, ...who, by });
  const made = await ask(who.by);
  if (!made) return;
  const take = async ({ by, withLosses }) => {
    const taken = by === who.by ? made : await ask(by);
    if (!taken || !shown.open) return;
    const review = JSON.parse(withLosses ? taken.lossy : taken.review);
    await accept(view, { file, review, version, how: "taken", shown });
  };
  place.replaceChildren(...describeImport(view.open, made, who.by, take));
  focusHeading(shown);
}

const returning = () => words.forms.filter(({ returns, name }) => returns && name !== "json");

// Which forms a file can be by its name, of those that come back: those of its whole suffix, or else of its last one.
function formsOf(name) {
  const [lower, last] = [name.toLowerCase(), name.toLowerCase().replace(/^.*(?=\.)/, "")];
  const whole = returning().filter(({ suffix }) => lower.endsWith(suffix));
  return whole.length ? whole : returning().filter(({ suffix }) => suffix.endsWith(last));
}

async function accept(view, { file, review, version, how, shown }) {
  shown.close();
  if (version !== view.open.version)
    return reportRefusal(file, "The review was changed in another tab in the meantime. Import the file again.");
  await view.open.store.keep(view.open.review, "before an import");
  await view.open.replace(review);
  return announce(`The file was ${how}. A copy of the old version is kept.`);
}
