// What stands beside an answer where the screen is wide, and opens with the details where it is not: the comment, the
// plan with its owner and day, and the way to the evidence.

import { words } from "../core/labels.js";
import { idOf, nameOf } from "../core/people.js";
import { button, day, field, h, readDay, select } from "./dom.js";

/** The fields beside the answer of an item, made when it comes into view and kept up to date with it. */
export class Side {
  #isMade = false;

  constructor(item) {
    this.item = item;
    this.element = h("fieldset.rv-side", { "aria-label": `Notes on ${item.rule.id}` });
  }

  /** Make the fields, where they are not there yet: a long review begins without those that nobody sees. */
  make() {
    if (this.#isMade) return;
    this.#isMade = true;
    const { item } = this;
    this.comment = h("textarea", { rows: 1, maxlength: 20_000, "data-field": "comment" });
    this.plan = select(Object.entries(words.plans), "none");
    this.owner = h("input", { type: "text", maxlength: 400, autocomplete: "off" });
    this.until = day("");
    this.evidence = button("Evidence", () => item.open(true, "evidence"));
    this.comment.addEventListener("input", () => item.change({ comment: this.comment.value }));
    for (const [name, input] of Object.entries({ plan: this.plan, owner: this.owner, until: this.until }))
      input.addEventListener("input", () => this.#save(name, input));
    this.element.append(
      h("div.rv-side__row", {}, field("Comment", this.comment), this.evidence),
      h(
        "div.rv-side__row",
        {},
        field("Plan", this.plan),
        field("Owner", this.owner),
        field(h("span", {}, "Due", h("span.sr-only", {}, " on, or accepted until")), this.until),
      ),
    );
    this.update(item.answer, false);
  }

  /** Put the focus on the comment. */
  goTo() {
    this.make();
    this.comment?.focus();
  }

  #save(name, input) {
    const known = this.item.answer?.disposition ?? {};
    const read = { until: readDay, owner: ({ value }) => idOf(this.item.view.open.review, value) };
    const value = read[name]?.(input) ?? input.value;
    this.item.change({ disposition: { ...known, [name]: value } });
  }

  /** Whether it can be seen: on a narrow screen it opens with the details. */
  get isShown() {
    return this.element.offsetParent !== null;
  }

  /** Show the answer; what is being typed is left alone, unless another tab changed it. */
  update(answer, elsewhere) {
    this.element.disabled = this.item.view.open.signedOff;
    if (!this.#isMade) return;
    const { disposition: plan = {}, evidence = [] } = answer ?? {};
    write(this.comment, answer?.comment ?? "", elsewhere);
    write(this.plan, plan.plan ?? "none", elsewhere);
    write(this.owner, nameOf(this.item.view.open.review, plan.owner) ?? "", elsewhere);
    write(this.until, plan.until ?? "", elsewhere);
    this.evidence.textContent = evidence.length ? `Evidence: ${evidence.length}` : "Evidence";
  }
}

// The place in a text stays where it was.
function write(input, value, elsewhere) {
  if (input.value === value || (document.activeElement === input && !elsewhere)) return;
  const { selectionStart, selectionEnd } = input;
  input.value = value;
  if (document.activeElement === input && Number.isInteger(selectionStart))
    input.setSelectionRange(selectionStart, selectionEnd);
}
