// One rule in the list: its question, the buttons of its answer, and what opens below them.

import { button, field, h, prose, select, today } from "./dom.js";
import { disagrees, overdue } from "./scores.js";
import { choice, words } from "./words.js";

const CHOICES = ["met", "partial", "not-met", "unanswered", "not-applicable"];
const KEYS = { met: "1", partial: "2", "not-met": "3", unanswered: "4", "not-applicable": "n" };

/** A rule and its answer for a target, as an element that is kept up to date. */
export class Item {
  #pending = false; // chosen as not applicable, while the reason is not written yet

  constructor(view, rule) {
    this.view = view;
    this.rule = rule;
    this.body = h("div.rv-item__body", { id: `body-${rule.id}`, hidden: true });
    this.marks = h("p.rv-item__marks");
    this.printed = h("div.rv-item__printed");
    this.toggle = h(
      "button.rv-item__open",
      { type: "button", "aria-expanded": "false", "aria-controls": this.body.id, onclick: () => this.open(!this.isOpen) },
      "Details",
      h("span.sr-only", {}, ` of ${rule.id}`),
    );
    this.element = this.#element();
    this.update();
  }

  get isOpen() {
    return !this.body.hidden;
  }

  get answer() {
    return this.view.open.answer(this.rule.id, this.view.target);
  }

  #element() {
    const { rule } = this;
    const heading = h(
      "h3.rv-item__title",
      { id: `rule-${rule.id}`, tabindex: "-1" },
      h("span.rv-item__id", {}, rule.id),
      " ",
      prose(rule.ask),
    );
    const facts = h(
      "p.rv-item__facts",
      {},
      h(`span.rv-level.rv-level--${rule.level}`, {}, rule.level),
      h(`span.rv-severity.rv-severity--${rule.severity}`, {}, `${rule.severity} severity`),
      h("span", {}, rule.title),
    );
    this.choices = h(
      "fieldset.rv-choices",
      {},
      h("legend.sr-only", {}, `Answer to ${rule.id}: ${rule.title}`),
      CHOICES.map((code) => this.#choice(code)),
    );
    return h(
      "li.rv-item",
      { "data-rule": rule.id },
      h("div.rv-item__head", {}, heading, facts),
      h("div.rv-item__answer", {}, this.choices, this.toggle),
      this.marks,
      this.printed,
      this.body,
    );
  }

