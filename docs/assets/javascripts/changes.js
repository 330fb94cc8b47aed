// What changed between two editions that the reader chooses; without it the page has every pair, one below the other.
import { fromHash } from "./hash.js";

const parts = [...document.querySelectorAll("h2[id^=from-]")].map(part);
const form = /** @type {HTMLElement} */ (document.querySelector("[data-changes]"));
if (parts.length > 1) start();

// A heading, and all that stands below it, as one element with the two editions that it names.
function part(heading) {
  const section = document.createElement("section");
  const [, old, fresh] = heading.textContent.match(/From (\S+) to (\w[\w.]*)/);
  const below = [];
  for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling)
    below.push(next);
  heading.before(section);
  section.append(heading, ...below);
  return { section, old, fresh };
}

function start() {
  const [from, to] = form.querySelectorAll("select");
  const names = (key) => [...new Set(parts.map((each) => each[key]))];
  from.replaceChildren(
    ...names("old")
      .sort()
      .map((name) => new Option(name)),
  );
  to.replaceChildren(...names("fresh").map((name) => new Option(name)));
  form.addEventListener("input", () => show(from, to));
  addEventListener("hashchange", () => reveal(from, to));
  form.hidden = false;
  choose(parts[0], from, to);
  reveal(from, to);
}

function choose({ old, fresh }, from, to) {
  [from.value, to.value] = [old, fresh];
  show(from, to);
}

function show(from, to) {
  const isChosen = ({ old, fresh }) => old === from.value && fresh === to.value;
  for (const each of parts) each.section.hidden = !isChosen(each);
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  status.textContent = parts.some(isChosen) ? "" : "The first edition has to be the older one.";
}

// A link to a change shows the two editions that it is of.
function reveal(from, to) {
  const target = fromHash();
  const found = target && parts.find(({ section }) => section.contains(target));
  if (!found) return;
  choose(found, from, to);
  target.scrollIntoView();
}
