// Which rules of a review are shown.

import { answerCode } from "../core/labels.js";
import { nameOf } from "../core/people.js";
import { gaps, isAccepted, isDisputed, isOverdue } from "../core/score.js";
import { field, h, options, select, today } from "./dom.js";

const SHOW = {
  "": ["All", () => true],
  unanswered: ["Unanswered", ({ answer }) => answerCode(answer) === "unanswered"],
  open: ["Not met or partly met", ({ answer }) => ["not-met", "partial"].includes(answerCode(answer))],
  must: ["Must", ({ rule }) => rule.level === "must"],
  disagree: ["A check disagrees", ({ answer, outcome }) => isDisputed(answer, outcome)],
  confirm: ["To confirm", ({ answer, rule }) => answer && (answer.confirm || answer.text_hash !== rule.text_hash)],
  overdue: ["Overdue", ({ answer }) => answer && isOverdue(answer, today())],
  risk: ["Risk accepted", ({ answer }) => answer && !answer.not_applicable && isAccepted(answer, today())],
  incomplete: ["Risk accepted, incomplete", ({ answer }) => gaps(answer).length > 0 && isAccepted(answer, today())],
  na: ["Not applicable", ({ answer }) => answerCode(answer) === "not-applicable"],
};

/** The controls above the list, and what they let pass. */
export class Filters {
  constructor(catalog, onchange) {
    const severities = ["Critical", "High", "Medium", "Low"].map((each) => [each.toLowerCase(), each]);
    this.query = h("input", { type: "search", placeholder: "Words or an id", autocomplete: "off" });
    this.show = select(
      Object.entries(SHOW).map(([code, [label]]) => [code, label]),
      "",
    );
    this.severity = select([["", "Any"], ...severities], "");
    this.chapter = select(
      [["", "All"], ...catalog.chapters.map((each) => [each.number, `${each.number} ${each.title}`])],
      "",
    );
    this.owner = select([["", "Anybody"]], "");
    this.count = h("span.rv-filters__count", { role: "status" });
    /** How many are shown, as paper says it. */
    this.onPaper = "";
    this.form = h(
      "form.rv-filters",
      {
        role: "search",
        "aria-label": "Rules of this review",
        onsubmit: (event) => event.preventDefault(),
        oninput: onchange,
      },
      field("Find", this.query),
      field("Show", this.show),
      field("Severity", this.severity),
      field("Chapter", this.chapter),
      field("Owner", this.owner),
    );
    // A wide screen has room for them above the first question.
    this.element = h(
      "details.rv-fold",
      { open: matchMedia("(min-width: 75em)").matches },
      h("summary", {}, "Filter: ", this.count),
      this.form,
    );
  }

  /** Offer the owners that the answers name. */
  owners(review) {
    const names = new Set();
    for (const targets of Object.values(review.answers))
      for (const answer of Object.values(targets))
        if (answer.disposition?.owner) names.add(nameOf(review, answer.disposition.owner));
    const chosen = this.owner.value;
    const pairs = [["", "Anybody"], ...[...names].sort().map((name) => [name, name])];
    this.owner.replaceChildren(...options(pairs, names.has(chosen) ? chosen : ""));
  }

  /** Return whether a rule passes, with its answer, the name of its owner and what a check said. */
  passes(entry) {
    const { rule, answer } = entry;
    const words = this.query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const text = () => `${rule.id} ${rule.title} ${rule.ask} ${rule.statement} ${answer?.comment ?? ""}`.toLowerCase();
    return Boolean(
      SHOW[this.show.value][1](entry) &&
        (!this.severity.value || rule.severity === this.severity.value) &&
        (!this.chapter.value || rule.chapter === this.chapter.value) &&
        (!this.owner.value || entry.owner === this.owner.value) &&
        (!words.length || words.every((word) => text().includes(word))),
    );
  }

  /** Say how many are shown. */
  said(shown, all) {
    this.onPaper = `${shown} of ${all} rules shown`;
    this.count.textContent = shown === all ? `All ${all} rules` : `${shown} of ${all} rules`;
  }

  /** Show everything. */
  clear() {
    this.form.reset();
  }

  /** Put the focus on the field that finds words. */
  goTo() {
    this.element.open = true;
    this.query.focus();
  }
}
