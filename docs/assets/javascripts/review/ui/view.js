// An open review: its head, its progress, its filters and its rules.

import { answerCode } from "../core/labels.js";
import { nameOf } from "../core/people.js";
import { Band, keepClear } from "./band.js";
import { drawConflicts } from "./conflicts.js";
import { announce, button, h } from "./dom.js";
import { Filters } from "./filters.js";
import { Item } from "./item.js";
import { listenToKeys } from "./keys.js";
import { drawProgress } from "./progress.js";
import { Results } from "./results.js";
import { answerSection } from "./section.js";
import { NAME, recall } from "./settings.js";
import { drawBanner } from "./sign-off.js";
import { Toolbar } from "./toolbar.js";
import { acceptDrops, importFiles } from "./transfer.js";

/** The view of one review in an element; `leave` goes back to all reviews. */
export class View {
  #drawing = 0;
  #listening = new AbortController();

  constructor(root, open, { engine, leave, base }) {
    this.open = open;
    this.engine = engine;
    this.leave = leave;
    this.base = base;
    /** @type {Map<string, Item>} */
    this.items = new Map();
    this.target = open.review.targets[0].id;
    this.filters = new Filters(open.catalog, () => this.#filter());
    this.head = new Toolbar(this);
    this.band = new Band(this);
    this.progress = h("section.rv-progress", { "aria-label": "Progress" });
    this.results = new Results(this);
    this.banner = h("section.rv-signed", { "aria-label": "Signature", hidden: true });
    this.tabs = h("div.rv-tabs", { role: "group", "aria-label": "View" });
    this.conflicts = h("section.rv-alert", { "aria-labelledby": "conflicts-title", hidden: true });
    this.list = h("div.rv-list", { onfocusin: () => this.#place(this.current?.rule.id) });
    this.none = h(
      "p.rv-none",
      { hidden: true },
      "No rules match these filters. ",
      button("Show all", () => this.#showAll()),
    );
    const parts = [
      this.head.element,
      this.banner,
      this.tabs,
      this.band.element,
      this.results.element,
      this.conflicts,
      h(
        "div.rv-folds",
        {},
        unfoldOnPaper(fold("Progress", this.progress), this.#listening.signal),
        this.filters.element,
      ),
      this.none,
      this.list,
    ];
    const whole = h("div", {}, parts);
    this.whole = whole;
    acceptDrops(whole, (files) => importFiles(this, files));
    root.replaceChildren(whole);
    keepClear(this.band.element, this.#listening.signal);
    this.#listening.signal.addEventListener("abort", engine.fetchSoon());
    this.#listen();
    this.#replaced();
    this.show("questions");
  }

  close() {
    this.#listening.abort();
    this.open.close();
  }

  /** Show the `questions`, or the `results`. */
  show(part) {
    const isResults = part === "results";
    this.results.element.hidden = !isResults;
    this.whole.classList.toggle("rv-shows-results", isResults);
    this.tabs.replaceChildren(...this.#tabs(isResults));
    if (isResults) this.results.draw();
  }

  #tabs(isResults) {
    const tab = (label, part, pressed) =>
      button(
        label,
        () => {
          this.show(part);
          this.#place(undefined, "pushState");
          /** @type {HTMLElement | null} */ (this.tabs.querySelector("[aria-pressed=true]"))?.focus();
        },
        { class: "rv-tab", "aria-pressed": String(pressed) },
      );
    return [tab("Questions", "questions", !isResults), tab("Results", "results", isResults)];
  }

  /** Go from the results to a question of a target. */
  showQuestion(rule, target) {
    this.show("questions");
    this.#place(rule, "pushState");
    if (target !== this.target) this.aim(target);
    this.reveal(rule);
  }

  /** Where a rule's page is; "" for an organisation's own rule. */
  pageOf(rule) {
    return rule.own ? "" : new URL(`rules/${rule.slug}/`, this.base).href;
  }

  /** Change an answer of the target at hand. */
  change(rule, fields, group) {
    this.open.change(rule, this.target, fields, { by: recall(NAME), group });
  }

  #sections() {
    const sections = new Map();
    for (const item of this.items.values()) {
      const number = item.rule.section;
      if (!sections.has(number)) sections.set(number, []);
      sections.get(number).push(item.element);
    }
    return [...sections].map(([number, items]) => {
      const heading = h(
        "h2.rv-section__title",
        { id: `section-${number}` },
        `${number} ${this.open.catalog.sections.get(number).title}`,
      );
      const all = button("Answer all", () => answerSection(this, number, heading.textContent), {
        class: "rv-button rv-section__all",
        "aria-label": `Answer all of ${heading.textContent}`,
      });
      return h(
        "section.rv-section",
        { "aria-labelledby": heading.id },
        h("div.rv-section__head", {}, heading, all),
        h("ol.rv-items", {}, items),
      );
    });
  }

  #listen() {
    const { signal } = this.#listening;
    this.open.addEventListener("answers", ({ detail }) => this.#showAnswers(detail), { signal });
    this.open.addEventListener("frame", () => this.#framed(), { signal });
    this.open.addEventListener("replaced", () => this.#replaced(), { signal });
    this.open.addEventListener("refused", () => this.#showRefusal(), { signal });
    this.open.addEventListener("saving", () => this.band.said("Saving…"), { signal });
    this.open.addEventListener("saved", () => this.band.said(this.open.store.lasting ? "Saved" : "Not saved"), {
      signal,
    });
    this.open.addEventListener("failed", ({ detail }) => this.band.failed(detail), { signal });
    listenToKeys(this, signal);
    addEventListener("beforeunload", (event) => this.open.saving && event.preventDefault(), { signal });
    if (!this.open.store.lasting) this.band.failed(this.open.store.why);
  }

  #showRefusal() {
    for (const item of this.items.values()) item.update();
    this.band.said("Signed, read only: open it again to change it");
  }

  #showAnswers({ rules, elsewhere }) {
    for (const rule of rules) this.items.get(rule)?.update(elsewhere);
    this.#redraw();
  }

  // Another review stands in its place, which may ask other rules.
  #replaced() {
    this.items = new Map(this.open.rules.map((rule) => [rule.id, new Item(this, rule)]));
    this.list.replaceChildren(...this.#sections());
    this.#framed();
    this.#filter();
  }

  #framed() {
    if (!this.open.review.targets.some(({ id }) => id === this.target)) this.target = this.open.review.targets[0].id;
    this.head.draw();
    this.band.draw();
    drawBanner(this.banner, this.open);
    for (const item of this.items.values()) item.update();
    drawConflicts(this.conflicts, this);
    this.#redraw();
  }

  // The answer is on the screen at once; the picture follows when the browser has time.
  #redraw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => {
      drawProgress(this.progress, this.open, this.target);
      this.band.drawProgress();
      this.results.redraw();
      this.filters.owners(this.open.review);
    });
  }

  #filter() {
    let shown = 0;
    for (const item of this.items.values()) {
      const { rule, answer } = item;
      const owner = nameOf(this.open.review, answer?.disposition?.owner);
      const outcome = this.open.outcome(rule.id, this.target);
      const fits = this.filters.passes({ rule, answer, owner, outcome });
      item.element.hidden = !fits;
      if (fits) shown++;
    }
    for (const section of this.list.children) section.hidden = !section.querySelector(".rv-item:not([hidden])");
    this.filters.said(shown, this.items.size);
    this.head.drawPaper();
    this.none.hidden = shown > 0;
  }

  #showAll() {
    this.filters.clear();
    this.#filter();
  }

