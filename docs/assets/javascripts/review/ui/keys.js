// The keys of an open review: the list is walked and answered without a mouse.

import { showHelp } from "./dialogs.js";
import { KEYS, recall, remember } from "./settings.js";

const ANSWERS = { 1: "met", 2: "partial", 3: "not-met", 4: "unanswered", n: "not-applicable" };

/** Listen to the keys until the signal says to stop. */
export function listenToKeys(view, signal) {
  document.addEventListener("keydown", (event) => heard(view, event), { signal });
}

/** Show the keys, and the switch that turns them off. */
export function showKeys() {
  showHelp(recall(KEYS) !== "off", (on) => remember(KEYS, on ? "on" : "off"));
}

function heard(view, event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    leaveField(view);
    return;
  }
  const typing = event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || recall(KEYS) === "off") return;
  const action = actionOf(view, event);
  if (!action) return;
  action();
  event.preventDefault();
  // The theme has keys of its own, such as / for its search.
  event.stopImmediatePropagation();
}

function leaveField(view) {
  if (view.current) view.goTo(view.current);
  else if (view.filters.element.contains(document.activeElement))
    /** @type {HTMLElement} */ (document.activeElement).blur();
}

// What a key does here, or nothing where it is none of ours.
function actionOf(view, { key, target }) {
  const item = view.current;
  if (key in ANSWERS) return item && (() => item.choose(ANSWERS[key]));
  if (key === "Enter") return target.matches?.(".rv-item__title") && (() => item.open(!item.isOpen));
  const actions = {
    j: () => view.step(1),
    k: () => view.step(-1),
    c: () => item?.open(true, "comment"),
    e: () => item?.open(true, "evidence"),
    t: () => item?.takeOver(),
    u: () => view.back("undo"),
    r: () => view.back("redo"),
    o: () => view.goToNextOpen(),
    "/": () => view.filters.goTo(),
    "?": showKeys,
    "[": () => view.aimBeside(-1),
    "]": () => view.aimBeside(1),
  };
  return Object.hasOwn(actions, key) && actions[key];
}
