// One rule in the list: its question, the buttons of its answer, and what opens below them.

import { answerCode, words } from "../core/labels.js";
import { nameOf } from "../core/people.js";
import { gaps, isDisputed, isOverdue } from "../core/score.js";
import { withTraces } from "../core/traces.js";
import { levelBadge, severityBadge } from "./badges.js";
import { Details } from "./details.js";
import { announce, h, prose, today } from "./dom.js";
import { Side } from "./side.js";

const CHOICES = ["met", "partial", "not-met", "unanswered", "not-applicable"];
const describeGaps = (answer) =>
  gaps(answer)
    .map((each) => words.gaps[each])
    .join(", ");
const KEYS = { met: "1", partial: "2", "not-met": "3", unanswered: "4", "not-applicable": "n" };

/** A rule and its answer for a target, as an element that is kept up to date. */
export class Item {
  #pending = false; // chosen as not applicable, while the reason is not written yet

  constructor(view, rule) {
    this.view = view;
    this.rule = rule;
    this.details = new Details(this);
    this.side = new Side(this);
    this.marks = h("p.rv-item__marks");
    this.printed = h("div.rv-item__printed");
    this.toggle = h(
      "button.rv-item__open",
      {
        type: "button",
        "aria-expanded": "false",
        "aria-controls": this.details.element.id,
        onclick: () => this.open(!this.isOpen),
      },
      "Details",
      h("span.sr-only", {}, ` of ${rule.id}`),
    );
    this.element = this.#element();
    this.element.addEventListener("contentvisibilityautostatechange", () => this.side.make(), { once: true });
    // A browser that does not tell what comes into view gets all of it at once.
    if (!("oncontentvisibilityautostatechange" in this.element)) this.side.make();
    this.update();
  }

  get isOpen() {
    return !this.details.element.hidden;
  }

  get answer() {
    return this.view.open.answer(this.rule.id, this.view.target);
  }

  get outcome() {
    return this.view.open.outcome(this.rule.id, this.view.target);
  }

  /** The evidence with what a machine found, where that is more than there is. */
  get newEvidence() {
    const evidence = this.answer?.evidence ?? [];
    const more = withTraces(evidence, this.outcome);
    return more.length > evidence.length ? more : null;
  }

  /** Take over as evidence what a machine found. */
  takeOver() {
    const evidence = this.newEvidence;
    if (!evidence || this.view.open.signedOff) return;
    this.change({ evidence });
    if (this.isOpen) this.details.refill();
    announce(`${this.rule.id}: what was found is evidence now.`);
  }