  #choice(code) {
    const id = `${this.rule.id}-${code}`;
    const label = code === "not-applicable" ? words.not_applicable : words.values[code];
    const radio = h("input", { type: "radio", id, name: `answer-${this.rule.id}`, value: code, onchange: () => this.choose(code) });
    return h(
      `span.rv-choice.rv-choice--${code}`,
      {},
      radio,
      h("label", { for: id }, label, h("kbd", { "aria-hidden": "true" }, KEYS[code])),
    );
  }

  /** Answer, as a button or a key asks. */
  choose(code) {
    if (code === "not-applicable") return this.#askWhy();
    this.#pending = false;
    this.view.change(this.rule, { value: code });
    return undefined;
  }

  #askWhy() {
    if (this.answer?.not_applicable) return this.open(true, "why");
    this.#pending = true;
    this.update();
    this.open(true, "why");
    return undefined;
  }

  /** Open or close the details, and go to one of their fields: `why`, `comment` or `evidence`. */
  open(wanted, to) {
    if (wanted && (!this.isOpen || to === "why")) this.#fill();
    this.body.hidden = !wanted;
    this.toggle.setAttribute("aria-expanded", String(wanted));
    if (to === "evidence" && !this.body.querySelector("[data-field=evidence]")) this.#addEvidence();
    if (to) this.body.querySelector(`[data-field=${to}]`)?.focus();
  }

  /** Show the answer as it is now; `elsewhere` when another hand changed it. */
  update(elsewhere = false) {
    const { answer } = this;
    const code = this.#pending ? "not-applicable" : choice(answer);
    const radio = this.element.querySelector(`#${this.rule.id}-${code}`);
    if (!radio.checked) radio.checked = true;
    this.element.dataset.choice = code;
    this.marks.replaceChildren(...this.#marks(answer));
    this.printed.replaceChildren(...this.#printed(answer));
    if (elsewhere && this.isOpen && !this.body.contains(document.activeElement)) this.#fill();
  }

  #marks(answer) {
    const outcome = this.view.open.outcome(this.rule.id, this.view.target);
    const marks = [
      this.#pending && ["warn", "Say why it does not apply: it counts when there is a reason"],
      answer?.confirm && ["warn", "The rule has changed since: confirm the answer"],
      answer && !answer.confirm && answer.text_hash !== this.rule.text_hash && ["warn", "The rule reads differently now: look again"],
      outcome && [outcome.outcome === "fail" ? "bad" : "plain", `Check: ${words.outcomes[outcome.outcome].toLowerCase()}`],
      disagrees(answer, outcome) && ["bad", "The check says something else than the answer"],
      answer && overdue(answer, today()) && ["bad", `Overdue since ${answer.disposition.until}`],
      answer?.disposition?.plan && ["plain", words.plans[answer.disposition.plan]],
      answer?.comment && ["plain", "Comment"],
      answer?.evidence?.length && ["plain", `Evidence: ${answer.evidence.length}`],
    ];
    return marks.filter(Boolean).map(([kind, text]) => h(`span.rv-mark.rv-mark--${kind}`, {}, text));
  }

  // Only paper shows it: what is in the fields, in words.
  #printed(answer) {
    if (!answer) return [];
    const { disposition: plan = {}, not_applicable: why } = answer;
    return [
      why && `${words.reasons[why.code]}: ${why.text}`,
      answer.comment,
      plan.plan && [words.plans[plan.plan], plan.owner, plan.until && `until ${plan.until}`, plan.approver, plan.ticket].filter(Boolean).join(", "),
      ...(answer.evidence ?? []).map((each) => `Evidence: ${[each.description, each.address, each.path].filter(Boolean).join(", ")}`),
    ]
      .filter(Boolean)
      .map((text) => h("p", {}, text));
  }

  #fill() {
    const { rule, answer } = this;
    this.body.replaceChildren(
      h("div.rv-item__about", {}, this.#about(rule)),
      h(
        "div.rv-item__fields",
        {},
        this.#pending || answer?.not_applicable ? this.#why(answer?.not_applicable) : null,
        this.#comment(answer),
        this.#plan(answer?.disposition ?? {}),
        this.#evidence(answer?.evidence ?? []),
        this.#confidence(answer),
      ),
      this.#outcome(),
    );
  }

  #about(rule) {
    const list = (title, texts) => texts.length && [h("h4", {}, title), h("ul", {}, texts.map((text) => h("li", {}, prose(text))))];
    return [
      h("p", {}, h("strong", {}, prose(rule.statement))),
      h("p", {}, prose(rule.why)),
      list("How", rule.how),
      list("What shows it", rule.evidence),
      list("Exceptions", rule.exceptions),
      h("p", {}, h("a", { href: this.view.pageOf(rule), target: "_blank" }, `${rule.id} in the guide`), " (opens a new tab)"),
    ];
  }

  #why(why) {
    const code = select(Object.entries(words.reasons), why?.code ?? "no-such-part");
    const text = h("textarea", { rows: 2, maxlength: 20_000, required: true, "data-field": "why", value: why?.text ?? "" });
    const save = () => {
      if (!text.value.trim()) return;
      this.#pending = false;
      this.view.change(this.rule, { not_applicable: { code: code.value, text: text.value }, value: "unanswered" });
    };
    code.addEventListener("change", save);
    text.addEventListener("input", save);
    return h("div.rv-group", {}, field("Why it does not apply", code), field("In words", text, { hint: "It counts once something is written here." }));
  }

  #comment(answer) {
    const text = h("textarea", { rows: 2, maxlength: 20_000, "data-field": "comment", value: answer?.comment ?? "" });
    text.addEventListener("input", () => this.view.change(this.rule, { comment: text.value }));
    return field("Comment", text);
  }

  #plan(plan) {
    const inputs = {
      plan: select(Object.entries(words.plans), plan.plan ?? "none"),
      owner: h("input", { type: "text", maxlength: 400, value: plan.owner ?? "" }),
      until: h("input", { type: "date", value: plan.until ?? "" }),
      approver: h("input", { type: "text", maxlength: 400, value: plan.approver ?? "" }),
      ticket: h("input", { type: "text", maxlength: 400, value: plan.ticket ?? "" }),
    };
    const save = () => {
      const said = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]));
      const known = this.answer?.disposition ?? {};
      this.view.change(this.rule, { disposition: { ...known, ...said, until: said.until || null } });
    };
    for (const input of Object.values(inputs)) input.addEventListener("input", save);
    return h(
      "div.rv-group",
      { role: "group", "aria-label": "What is done about it" },
      field("What is done about it", inputs.plan),
      field("Owner", inputs.owner),
      field("Due or accepted until", inputs.until),
      field("Approved by", inputs.approver),
      field("Ticket", inputs.ticket),
    );
  }

  #confidence(answer) {
    const input = select([["", "Not said"], ...Object.entries(words.confidences)], answer?.confidence ?? "");
    input.addEventListener("change", () => this.view.change(this.rule, { confidence: input.value || null }));
    return field("How sure", input);
  }

  #evidence(all) {
    this.evidenceList = h("div.rv-evidence", {}, all.map((each, index) => this.#oneEvidence(each, index)));
    return h(
      "div.rv-group.rv-group--wide",
      { role: "group", "aria-label": "Evidence" },
      h("span.rv-group__title", {}, "Evidence"),
      this.evidenceList,
      button("Add evidence", () => {
        this.#addEvidence();
        this.evidenceList.lastElementChild.querySelector("textarea").focus();
      }),
    );
  }

  #addEvidence() {
    const index = this.evidenceList.children.length;
    this.evidenceList.append(this.#oneEvidence({ seen: today() }, index));
  }

  #oneEvidence(evidence, index) {
    const address = h("input", { type: "url", maxlength: 2000, value: evidence.address ?? "", pattern: "https?://.+", placeholder: "https://" });
    const inputs = {
      description: h("textarea", { rows: 1, maxlength: 20_000, "data-field": "evidence", value: evidence.description ?? "" }),
      address,
      path: h("input", { type: "text", maxlength: 400, value: evidence.path ?? "" }),
      line: h("input", { type: "number", min: 0, value: evidence.line ?? "" }),
      commit: h("input", { type: "text", maxlength: 400, value: evidence.commit ?? "" }),
      seen: h("input", { type: "date", value: evidence.seen ?? "" }),
    };
    const row = h("div.rv-evidence__one");
    row.read = () => ({
      ...evidence,
      ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value])),
      line: Number.parseInt(inputs.line.value, 10) || 0,
      seen: inputs.seen.value || null,
      // What is no web address yet is kept in the field, and not in the review.
      address: /^https?:\/\//.test(address.value) ? address.value : "",
    });
    for (const input of Object.values(inputs)) input.addEventListener("input", () => this.#saveEvidence());
    row.append(
      field(`Evidence ${index + 1}: what it shows`, inputs.description),
      field("Web address", address),
      field("File", inputs.path),
      field("Line", inputs.line),
      field("Commit", inputs.commit),
      field("Seen on", inputs.seen),
      button("Remove", () => {
        row.remove();
        this.#saveEvidence();
      }, { "aria-label": `Remove evidence ${index + 1}` }),
    );
    return row;
  }

  #saveEvidence() {
    const said = [...this.evidenceList.children].map((row) => row.read());
    const kept = said.filter((each) => ["description", "address", "path", "commit"].some((key) => each[key]));
    this.view.change(this.rule, { evidence: kept });
  }

  #outcome() {
    const outcome = this.view.open.outcome(this.rule.id, this.view.target);
    if (!outcome) return "";
    return h(
      "div.rv-outcome",
      {},
      h("h4", {}, `What the check said: ${words.outcomes[outcome.outcome].toLowerCase()}`),
      h("p", {}, outcome.reason ?? ""),
      outcome.places?.length ? h("ul", {}, outcome.places.map((place) => h("li", {}, h("code", {}, place)))) : null,
      h("p.rv-hint", {}, [outcome.at, outcome.tool, outcome.commit].filter(Boolean).join(" · ")),
    );
  }
}
