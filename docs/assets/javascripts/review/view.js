// An open review: its head, its progress, its filters and its rules.

import { compare } from "./compare.js";
import { drawConflicts } from "./conflicts.js";
import { confirmed, dialog, help } from "./dialogs.js";
import { announce, button, field, h, select, today } from "./dom.js";
import { idOf, moment } from "./document.js";
import { Filters } from "./filters.js";
import { Item } from "./item.js";
import { drawProgress } from "./progress.js";
import { score } from "./scores.js";
import { downloadJson, dropping, exporting, importing, receive } from "./transfer.js";
import { words } from "./words.js";

const NAME = "vger-reviewer";
const KEYS = "vger-review-keys";
const ANSWERS = { 1: "met", 2: "partial", 3: "not-met", 4: "unanswered", n: "not-applicable" };

/** The view of one review in an element; `leave` goes back to all reviews. */
export class View {
  #drawing = 0;

  constructor(root, open, { engine, leave, base }) {
    Object.assign(this, { root, open, engine, leave, base });
    this.target = open.review.targets[0].id;
    this.filters = new Filters(open.catalog, () => this.#filter());
    this.items = new Map(open.rules.map((rule) => [rule.id, new Item(this, rule)]));
    this.progress = h("section.rv-progress", { "aria-label": "Progress" });
    this.conflicts = h("section.rv-alert", { "aria-labelledby": "conflicts-title", hidden: true });
    this.status = h("span.rv-status", { role: "status" });
    this.alert = h("div.rv-alert", { role: "alert" });
    this.list = h("div.rv-list", {}, this.#sections());
    this.none = h("p.rv-none", { hidden: true }, "No rule is left by these filters. ", button("Show all", () => this.showAll()));
    this.head = h("header.rv-head");
    this.#drawHead();
    const parts = [this.head, this.alert, this.conflicts, this.progress, this.filters.element, this.none, this.list];
    const whole = h("div", {}, parts);
    dropping(whole, (files) => receive(this, files));
    root.replaceChildren(whole);
    this.#listen();
    this.#filter();
    this.#redraw();
    drawConflicts(this.conflicts, this);
  }

  close() {
    this.listening.abort();
    this.open.close();
  }

  /** Where a rule's page is. */
  pageOf(rule) {
    return new URL(`rules/${rule.slug}/`, this.base).href;
  }

  /** Change an answer of the target at hand. */
  change(rule, fields) {
    if (this.open.review.state === "signed-off") {
      this.items.get(rule.id).update();
      this.#said("Signed off: choose another state to answer");
      return;
    }
    this.open.change(rule, this.target, fields, { by: localStored(NAME) });
  }

  #sections() {
    const sections = new Map();
    for (const item of this.items.values()) {
      const number = item.rule.section;
      if (!sections.has(number)) sections.set(number, []);
      sections.get(number).push(item.element);
    }
    return [...sections].map(([number, items]) => {
      const heading = h("h2.rv-section__title", { id: `section-${number}` }, `${number} ${this.open.catalog.sections.get(number).title}`);
      return h("section.rv-section", { "aria-labelledby": heading.id }, heading, h("ol.rv-items", {}, items));
    });
  }

  #drawHead() {
    const { review, catalog } = this.open;
    const profile = catalog.profiles.find((each) => each.id === review.selection?.profile);
    const targets = select(review.targets.map(({ id, name }) => [id, name]), this.target, { onchange: () => this.aim(targets.value) });
    const states = select(Object.entries(words.states), review.state ?? "draft", { onchange: () => this.#state(states.value) });
    const name = h("input", { type: "text", maxlength: 400, value: localStored(NAME), autocomplete: "name", onchange: () => keep(NAME, name.value.trim()) });
    this.undo = button("Undo", () => this.#back("undo"));
    this.redo = button("Redo", () => this.#back("redo"));
    const file = importing((files) => receive(this, files));
    this.targets = targets;
    this.head.replaceChildren(
      h("p.rv-back", {}, button("All reviews", () => this.leave())),
      h("h1", {}, review.title),
      h("p.rv-hint", {}, [profile?.title, `edition ${review.edition}`, `${this.items.size} rules`, "kept in this browser only"].filter(Boolean).join(" · ")),
      h("div.rv-toolbar", {}, field("Target", targets), field("State", states), field("You are", name, { hint: "Goes into the answers you give." })),
      h(
        "div.rv-toolbar",
        { role: "group", "aria-label": "Review" },
        this.undo,
        this.redo,
        button("Download", () => exporting(this)),
        file,
        button("Targets", () => this.#editTargets()),
        button("Milestone", () => this.#milestone()),
        button("Compare", () => compare(this)),
        button("Print", () => globalThis.print()),
        button("Keys", () => this.#help()),
        this.status,
      ),
    );
    this.#buttons();
  }

  #listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.open.addEventListener("answers", ({ detail }) => this.#answered(detail), { signal });
    this.open.addEventListener("frame", () => this.#framed(), { signal });
    this.open.addEventListener("saving", () => this.#said("Saving…"), { signal });
    this.open.addEventListener("saved", () => this.#said(this.open.store.lasting ? "Saved" : "Not kept"), { signal });
    this.open.addEventListener("failed", ({ detail }) => this.#failed(detail), { signal });
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    addEventListener("beforeunload", (event) => this.open.saving && event.preventDefault(), { signal });
    addEventListener("beforeprint", () => document.body.classList.add("rv-printing"), { signal });
    addEventListener("afterprint", () => document.body.classList.remove("rv-printing"), { signal });
    if (!this.open.store.lasting) this.#failed(this.open.store.why);
  }

  #said(text) {
    this.status.textContent = text;
    if (text === "Saved") this.alert.replaceChildren();
    this.#buttons();
  }

  #failed(error) {
    this.status.textContent = "Not saved";
    const why = error?.name === "QuotaExceededError" ? "the browser's storage is full" : `the browser keeps nothing (${error?.message ?? error})`;
    this.alert.replaceChildren(
      h("p", {}, h("strong", {}, "What you answer is not saved: "), `${why}. It is here as long as this page is open; take it away as a file.`),
      button("Download the review", () => downloadJson(this.open.review)),
    );
  }

  #answered(rules) {
    for (const rule of rules) this.items.get(rule)?.update(true);
    this.#redraw();
  }

  #framed() {
    if (!this.open.review.targets.some(({ id }) => id === this.target)) this.target = this.open.review.targets[0].id;
    this.#drawHead();
    for (const item of this.items.values()) item.update(true);
    drawConflicts(this.conflicts, this);
    this.#redraw();
  }

  // The answer is on the screen at once; the picture follows when the browser has time.
  #redraw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => {
      drawProgress(this.progress, this.open, this.target);
      this.filters.owners(this.open.review);
      this.#buttons();
    });
  }

  #buttons() {
    this.undo.disabled = !this.open.canUndo;
    this.redo.disabled = !this.open.canRedo;
  }

  #filter() {
    let shown = 0;
    for (const item of this.items.values()) {
      const { rule, answer } = item;
      const fits = this.filters.passes({ rule, answer, outcome: this.open.outcome(rule.id, this.target) });
      item.element.hidden = !fits;
      shown += fits;
    }
    for (const section of this.list.children) section.hidden = !section.querySelector(".rv-item:not([hidden])");
    this.filters.said(shown, this.items.size);
    this.none.hidden = shown > 0;
  }

  showAll() {
    this.filters.clear();
    this.#filter();
  }

  /** Show another target. */
  aim(target) {
    this.target = target;
    this.targets.value = target;
    for (const item of this.items.values()) {
      item.open(false);
      item.update();
    }
    this.#filter();
    this.#redraw();
    this.#remember();
  }

  #remember(rule) {
    const place = new URLSearchParams({ review: this.open.id, target: this.target, ...(rule && { rule }) });
    history.replaceState(null, "", `#${place}`);
  }

