// The filters of the pages about all repositories. Without it a page is its whole table, and shows no filters.
//
// The address carries what is chosen, so that a view can be shared. On the page of repositories the rows are filtered,
// and counted and sorted anew by chapter; on the page of rules they are counted over the repositories that are chosen.

const FIELDS = ["q", "unit", "owner", "profile", "chapter"];
const OF_REPOSITORY = ["unit", "owner", "profile"];
// Rows that are shown in a turn.
const AT_ONCE = 100;

let later = 0;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.filters"));
const table = /** @type {HTMLTableElement} */ (document.querySelector("table[data-listing]"));
const body = table.tBodies[0];
const rows = [...body.rows].map((row, position) => ({ row, position, text: row.textContent.toLowerCase() }));
const listing = String(table.dataset.listing);
const apply = listing === "rules" ? startRules() : startRepositories();

form.addEventListener("input", update);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => requestAnimationFrame(update));
restore();
update();

function update() {
  const wanted = Object.fromEntries(FIELDS.map((name) => [name, String(new FormData(form).get(name) ?? "").trim()]));
  const count = apply(wanted);
  const [some, all] = [count, rows.length].map((number) => number.toLocaleString("en"));
  const says = [count === rows.length ? `All ${all} ${listing}` : `${some} of ${all} ${listing}`, ...choices()];
  /** @type {HTMLElement} */ (document.querySelector(".filters__count")).textContent = says.join(", ");
  /** @type {HTMLElement} */ (document.querySelector(".filters__none")).hidden = count > 0;
  remember(wanted);
}

/** Return what is chosen in words, as print shows it. */
function choices() {
  return FIELDS.map((name) => /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name)))
    .filter((field) => field.value.trim())
    .map((field) => (field instanceof HTMLSelectElement ? field.selectedOptions[0].text : `“${field.value.trim()}”`));
}

/** Return what filters the rows of repositories, and says how many are left. */
function startRepositories() {
  const heads = /** @type {HTMLElement[]} */ ([...table.querySelectorAll(".ids a")]);
  const rules = new Map(
    heads.map((head) => [
      head.dataset.rule,
      { words: String(head.dataset.words).split(" "), chapter: head.parentElement?.dataset.chapter },
    ]),
  );
  const listed = rows.map((each) => ({
    ...each,
    fail: split(each.row.dataset.fail),
    fresh: split(each.row.dataset.new),
  }));
  const parts = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("span[data-chapter]")]);
  let chapter = "";

  return (wanted) => {
    if (wanted.chapter !== chapter) {
      chapter = wanted.chapter;
      for (const { row } of listed) row.hidden = true;
      for (const part of parts) part.hidden = Boolean(chapter) && part.dataset.chapter !== chapter;
      sort(listed, (each) => recount(each, rules, chapter));
    }
    const chosen = new Set(
      listed.filter(
        ({ row, text }) =>
          OF_REPOSITORY.every((name) => fits(row.dataset[name], wanted[name])) && holds(text, wanted.q),
      ),
    );
    for (const each of listed) if (!chosen.has(each)) each.row.hidden = true;
    reveal([...chosen].filter(({ row }) => row.hidden));
    return chosen.size;
  };
}

/** Show rows, the first at once and the others part by part: a browser needs long for a thousand, and people type. */
function reveal(hidden) {
  clearTimeout(later);
  for (const { row } of hidden.slice(0, AT_ONCE)) row.hidden = false;
  if (hidden.length > AT_ONCE) later = setTimeout(() => reveal(hidden.slice(AT_ONCE)));
}

/** Count the failures of a repository in a chapter, or in all, and return its weight: the worst is the least. */
function recount({ row, fail, fresh }, rules, chapter) {
  const within = (rule) => !chapter || rules.get(rule)?.chapter === chapter;
  const inside = fail.filter(within);
  const having = (word) => inside.filter((rule) => rules.get(rule)?.words.includes(word)).length;
  const counts = [having("critical"), having("must"), inside.length, fresh.filter(within).length];
  if (row.cells.length < 6) return [1, 0, 0, 0]; // it was not checked
  for (const [i, count] of counts.entries()) {
    row.cells[i + 1].textContent = String(count);
    row.cells[i + 1].classList.toggle("bad", i < 2 && count > 0);
  }
  return [0, ...counts.slice(0, 3).map((count) => -count)];
}

/** Return what counts the rules over the repositories that are chosen, and says how many rules are left. */
function startRules() {
  const facts = JSON.parse(String(document.getElementById("facts")?.textContent));
  const listed = rows.map((each) => ({ ...each, rule: String(each.row.dataset.rule) }));

  return (wanted) => {
    const chosen = facts.filter((each) => OF_REPOSITORY.every((name) => fits(each[name], wanted[name])));
    const failed = tally(chosen.flatMap((each) => each.fail));
    const decided = tally(chosen.flatMap((each) => each.decided));
    sort(listed, ({ row, rule }) => {
      const [count, of] = [failed.get(rule) ?? 0, decided.get(rule) ?? 0];
      row.cells[3].textContent = String(count);
      row.cells[4].textContent = String(of);
      const share = of ? (100 * count) / of : 0;
      row.querySelector("rect.fail")?.setAttribute("width", `${share.toFixed(1)}%`);
      row.querySelector("svg")?.setAttribute("aria-label", `${share.toFixed(0)} %`);
      row.querySelector(".part")?.toggleAttribute("hidden", !of);
      return [count ? 0 : 1, Number(row.dataset.weight), -count];
    });
    let left = 0;
    for (const { row, text } of listed) {
      row.hidden = !(fits(row.dataset.chapter, wanted.chapter) && holds(text, wanted.q));
      if (!row.hidden) left++;
    }
    return left;
  };
}

/** Put rows in the order of their weights, which are lists of numbers. */
function sort(listed, weigh) {
  const weights = new Map(listed.map((each) => [each, weigh(each)]));
  listed.sort((a, b) => compare(weights.get(a), weights.get(b)) || a.position - b.position);
  body.append(...listed.map(({ row }) => row));
}

function compare(a, b) {
  const at = a.findIndex((number, i) => number !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

function tally(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function fits(value, wanted) {
  return !wanted || value === wanted;
}

function holds(text, query) {
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function split(text) {
  return (text ?? "").split(" ").filter(Boolean);
}

function remember(wanted) {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  try {
    history.replaceState(history.state, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
  } catch {
    // A browser may refuse it for a page that is opened from a disk.
  }
}

function restore() {
  const query = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name));
    field.value = query.get(name) ?? "";
    if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = "";
  }
}