  /** Whether a reason has to be given, or is given, why the rule does not apply. */
  get asksWhy() {
    return this.#pending || Boolean(this.answer?.not_applicable);
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
      levelBadge(rule.level),
      severityBadge(rule.severity),
      h("span", {}, rule.title),
      rule.level === "may" && h("span", {}, "If you do not take this option, choose Not applicable."),
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
      this.side.element,
      this.marks,
      this.printed,
      this.details.element,
    );
  }

  #choice(code) {
    const id = `${this.rule.id}-${code}`;
    const label = code === "not-applicable" ? words.not_applicable : words.values[code];
    const radio = h("input", {
      type: "radio",
      id,
      name: `answer-${this.rule.id}`,
      value: code,
      onchange: () => this.choose(code),
    });
    return h(
      `span.rv-choice.rv-choice--${code}`,
      {},
      radio,
      // The text is there a second time, bold and unseen: the button is as wide chosen as it is otherwise.
      h(
        "label",
        { for: id },
        h("span.rv-choice__text", { "data-text": label }, label),
        h("kbd", { "aria-hidden": "true" }, KEYS[code]),
      ),
    );
  }

  /** Answer, as a button or a key asks. */
  choose(code) {
    if (code === "not-applicable") {
      this.#pending = !this.answer?.not_applicable;
      this.update();
      this.open(true, "why");
      return;
    }
    this.change({ value: code });
  }

  /** Change fields of the answer; changes of one group are undone together. */
  change(fields, group) {
    if ("value" in fields) this.#pending = false;
    this.view.change(this.rule, fields, group);
  }

  /** Take the reason away why it does not apply: another one is asked for. */
  askAgain() {
    this.view.change(this.rule, { not_applicable: null, value: "unanswered" });
    this.#pending = true;
    this.update();
  }

  /** Open or close the details, and go to one of their fields: `why`, `comment` or `evidence`. */
  open(wanted, to) {
    if (to === "comment" && this.side.isShown) return this.side.goTo();
    if (wanted && (!this.isOpen || to === "why")) this.details.fill();
    this.details.element.hidden = !wanted;
    this.element.classList.toggle("rv-item--open", wanted);
    this.toggle.setAttribute("aria-expanded", String(wanted));
    if (wanted) this.side.make();
    if (to === "comment") return this.side.goTo();
    return to && this.details.goTo(to);
  }

  /** Close it, for another target. */
  rest() {
    this.#pending = false;
    this.open(false);
    this.update();
  }

  /** Show the answer as it is now; `elsewhere` when another tab changed it. */
  update(elsewhere = false) {
    const { answer } = this;
    const code = this.#pending ? "not-applicable" : answerCode(answer);
    const radio = this.element.querySelector(`#${this.rule.id}-${code}`);
    if (!radio.checked) radio.checked = true;
    this.element.dataset.choice = code;
    this.marks.replaceChildren(...this.#marks(answer));
    this.printed.replaceChildren(...this.#printed(answer));
    this.choices.disabled = this.view.open.signedOff;
    this.side.update(answer, elsewhere);
    // What is being typed is left alone, unless another tab changed the same answer.
    if (this.isOpen && (elsewhere || !this.details.hasFocus)) this.details.refill();
  }

  #marks(answer) {
    const { outcome } = this;
    const marks = [
      this.#pending && ["warn", "Say why it does not apply: the answer needs a reason"],
      answer?.confirm && ["warn", "The rule has changed: confirm the answer"],
      answer &&
        !answer.confirm &&
        answer.text_hash !== this.rule.text_hash && ["warn", "The rule has been reworded: check the answer"],
      outcome && markOutcome(outcome),
      isDisputed(answer, outcome) && ["bad", "The check disagrees with the answer"],
      answer && isOverdue(answer, today()) && ["bad", `Overdue since ${answer.disposition.until}`],
      gaps(answer).length > 0 && ["warn", `Risk accepted: ${describeGaps(answer)}`],
      // What stands beside the answer where there is room is told in a word where there is none.
      answer?.disposition?.plan && !gaps(answer).length && ["beside", words.plans[answer.disposition.plan]],
      answer?.comment && ["beside", "Comment"],
      answer?.evidence?.length && ["beside", `Evidence: ${answer.evidence.length}`],
    ];
    return marks.filter(Boolean).map(([kind, text]) => h(`span.rv-mark.rv-mark--${kind}`, {}, text));
  }

  // Only paper shows it: what is in the fields, in words.
  #printed(answer) {
    if (!answer) return [];
    const { disposition: plan = {}, not_applicable: why } = answer;
    const { review } = this.view.open;
    return [
      why && `${words.reasons[why.code]}: ${why.text}`,
      answer.comment,
      plan.plan &&
        [
          words.plans[plan.plan],
          plan.owner && `owner ${nameOf(review, plan.owner)}`,
          plan.until && `until ${plan.until}`,
          plan.approver && `approved by ${nameOf(review, plan.approver)}`,
          plan.ticket && `ticket ${plan.ticket}`,
        ]
          .filter(Boolean)
          .join(", "),
      ...(answer.evidence ?? []).map((each) => `Evidence: ${evidenceInWords(each)}`),
    ]
      .filter(Boolean)
      .map((text) => h("p", {}, text));
  }
}

// What a machine found is told apart from what a check decided.
function markOutcome(outcome) {
  if (outcome.traces?.length) return ["plain", `Found in the repository: ${outcome.traces.length}`];
  return [outcome.outcome === "fail" ? "bad" : "plain", `Check: ${words.outcomes[outcome.outcome].toLowerCase()}`];
}

function evidenceInWords({ description, address, path, line, commit }) {
  const place = path && (line ? `${path}:${line}` : path);
  return [description, address, place, commit && `commit ${commit}`].filter(Boolean).join(", ");
}
