// What the open review came to: its facts, the targets side by side, what is open, the actions, changes and the trend.

import { labelAnswer, words } from "../core/labels.js";
import { idOf, nameOf } from "../core/people.js";
import {
  ACTIONS,
  countOpenMusts,
  countRisks,
  listActions,
  listChanges,
  listOpen,
  listTargets,
  listTrend,
  SEVERITIES,
} from "../core/results.js";
import { describeScore, gaps } from "../core/score.js";
import { button, day, field, h, keepFocus, options, readDay, select, today } from "./dom.js";
import { editFacts } from "./facts.js";
import { NAME, recall } from "./settings.js";
import { describeEntry, showReopening, showSigning } from "./sign-off.js";

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The view as an element, which is drawn when it is shown and when what it tells changes. */
export class Results {
  #drawing = 0;

  constructor(view) {
    this.view = view;
    this.state = select([], "", { onchange: () => this.draw() });
    this.differing = h("input", { type: "checkbox", onchange: () => this.draw() });
    this.isUnfolded = false;
    this.element = h("section.rv-results", { "aria-label": "Results", hidden: true });
  }

  /** Draw it when the browser has time, if it is shown. */
  redraw() {
    cancelAnimationFrame(this.#drawing);
    if (!this.element.hidden) this.#drawing = requestAnimationFrame(() => this.draw());
  }

  /** Draw it as the review is now. */
  draw() {
    keepFocus(this.element, () => this.element.replaceChildren(...this.#parts()));
  }

  #parts() {
    const { open } = this.view;
    const on = today();
    return [
      facts(open),
      part("Targets", targetsTable(listTargets(open, on))),
      open.review.targets.length > 1 && this.#sideBySide(),
      part("Open must and critical rules", this.#openTable(listOpen(open, on))),
      part("Open by level and severity", risksTable(countRisks(open, on))),
      part("Actions", ...this.#actions(listActions(open, on))),
      part("Trend over the milestones", trendTable(listTrend(open, on))),
      part(sinceWhen(open), this.#changesTable(listChanges(open))),
    ].filter(Boolean);
  }

  // Every rule with the answer of each target in its column, drawn when somebody unfolds it.
  #sideBySide() {
    const place = h("div");
    const draw = () => {
      if (fold.open) place.replaceChildren(...this.#rulesTable());
      this.isUnfolded = fold.open;
    };
    const fold = h("details.rv-fold", { ontoggle: draw }, h("summary", {}, "All rules, targets side by side"), place);
    fold.open = this.isUnfolded;
    draw();
    return fold;
  }

  #rulesTable() {
    const { review, rules } = this.view.open;
    const codes = (rule) => review.targets.map(({ id }) => labelAnswer(review.answers[rule.id]?.[id]));
    const shown = rules.filter((rule) => !this.differing.checked || new Set(codes(rule)).size > 1);
    const rows = shown.map((rule) => [
      this.#ruleLink(rule, review.targets[0].id),
      ...review.targets.map(({ id }) => standing(review.answers[rule.id]?.[id])),
    ]);
    return [
      field("Only where they differ", this.differing, { inline: true }),
      h("p.rv-hint", { role: "status" }, `${shown.length} of ${rules.length} rules.`),
      table("All rules", ["Rule", ...review.targets.map(({ name }) => name)], rows),
    ];
  }

  // A rule where it stands in a table: it leads to its question, for a target.
  #ruleLink(rule, target) {
    return [button(rule.id, () => this.view.showQuestion(rule.id, target), { class: "rv-link" }), ` ${rule.title}`];
  }

  #openTable(found) {
    const { review } = this.view.open;
    if (!found.length) return h("p", {}, "No must or critical rule is open.");
    const heads = ["Rule", "Level", "Severity", ...review.targets.map(({ name }) => name)];
    const rows = found.map(({ rule, targets }) => [
      this.#ruleLink(rule, targets[0].id),
      capital(rule.level),
      capital(rule.severity),
      ...review.targets.map(({ id }) => standing(review.answers[rule.id]?.[id])),
    ]);
    return table("Open must and critical rules", heads, rows);
  }

  #changesTable(found) {
    const { catalog, review } = this.view.open;
    if (!review.milestones?.length) return h("p", {}, "There is no milestone yet to compare with.");
    if (!found.length) return h("p", {}, "No answer changed.");
    const names = new Map(review.targets.map(({ id, name }) => [id, name]));
    const rows = found.map(({ rule, target, before, after, direction }) => [
      this.#ruleLink(catalog.byId.get(rule), target),
      names.get(target),
      labelAnswer(before),
      labelAnswer(after),
      h(`span.rv-change.rv-change--${direction}`, {}, words.directions[direction]),
    ]);
    return table("Changes", ["Rule", "Target", "Before", "Now", "Change"], rows);
  }

  #actions(found) {
    const counts = ACTIONS.map((state) => [state, found.filter((each) => each.state === state).length]);
    const pairs = counts
      .filter(([, count]) => count)
      .map(([state, count]) => [state, `${words.actions[state]} (${count})`]);
    const chosen = pairs.some(([state]) => state === this.state.value) ? this.state.value : "";
    this.state.replaceChildren(...options([["", `All (${found.length})`], ...pairs], chosen));
    if (!found.length) return [h("p", {}, "No rule asks for an action.")];
    const shown = found.filter(({ state }) => !chosen || state === chosen);
    return [
      h("div.rv-toolbar", {}, field("State of the action", this.state)),
      h(
        "ul.rv-actions",
        {},
        shown.map((action) => this.#action(action)),
      ),
    ];
  }

  #action({ rule, target, answer, state }) {
    const lacks = gaps(answer)
      .map((each) => words.gaps[each])
      .join(", ");
    const several = this.view.open.review.targets.length > 1;
    const plan = answer.disposition ?? {};
    const { review } = this.view.open;
    const told = [nameOf(review, plan.owner), plan.until, nameOf(review, plan.approver), plan.ticket]
      .filter(Boolean)
      .join(", ");
    return h(
      "li.rv-action",
      { "data-state": state },
      h(
        "p.rv-action__head",
        {},
        h(`span.rv-action__state.rv-action__state--${state}`, {}, words.actions[state] + (lacks ? `: ${lacks}` : "")),
        " ",
        this.#ruleLink(rule, target.id),
      ),
      h(
        "p.rv-hint",
        {},
        [capital(rule.level), `${rule.severity} severity`, several && target.name, labelAnswer(answer)]
          .filter(Boolean)
          .join(" · "),
      ),
      this.#planFields(rule, target, plan),
      told && h("p.rv-action__printed", {}, told),
    );
  }

