// What opens below a rule: its text, the rest of its answer's fields, and what a check said.

import { words } from "../core/labels.js";
import { idOf, nameOf } from "../core/people.js";
import { field, h, keepFocus, prose, select } from "./dom.js";
import { Evidence } from "./evidence.js";
import { traceList } from "./traces.js";

/** The details of an item as an element, filled when they open. */
export class Details {
  constructor(item) {
    this.item = item;
    this.element = h("div.rv-item__body", { id: `body-${item.rule.id}`, hidden: true });
    /** @type {Evidence | undefined} */
    this.evidence = undefined;
  }

  get hasFocus() {
    return this.element.contains(document.activeElement);
  }

  /** Write them anew, and leave the focus where it is. */
  refill() {
    keepFocus(this.element, () => this.fill());
  }

  /** Write them anew, from the answer as it is. */
  fill() {
    const { rule, answer, outcome, asksWhy } = this.item;
    this.evidence = new Evidence(answer?.evidence ?? [], (evidence) => this.item.change({ evidence }));
    this.element.replaceChildren(
      h("div.rv-item__about", {}, about(rule, this.item.view.pageOf(rule))),
      h(
        "fieldset.rv-item__fields",
        { "aria-label": `Answer to ${rule.id}`, disabled: this.item.view.open.signedOff },
        asksWhy ? this.#why(answer?.not_applicable) : null,
        this.evidence.element,
        this.#plan(answer?.disposition ?? {}),
        this.#confidence(answer),
      ),
      outcome ? this.#said(outcome) : "",
    );
  }

  #said(outcome) {
    if (!outcome.traces?.length) return said(outcome);
    return traceList(outcome, {
      taken: !this.item.newEvidence,
      take: () => this.item.takeOver(),
      disabled: this.item.view.open.signedOff,
    });
  }

  /** Put the focus on a field: `why` or `evidence`. */
  goTo(name) {
    if (name === "evidence") this.evidence?.goTo();
    else this.element.querySelector(`[data-field=${name}]`)?.focus();
  }

  #why(why) {
    const code = select(Object.entries(words.reasons), why?.code ?? "no-such-part");
    const text = h("textarea", {
      rows: 2,
      maxlength: 20_000,
      required: true,
      "data-field": "why",
      value: why?.text ?? "",
    });
    const save = () => {
      if (text.value.trim())
        this.item.change({ not_applicable: { code: code.value, text: text.value }, value: "unanswered" });
      else if (this.item.answer?.not_applicable) this.item.askAgain();
    };
    code.addEventListener("change", save);
    text.addEventListener("input", save);
    return h(
      "div.rv-group",
      {},
      field("Why it does not apply", code),
      field("Reason", text, { hint: "Required: the answer counts once you give a reason." }),
    );
  }

  // The rest of the plan: what it is, whose and until when stands beside the answer (side.js).
  #plan(plan) {
    const { open } = this.item.view;
    const inputs = {
      approver: h("input", { type: "text", maxlength: 400, value: nameOf(open.review, plan.approver) ?? "" }),
      ticket: h("input", { type: "text", maxlength: 400, value: plan.ticket ?? "" }),
    };
    const save = () => {
      const said = { approver: idOf(open.review, inputs.approver.value), ticket: inputs.ticket.value };
      this.item.change({ disposition: { ...this.item.answer?.disposition, ...said } });
    };
    for (const input of Object.values(inputs)) input.addEventListener("input", save);
    return h(
      "div.rv-group",
      { role: "group", "aria-label": "Plan" },
      field("Approved by", inputs.approver),
      field("Ticket", inputs.ticket),
    );
  }

  #confidence(answer) {
    const input = select([["", "Not stated"], ...Object.entries(words.confidences)], answer?.confidence ?? "");
    input.addEventListener("change", () => this.item.change({ confidence: input.value || null }));
    return field("Confidence", input);
  }
}

function about(rule, page) {
  const list = (title, texts) =>
    texts.length > 0 && [
      h("h4", {}, title),
      h(
        "ul",
        {},
        texts.map((text) => h("li", {}, prose(text))),
      ),
    ];
  return [
    h("p", {}, h("strong", {}, prose(rule.statement))),
    h("p", {}, prose(rule.why)),
    !rule.own && h("p", {}, h("em", {}, "From the guide's editors, not its source:")),
    list("How", rule.how),
    list("Evidence", rule.evidence),
    list("Exceptions", rule.exceptions),
    page
      ? h("p", {}, h("a", { href: page, target: "_blank" }, `${rule.id} in the guide`), " (opens a new tab)")
      : h("p", {}, "A rule of your organisation."),
  ];
}

function said(outcome) {
  return h(
    "div.rv-outcome",
    {},
    h("h4", {}, `Result of the check: ${words.outcomes[outcome.outcome].toLowerCase()}`),
    h("p", {}, outcome.reason ?? ""),
    outcome.places?.length
      ? h(
          "ul",
          {},
          outcome.places.map((place) => h("li", {}, h("code", {}, place))),
        )
      : null,
    h("p.rv-hint", {}, [outcome.at, outcome.tool, outcome.commit].filter(Boolean).join(" · ")),
  );
}
