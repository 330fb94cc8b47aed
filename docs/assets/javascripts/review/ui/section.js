// One answer for a whole section: what is shown of it, for the target at hand, in one step that is undone in one.

import { answerCode, words } from "../core/labels.js";
import { showDialog } from "./dialogs.js";
import { announce, button, field, h, select } from "./dom.js";

/** Ask which answer the rules of a section get, and give it. */
export function answerSection(view, number, title) {
  const items = [...view.items.values()].filter((item) => item.rule.section === number && !item.element.hidden);
  const open = items.filter(({ answer }) => answerCode(answer) === "unanswered");
  const value = select(Object.entries({ ...words.values, "not-applicable": words.not_applicable }), "met");
  const code = select(Object.entries(words.reasons), "no-such-part");
  const text = h("textarea", { rows: 2, maxlength: 20_000 });
  const why = h("div", { hidden: true }, field("Why it does not apply", code), field("Reason", text));
  const others = h("input", { type: "checkbox" });
  const place = h("p", { role: "alert" });
  const count = () => `Answer ${(others.checked ? items : open).length} of ${items.length}`;
  const give = () => {
    if (value.value === "not-applicable" && !text.value.trim()) {
      place.textContent = "Give a reason why they do not apply.";
      return text.focus();
    }
    shown.close();
    return answer(others.checked ? items : open, fieldsOf(value.value, code.value, text.value));
  };
  const sure = button(count(), give, { class: "rv-button rv-button--strong" });
  const draw = () => {
    why.hidden = value.value !== "not-applicable";
    sure.textContent = count();
    sure.disabled = !(others.checked ? items : open).length;
  };
  value.addEventListener("change", draw);
  others.addEventListener("change", draw);
  const shown = showDialog(
    title,
    h("p", {}, "One answer for every rule of this section that is shown. Undo takes all of it back."),
    field("Answer", value),
    why,
    items.length > open.length
      ? field(`Change the ${items.length - open.length} that have an answer, too`, others, { inline: true })
      : "",
    place,
    h("p", {}, sure),
  );
  draw();
}

function fieldsOf(value, code, text) {
  return value === "not-applicable" ? { value: "unanswered", not_applicable: { code, text } } : { value };
}

function answer(items, fields) {
  const group = crypto.randomUUID();
  for (const item of items) item.change(fields, group);
  announce(`${items.length} ${items.length === 1 ? "rule" : "rules"} answered.`);
}