  #planFields(rule, target, plan) {
    const { open } = this.view;
    const { review } = open;
    const name = (what) => `${what} of ${rule.id}, ${target.name}`;
    const text = (value) => h("input", { type: "text", maxlength: 400, value: value ?? "" });
    const inputs = {
      plan: select(Object.entries(words.plans), plan.plan ?? "none"),
      owner: text(nameOf(review, plan.owner)),
      until: day(plan.until),
      approver: text(nameOf(review, plan.approver)),
      ticket: text(plan.ticket),
    };
    const save = () => {
      const said = Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, input.value]));
      // The answer may have been changed since it was drawn.
      const known = open.answer(rule.id, target.id)?.disposition ?? {};
      const people = { owner: idOf(open.review, said.owner), approver: idOf(open.review, said.approver) };
      const disposition = { ...known, ...said, ...people, until: readDay(inputs.until) };
      open.change(rule, target.id, { disposition }, { by: recall(NAME) });
    };
    const labels = { plan: "Plan", owner: "Owner", until: "Due or until", approver: "Approved by", ticket: "Ticket" };
    const fields = Object.entries(inputs).map(([key, input]) => {
      input.addEventListener("change", save);
      const made = field(labels[key], input);
      input.dataset.called = name(labels[key]);
      input.setAttribute("aria-label", name(labels[key]));
      return made;
    });
    return h("fieldset.rv-action__fields", { "aria-label": name("Plan"), disabled: open.signedOff }, fields);
  }
}

function part(title, ...content) {
  return h("section.rv-part", {}, h("h2", {}, title), content);
}

function sinceWhen({ review }) {
  const last = review.milestones?.at(-1);
  return last ? `Changed since ${last.title}` : "Changed since the last milestone";
}

// One of the two takes the place of the other, and its focus.
const SAME = { "data-called": "Sign or open again" };

