// Signing the open review and opening it again: the questions, and the banner that says that it is signed.

import { labelAnswer, words } from "../core/labels.js";
import { countOpenMusts, listActions, listOpen } from "../core/results.js";
import { isChangedSince, reopeningProblems, signatureOf, signatureProblems } from "../core/sign-off.js";
import { listLines, showDialog } from "./dialogs.js";
import { announce, button, day, field, focusHeading, h, keepFocus, select, today } from "./dom.js";
import { NAME, recall } from "./settings.js";

const SHOWN = 12; // open musts

/** Return an entry of the log of signatures in words. */
export function describeEntry({ action, by, on, conclusion, reason, open_musts: musts }) {
  const verb = action === "signed" ? "Signed" : "Opened again";
  const concluded = conclusion ? `: ${words.conclusions[conclusion].toLowerCase()}` : "";
  const open = musts ? `, with ${musts} ${musts === 1 ? "answer" : "answers"} to must rules open` : "";
  return `${verb} by ${by} on ${on}${concluded}${open}${reason ? `. ${reason}` : ""}`;
}

/** Draw the banner of a signed review into an element; of another one it holds nothing. */
export function drawBanner(place, open) {
  const held = place.contains(document.activeElement);
  keepFocus(place, () => fillBanner(place, open));
  if (held && place.hidden) focusHeading(place.parentElement);
}

function fillBanner(place, open) {
  place.hidden = !open.signedOff;
  if (!open.signedOff) return place.replaceChildren();
  const signature = signatureOf(open.review);
  const who = signature ? `Signed by ${signature.by} on ${signature.on}` : "Signed off";
  const concluded = open.review.conclusion ? `${words.conclusions[open.review.conclusion]}. ` : "";
  const notice = h("p", { hidden: true }, h("strong", {}, "The review was changed after it was signed."));
  isChangedSince(open.review).then((changed) => (notice.hidden = !changed));
  return place.replaceChildren(
    h("p", {}, h("strong", {}, `${who}, read only. `), concluded),
    notice,
    button("Open it again", () => showReopening(open)),
  );
}

function person() {
  return h("input", { type: "text", maxlength: 400, value: recall(NAME), autocomplete: "name" });
}

/** Ask who signs, when and how, say what is open among the musts, and sign. */
export function showSigning(open) {
  const [by, on] = [person(), day(today())];
  const conclusion = select([["", "Choose"], ...Object.entries(words.conclusions)], open.review.conclusion ?? "");
  const conditions = h("textarea", { rows: 3, value: (open.review.conditions ?? []).join("\n") });
  const reason = h("textarea", { rows: 2, maxlength: 20_000 });
  const place = h("div", { role: "alert" });
  const openMusts = countOpenMusts(open, today());
  const sign = () => {
    const said = {
      by: by.value,
      on: on.value,
      conclusion: conclusion.value,
      conditions: conditions.value
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
      reason: reason.value,
      openMusts,
    };
    const problems = signatureProblems(open.review, said);
    if (problems.length) return place.replaceChildren(listLines(problems));
    shown.close();
    return open.sign(said).then(() => announce(`Signed by ${said.by.trim()}.`));
  };
  const shown = showDialog(
    "Sign the review",
    listMusts(open, openMusts),
    tellRisks(open),
    h("div.rv-toolbar", {}, field("Name", by), field("Day", on), field("Conclusion", conclusion)),
    field("Conditions", conditions, { hint: "One per line." }),
    field("Remark", reason),
    h("p.rv-hint", {}, "What is signed cannot be changed, here or by the command, until somebody opens it again."),
    place,
    h("p", {}, button("Sign", sign, { class: "rv-button rv-button--strong" })),
  );
}

// Of a risk that nobody approved, whoever signs should know.
function tellRisks(open) {
  const { length } = listActions(open, today()).filter(({ state }) => state === "incomplete");
  const told = `${length} accepted ${length === 1 ? "risk lacks" : "risks lack"} an answer, an end, an owner or an approver.`;
  return length > 0 && h("p", {}, h("strong", {}, told));
}

function listMusts(open, count) {
  const musts = listOpen(open, today()).filter(({ rule }) => rule.level === "must");
  if (!count) return h("p", {}, "No must rule is open.");
  const { answers } = open.review;
  const lines = musts.slice(0, SHOWN).map(({ rule, targets }) => {
    const where = targets.map(({ id, name }) => `${name}: ${labelAnswer(answers[rule.id]?.[id]).toLowerCase()}`);
    return `${rule.id} ${rule.title} (${where.join(", ")})`;
  });
  const more = musts.length - lines.length;
  return [
    h("p", {}, h("strong", {}, `${count} ${count === 1 ? "answer" : "answers"} to must rules open:`)),
    h(
      "div.rv-musts",
      { tabindex: "0", role: "region", "aria-label": "Open must rules" },
      listLines([...lines, ...(more > 0 ? [`and ${more} more rules`] : [])]),
    ),
  ];
}

/** Ask who opens the signed review again, and why. */
export function showReopening(open) {
  const [by, on] = [person(), day(today())];
  const reason = h("textarea", { rows: 2, maxlength: 20_000 });
  const place = h("div", { role: "alert" });
  const reopen = () => {
    const said = { by: by.value, on: on.value, reason: reason.value };
    const problems = reopeningProblems(said);
    if (problems.length) return place.replaceChildren(listLines(problems));
    shown.close();
    open.reopen(said);
    return announce("The review is open again.");
  };
  const shown = showDialog(
    "Open the review again",
    h("p", {}, "The signature, and that you opened the review again, stay in its log."),
    h("div.rv-toolbar", {}, field("Name", by), field("Day", on)),
    field("Why", reason),
    place,
    h("p", {}, button("Open again", reopen, { class: "rv-button rv-button--strong" })),
  );
}
