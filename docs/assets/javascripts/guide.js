// What every page runs: names for controls that the theme leaves unnamed, the way from old anchors to their pages, and
// the layout of a phone's cards.
import { fromHash } from "./hash.js";

for (const [selector, name] of [
  [".md-search[role=dialog]", "Search"],
  [".md-search__scrollwrap", "Search results"],
]) {
  document.querySelector(selector)?.setAttribute("aria-label", name);
}

// A section with a page of its own leaves its list named by an empty label: name it after the page.
for (const list of document.querySelectorAll(".md-nav[aria-labelledby]")) {
  const label = document.getElementById(list.getAttribute("aria-labelledby") ?? "");
  const link = label?.closest(".md-nav__container")?.querySelector("a");
  if (link && !label?.textContent.trim()) {
    list.removeAttribute("aria-labelledby");
    list.setAttribute("aria-label", link.textContent.trim());
  }
}

// The theme adds the copy button of a code sample when it comes into view, in a landmark without a name.
new MutationObserver(() => {
  for (const tools of document.querySelectorAll(".md-code__nav:not([aria-label])")) {
    const title = tools.closest(".highlight")?.querySelector(".filename")?.textContent;
    tools.setAttribute("aria-label", `Code sample ${title ?? ""}`.trim());
  }
}).observe(document.body, { childList: true, subtree: true });

// The contents list carries the anchors of the 2023 document, which was one page: follow them to the section.
const target = fromHash()?.closest(".contents li")?.querySelector("a");
if (target) location.replace(target.href);

const listing = document.querySelector("[data-listing]");
if (listing) {
  const { start } = await import("./table-filter.js");
  start(listing);
}

// A phone's cards out of view are laid out when they come near: see options.css. Here all of them are, each by itself
// while nothing else is to do, so that what asks for the look of the page sees it as it is.
const cards = [...document.querySelectorAll("table.options tbody tr")].reverse();
const whenIdle = window.requestIdleCallback ?? setTimeout;
function layOutNext() {
  const card = cards.pop();
  if (!card) return;
  /** @type {HTMLElement} */ (card).style.contentVisibility = "visible";
  whenIdle(layOutNext);
}
if (matchMedia("(max-width: 44.9em)").matches) whenIdle(layOutNext);