  /** Show another target. */
  aim(target) {
    this.target = target;
    this.head.draw();
    this.band.draw();
    for (const item of this.items.values()) item.rest();
    this.#filter();
    this.#redraw();
    this.#place();
  }

  /** Show the target that stands so many places after this one, where there is one. */
  aimBeside(by) {
    const { targets } = this.open.review;
    const next = targets[targets.findIndex(({ id }) => id === this.target) + by];
    if (!next) return;
    const { current } = this;
    this.aim(next.id);
    if (current) this.goTo(current);
    announce(`Target: ${next.name}`);
  }

  // The address leads back to what is shown; a step that the browser's own button takes back is pushed.
  #place(rule, how = "replaceState") {
    const view = this.results.element.hidden ? {} : { view: "results" };
    const place = new URLSearchParams({ review: this.open.id, target: this.target, ...view, ...(rule && { rule }) });
    if (`#${place}` !== location.hash) history[how](null, "", `#${place}`);
  }

  /** Show what an address says: a target, the results, a question. */
  follow(place) {
    const target = place.get("target");
    if (target !== this.target && this.open.review.targets.some(({ id }) => id === target)) this.aim(target);
    this.show(place.get("view") === "results" ? "results" : "questions");
    if (place.get("rule")) this.reveal(place.get("rule"));
    else scrollTo(0, 0);
  }

  /** Go to a rule, whatever the filters say. */
  reveal(id) {
    const item = this.items.get(id);
    if (!item) return;
    if (item.element.hidden) this.#showAll();
    this.goTo(item);
  }

  /** Put the focus on an item. */
  goTo(item) {
    if (!this.results.element.hidden) this.show("questions");
    const heading = item.element.querySelector(".rv-item__title");
    heading.focus({ preventScroll: true });
    // What is taller than the room below the bands begins below them.
    const block = item.element.offsetHeight > innerHeight * 0.6 ? "start" : "center";
    item.element.scrollIntoView({ block, behavior: "instant" });
  }

  /** The item that has the focus, if one has. */
  get current() {
    const element = /** @type {HTMLElement | null} */ (document.activeElement?.closest(".rv-item") ?? null);
    return element ? this.items.get(element.dataset.rule ?? "") : undefined;
  }

  /** Go so many rules on, among those shown. */
  step(by) {
    const shown = [...this.items.values()].filter((item) => !item.element.hidden);
    const at = this.current ? shown.indexOf(this.current) : -1;
    const next = at < 0 ? shown[by > 0 ? 0 : shown.length - 1] : shown[at + by];
    if (next) this.goTo(next);
    else announce(by > 0 ? "This is the last rule." : "This is the first rule.");
  }

  /** Go to the next question without an answer, among the rules that are shown; after the last one come the first. */
  goToNextOpen() {
    const shown = [...this.items.values()].filter((item) => !item.element.hidden);
    const at = this.current ? shown.indexOf(this.current) : -1;
    const next = [...shown.slice(at + 1), ...shown.slice(0, at + 1)].find(
      ({ answer }) => answerCode(answer) === "unanswered",
    );
    if (next) this.goTo(next);
    else announce("Every rule that is shown has an answer.");
  }

  /** `undo` or `redo`, and go where it was. */
  back(what) {
    const change = this.open[what]();
    if (!change) {
      announce(`Nothing to ${what}.`);
      return;
    }
    if (change.target !== this.target) this.aim(change.target);
    this.reveal(change.rule);
    announce(`${what === "undo" ? "Undone" : "Done again"}: ${change.rule}`);
  }
}

// A part that opens when somebody wants it, so that the questions are near the top.
function fold(title, content) {
  return h("details.rv-fold", {}, h("summary", {}, title), content);
}

function unfoldOnPaper(element, signal) {
  let wasOpen = false;
  const unfold = () => {
    wasOpen = element.open;
    element.open = true;
  };
  addEventListener("beforeprint", unfold, { signal });
  addEventListener("afterprint", () => (element.open = wasOpen), { signal });
  return element;
}
