// Filters and sorts a table of options or rules. Without it the page is the whole table, and shows no controls.
//
// The form's text field is `q`; each select `name` is matched against the words of a row's `data-name`. A column head
// with `data-sort` sorts by the row's attribute of that name: in the order of the select's choices where there is one.
import { fromHash } from "./hash.js";

/** Bring the filters, the sorting and the shareable address to life on the element that holds form and table. */
export function start(root) {
  const form = root.querySelector("form");
  const body = root.querySelector("tbody");
  const kind = root.dataset.listing;
  const rows = [...body.rows].map((row, position) => ({ row, position, text: row.textContent.toLowerCase() }));

  const update = () => {
    const wanted = Object.fromEntries(new FormData(form));
    announce(root, kind, show(rows, wanted), rows.length);
    remember(wanted);
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(update));
  root.querySelector("[data-clear]").addEventListener("click", () => form.reset());
  for (const head of root.querySelectorAll("th[data-sort]")) sortable(head, rows, body, form);
  window.addEventListener("hashchange", () => reveal(rows, form));

  restore(form);
  update();
  reveal(rows, form);
}

function show(rows, wanted) {
  const { q, ...selects } = wanted;
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = Object.entries(selects).filter(([, value]) => value);
  let count = 0;
  for (const { row, text } of rows) {
    const fits =
      chosen.every(([name, value]) => row.dataset[name].split(" ").includes(value)) &&
      words.every((word) => text.includes(word));
    row.hidden = !fits;
    if (fits) count++;
  }
  return count;
}

function announce(root, kind, count, all) {
  root.querySelector(".filters__count").textContent =
    count === all ? `All ${all} ${kind}` : `${count} of ${all} ${kind}`;
  root.querySelector(".filters__none").hidden = count > 0;
  root.querySelector("table").hidden = count === 0;
}

// The address carries the filters, so that a view can be shared.
function remember(wanted) {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value.trim()));
  const search = query.size ? `?${query}` : "";
  history.replaceState(history.state, "", location.pathname + search + location.hash);
}

function restore(form) {
  const query = new URLSearchParams(location.search);
  for (const field of form.querySelectorAll("[name]")) {
    field.value = query.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.value = "";
  }
}

// A link to a row shows it, whatever the filters say.
function reveal(rows, form) {
  const target = fromHash();
  const found = target && rows.find(({ row }) => row.contains(target));
  if (!found) return;
  if (found.row.hidden) form.reset();
  found.row.hidden = false;
  found.row.scrollIntoView({ block: "center" });
}

function sortable(head, rows, body, form) {
  const name = head.dataset.sort;
  const choices = [...(form[name]?.options ?? [])].map((option) => option.value);
  const compare = choices.length
    ? (a, b) => choices.indexOf(a.row.dataset[name]) - choices.indexOf(b.row.dataset[name])
    : name in rows[0].row.dataset
      ? (a, b) => a.row.dataset[name].localeCompare(b.row.dataset[name], "en")
      : (a, b) => a.position - b.position;
  head.querySelector("button").addEventListener("click", () => {
    const direction = head.ariaSort === "ascending" ? -1 : 1;
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    rows.sort((a, b) => direction * compare(a, b) || a.position - b.position);
    body.append(...rows.map(({ row }) => row));
  });
}