  /** Go to a rule, whatever the filters say. */
  reveal(id) {
    const item = this.items.get(id);
    if (!item) return;
    if (item.element.hidden) this.showAll();
    this.#goTo(item);
  }

  #goTo(item) {
    const heading = item.element.querySelector(".rv-item__title");
    heading.focus({ preventScroll: true });
    item.element.scrollIntoView({ block: "center", behavior: "instant" });
    this.#remember(item.rule.id);
  }

  get #current() {
    const element = document.activeElement?.closest?.(".rv-item");
    return element ? this.items.get(element.dataset.rule) : undefined;
  }

  #step(by) {
    const shown = [...this.items.values()].filter((item) => !item.element.hidden);
    const at = shown.indexOf(this.#current);
    const next = at < 0 ? shown[by > 0 ? 0 : shown.length - 1] : shown[at + by];
    if (next) this.#goTo(next);
    else announce(by > 0 ? "This is the last rule." : "This is the first rule.");
  }

  #key(event) {
    const typing = event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) return this.#leaveField();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return undefined;
    if (localStored(KEYS) === "off") return undefined;
    const done = this.#pressed(event);
    if (done) {
      event.preventDefault();
      // The theme has keys of its own, such as / for its search.
      event.stopImmediatePropagation();
    }
    return undefined;
  }

  #leaveField() {
    if (this.#current) this.#goTo(this.#current);
    else if (this.filters.element.contains(document.activeElement)) document.activeElement.blur();
  }

  // Returns whether the key was one of ours.
  #pressed({ key, target }) {
    const item = this.#current;
    if (key in ANSWERS) return Boolean(item && (item.choose(ANSWERS[key]), true));
    const keys = {
      j: () => this.#step(1),
      k: () => this.#step(-1),
      c: () => item?.open(true, "comment"),
      e: () => item?.open(true, "evidence"),
      u: () => this.#back("undo"),
      r: () => this.#back("redo"),
      "/": () => this.filters.query.focus(),
      "?": () => this.#help(),
      "[": () => this.#other(-1),
      "]": () => this.#other(1),
    };
    if (key === "Enter" && target.matches?.(".rv-item__title")) keys.Enter = () => item.open(!item.isOpen);
    if (!(key in keys)) return false;
    keys[key]();
    return true;
  }

  #other(by) {
    const ids = this.open.review.targets.map(({ id }) => id);
    const next = ids[ids.indexOf(this.target) + by];
    if (!next) return;
    const current = this.#current;
    this.aim(next);
    if (current) this.#goTo(current);
    announce(`Target: ${this.open.review.targets.find(({ id }) => id === next).name}`);
  }

  #back(what) {
    const change = this.open[what]();
    if (!change) return announce(`Nothing to ${what}.`);
    if (change.target !== this.target) this.aim(change.target);
    this.reveal(change.rule);
    announce(`${what === "undo" ? "Undone" : "Done again"}: ${change.rule}`);
    return undefined;
  }

  #help() {
    help(localStored(KEYS) !== "off", (on) => keep(KEYS, on ? "on" : "off"));
  }

  #state(state) {
    this.open.frame(({ state: _, ...frame }) => (state === "draft" ? frame : { ...frame, state }));
  }

  #milestone() {
    const title = h("input", { type: "text", maxlength: 400, value: `State of ${today()}` });
    const made = button("Keep it", () => {
      const { review, rules } = this.open;
      const taken = new Set((review.milestones ?? []).map(({ id }) => id));
      const milestone = {
        id: idOf(title.value, taken, "milestone"),
        title: title.value,
        at: moment(),
        answers: structuredClone(review.answers),
        score: score(review.answers, rules, review.targets, today()),
      };
      this.open.frame((frame) => ({ ...frame, milestones: [...(frame.milestones ?? []), milestone] }));
      shown.close();
      announce(`Milestone kept: ${title.value}`);
    }, { class: "rv-button rv-button--strong" });
    const shown = dialog("Keep a milestone", h("p", {}, "The answers and the score as they stand, to compare with later."), field("Title", title), h("p", {}, made));
  }

  #editTargets() {
    const { review } = this.open;
    const rows = review.targets.map((target) => {
      const name = h("input", { type: "text", maxlength: 400, required: true, value: target.name });
      const repository = h("input", { type: "text", maxlength: 400, value: target.repository ?? "" });
      return { target, name, repository, element: h("div.rv-pair", {}, field("Name", name), field("Repository", repository, {})) };
    });
    const added = h("input", { type: "text", maxlength: 400 });
    const save = button("Save", async () => {
      const targets = rows.map(({ target, name, repository }) => {
        const { repository: _, ...rest } = target;
        return { ...rest, name: name.value.trim() || target.name, ...(repository.value.trim() && { repository: repository.value.trim() }) };
      });
      const title = added.value.trim();
      if (title) targets.push({ id: idOf(title, new Set(targets.map(({ id }) => id)), "target"), name: title });
      this.open.frame((frame) => ({ ...frame, targets }));
      shown.close();
    }, { class: "rv-button rv-button--strong" });
    const shown = dialog("Targets", rows.map(({ element }) => element), field("One more", added), h("p", {}, save));
  }

  /** Ask before a whole review is put in place of this one. */
  sure(title, text, yes) {
    return confirmed(title, text, yes);
  }
}

/** Return what the browser keeps under a name, or nothing where it keeps nothing. */
export function localStored(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing says so elsewhere already.
  }
}
