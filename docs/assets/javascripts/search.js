// The worker of the search: the theme's own, asked in the words of its index.
//
// The theme reads a query in the language of lunr, where a leading dash is "without" and each word stands for all that
// begin with it. So an option is asked for by its letters, small words go where others are left, and a plural finds the
// singular. The index and the theme's worker are fetched at the first query: no page pays for a search nobody makes.

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const OPERATORS = /^[-+*~^:.]+|[*~^:]+/g;
// A word with a dash, a full stop or the like in or before it: an option, the name of a file.
const NAME = /^[-.]|[a-z0-9][-._/][a-z0-9]/i;

/** @type {any} The worker itself, which the page's types do not know. */
const scope = self;
/** @type {(event: {data: object}) => Promise<void>} The theme's listener. */
let listener;
let settings;
let ready;
let asked = "";

/** Return a word without the ending of its plural: the index is asked for all words that begin so. */
function stem(word) {
  if (/^[a-z]{4,}ies$/i.test(word)) return word.slice(0, -3);
  return /^[a-z]{3,}[^siu]s$/i.test(word) ? word.slice(0, -1) : word;
}

/** Return a query as the theme's worker is to read it. */
function clean(query) {
  const words = query.split(/\s+/).filter(Boolean);
  const names = words.filter((word) => NAME.test(word)).map((word) => word.replace(/[^a-z0-9]/gi, ""));
  const plain = words.flatMap((word) => word.replace(OPERATORS, " ").split(/[\s/_-]+/)).filter(Boolean);
  const telling = plain.filter((word) => scope.lunr.stopWordFilter(word.toLowerCase()));
  return [...names, ...(telling.length ? telling : plain).map(stem)].join(" ");
}

/** Return the share of a query's words that a hit holds. */
function share({ terms }) {
  const found = Object.values(terms);
  return found.filter(Boolean).length / (found.length || 1);
}

/** Return what was found with those pages first that hold all words, and then those whose three best hits say most. */
function rank(found) {
  const phrase = asked.trim().toLowerCase();
  const says = ({ title, text }) =>
    `${title} ${text}`
      .replace(/<[^>]+>/g, "")
      .toLowerCase()
      .includes(phrase);
  const worth = new Map(found.items.flat().map((hit) => [hit, hit.score * share(hit) ** 2 * (says(hit) ? 2 : 1)]));
  const best = (hits) => hits.slice(0, 3).reduce((sum, hit) => sum + worth.get(hit), 0);
  const whole = (hits) => Number(hits.some((hit) => share(hit) === 1));
  const items = found.items
    .map((hits) => hits.toSorted((a, b) => worth.get(b) - worth.get(a)))
    .sort((a, b) => whole(b) - whole(a) || best(b) - best(a));
  return { ...found, items };
}

/** Fetch the theme's worker and the index, and take the worker's answers through `rank`. */
async function prepare() {
  const { addEventListener: listen, postMessage: post } = self;
  self.addEventListener = (_, found) => {
    listener = found;
  };
  scope.importScripts(location.search.slice(1));
  self.addEventListener = listen;
  self.postMessage = ({ type, data }) => {
    if (type === RESULT) post({ type, data: rank(data) });
  };
  const entries = await fetch("../../search/entries.json");
  await listener({ data: { type: SETUP, data: { ...settings, docs: await entries.json() } } });
}

addEventListener("message", async ({ data: message }) => {
  if (message.type === SETUP) {
    settings = message.data;
    postMessage({ type: READY });
  } else if (message.type === QUERY && !message.data.trim()) {
    postMessage({ type: RESULT, data: { items: [] } });
  } else if (message.type === QUERY) {
    ready ??= prepare();
    await ready;
    asked = message.data;
    await listener({ data: { type: QUERY, data: clean(asked) } });
  }
});
