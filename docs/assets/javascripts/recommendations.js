// Filters and sorts the recommendations. Without it the page is the whole table, and shows no controls.

const VERDICTS = ["use", "start-using", "watch", "investigate", "avoid", "none"];

/** Bring the filters, the sorting and the shareable address to life on the element that holds form and table. */
export function start(root) {
  const form = root.querySelector("form");
  const body = root.querySelector("tbody");
  const rows = [...body.rows].map((row, position) => ({
    row,
    position,
    name: row.querySelector("h3").firstChild.textContent.trim(),
    text: row.textContent.toLowerCase(),
    verdict: row.dataset.verdict,
    section: row.dataset.section,
  }));

  restore(form);
  const update = () => {
    const wanted = read(form);
    const count = show(rows, wanted);
    announce(root, count, rows.length);
    remember(wanted);
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(update));
  root.querySelector("[data-clear]").addEventListener("click", () => form.reset());
  for (const head of root.querySelectorAll("th[data-sort]")) sortable(head, rows, body);
  reveal(rows, form);
  update();
  window.addEventListener("hashchange", () => {
    reveal(rows, form);
    update();
  });
}

function read(form) {
  const data = new FormData(form);
  return { q: data.get("q").trim(), verdict: data.get("verdict"), section: data.get("section") };
}

function show(rows, { q, verdict, section }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const each of rows) {
    const fits =
      (!verdict || each.verdict === verdict) &&
      (!section || each.section === section) &&
      words.every((word) => each.text.includes(word));
    each.row.hidden = !fits;
    count += fits;
  }
  return count;
}

function announce(root, count, all) {
  root.querySelector(".filters__count").textContent = count === all ? `All ${all} options` : `${count} of ${all} options`;
  root.querySelector(".filters__none").hidden = count > 0;
  root.querySelector("table").hidden = count === 0;
}

// The address carries the filters, so that a view can be shared.
function remember(wanted) {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  const search = query.size ? `?${query}` : "";
  history.replaceState(history.state, "", location.pathname + search + location.hash);
}

function restore(form) {
  const query = new URLSearchParams(location.search);
  form.q.value = query.get("q") ?? "";
  for (const select of [form.verdict, form.section]) {
    select.value = query.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
  }
}

// A link to a row shows it, whatever the filters say.
function reveal(rows, form) {
  const found = rows.find(({ row }) => row.querySelector("h3").id === location.hash.slice(1));
  if (!found) return;
  if (location.search) {
    show([found], read(form));
    if (found.row.hidden) form.reset();
    found.row.hidden = false;
  }
  found.row.scrollIntoView({ block: "center" });
}

function sortable(head, rows, body) {
  head.querySelector("button").addEventListener("click", () => {
    const direction = head.ariaSort === "ascending" ? -1 : 1;
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    const order = ORDERS[head.dataset.sort];
    rows.sort((a, b) => direction * order(a, b) || a.position - b.position);
    body.append(...rows.map(({ row }) => row));
  });
}

const ORDERS = {
  name: (a, b) => a.name.localeCompare(b.name, "en"),
  verdict: (a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict),
  section: (a, b) => a.position - b.position,
};
