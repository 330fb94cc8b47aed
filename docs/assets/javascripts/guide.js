// What every page runs: names for controls that the theme leaves unnamed, and the way from old anchors to their pages.

for (const [selector, name] of [
  [".md-search[role=dialog]", "Search"],
  [".md-search__scrollwrap", "Search results"],
]) {
  document.querySelector(selector)?.setAttribute("aria-label", name);
}

// The contents list carries the anchors of the 2023 document, which was one page: follow them to the section.
const entry = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
const target = entry && entry.closest(".contents li")?.querySelector("a");
if (target) location.replace(target.href);

if (document.querySelector("[data-recommendations]")) {
  const { start } = await import("./recommendations.js");
  start(document.querySelector("[data-recommendations]"));
}