function facts(open) {
  const { review } = open;
  const musts = countOpenMusts(open, today());
  const people = (review.people ?? []).map(({ name, role }) => (role ? `${name} (${role})` : name));
  const entries = {
    State: words.states[review.state ?? "draft"],
    Conclusion: review.conclusion && words.conclusions[review.conclusion],
    Conditions: review.conditions?.map((text, place) => `(${place + 1}) ${text}`).join("; "),
    Scope: review.scope,
    Participants: people.join(", "),
    "Open answers to must rules": String(musts),
    "Log of signatures": (review.sign_offs ?? []).map((entry) => h("span.rv-log", {}, describeEntry(entry))),
  };
  return h(
    "section.rv-part",
    {},
    h("h2", {}, "Results"),
    h(
      "dl.rv-facts",
      {},
      Object.entries(entries)
        .filter(([, told]) => told?.length)
        .map(([name, told]) => [h("dt", {}, name), h("dd", {}, told)]),
    ),
    h(
      "div.rv-toolbar",
      { role: "group", "aria-label": "Results" },
      open.signedOff
        ? button("Open it again", () => showReopening(open), SAME)
        : button("Sign", () => showSigning(open), { class: "rv-button rv-button--strong", ...SAME }),
      button("Scope and participants", () => editFacts(open), { disabled: open.signedOff }),
    ),
  );
}

// A table that may be wider than the window: it scrolls within itself.
function table(name, heads, rows) {
  return h(
    "div.rv-scroll",
    { tabindex: "0", role: "region", "aria-label": `Table: ${name}` },
    h(
      "table.rv-table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((head) => (head ? h("th", { scope: "col" }, head) : h("td", {}))),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map(([first, ...cells]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, first),
            cells.map((cell) => h("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

function standing(answer) {
  const lacks = gaps(answer).filter((each) => each !== "answer");
  const code = answer?.not_applicable ? "not-applicable" : (answer?.value ?? "unanswered");
  const risk = lacks.length ? ` (risk accepted: ${lacks.map((each) => words.gaps[each]).join(", ")})` : "";
  return h(`span.rv-standing.rv-standing--${code}`, {}, labelAnswer(answer) + risk);
}

function targetsTable(results) {
  const share = (part, whole, percent) => (whole ? `${part} of ${whole} (${percent}%)` : "none");
  const rows = {
    "Must and should, met of answered": ({ score }) => share(score.met, score.answered, score.percent),
    "Must and should, met of applicable": ({ score }) =>
      share(score.met, score.applicable, score["percent-of-applicable"]),
    "May, met of answered": ({ may }) => share(may.met, may.answered, may.percent),
    Unanswered: ({ all }) => all.unanswered,
    "Must rules open": ({ openMusts }) => openMusts,
    "Critical rules open": ({ openCritical }) => openCritical,
    "Not met without a plan": ({ withoutPlan }) => withoutPlan,
    "Plans and risks lapsed": ({ lapsed }) => lapsed,
    "Risks accepted": ({ all }) => all.accepted,
    "Risks accepted, incomplete": ({ all }) => all.incomplete,
    "Not applicable": ({ all }) => all["not-applicable"],
  };
  const heads = ["", ...results.map(({ target }) => target.name)];
  return table(
    "Targets",
    heads,
    Object.entries(rows).map(([name, told]) => [name, ...results.map((result) => String(told(result)))]),
  );
}

function risksTable(risks) {
  const rows = risks.map(([level, cells]) => [capital(level), ...cells.map(riskCell)]);
  return table("Open by level and severity", ["Level", ...SEVERITIES.map(capital)], rows);
}

function riskCell({ failed, unanswered, applicable }) {
  if (!applicable) return "-";
  const parts = [failed && `${failed} not met`, unanswered && `${unanswered} unanswered`].filter(Boolean);
  const kind = failed ? "failed" : unanswered ? "waiting" : "clear";
  return h(`span.rv-risk.rv-risk--${kind}`, {}, `${parts.join(", ") || "none"} of ${applicable}`);
}

function trendTable(points) {
  const rows = points.map(({ title, day: on, score, openMusts }) => [
    title,
    on,
    describeScore(score),
    bar(score),
    String(openMusts),
  ]);
  return table("Trend", ["Milestone", "Day", "Must and should", "Picture", "Open answers to must rules"], rows);
}

// The score again, for the eye: met, then answered otherwise, then open.
function bar({ met, answered, applicable }) {
  const parts = [
    ["met", met],
    ["not-met", answered - met],
    ["unanswered", applicable - answered],
  ].map(([kind, count]) => {
    const made = h(`span.rv-bar__part.rv-is-${kind}`, {});
    made.style.flexGrow = String(count);
    return count ? made : null;
  });
  return h("span.rv-bar__track.rv-trend", { "aria-hidden": "true" }, parts);
}
