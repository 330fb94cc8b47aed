// The search of the site as its readers have it: the theme's own worker, run in Node over the built index.
// node search.mjs SITE reads a JSON list of queries, and prints for each the locations of the hits, page by page.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const [site] = process.argv.slice(2);
const folder = join(site, "assets/javascripts/workers");
const worker = readdirSync(folder).find((name) => /^search\..*\.js$/.test(name));

let answer;
let listener;
const scope = {
  console: { warn: () => {}, log: () => {} },
  addEventListener: (_, heard) => (listener = heard),
  postMessage: (message) => answer(message),
};
scope.self = scope.window = scope.globalThis = scope;
vm.runInNewContext(readFileSync(join(folder, worker), "utf8"), scope);

const ask = (type, data) =>
  new Promise((resolve) => {
    answer = resolve;
    listener({ data: { type, data } });
  });
const [SETUP, QUERY] = [0, 2];
const index = JSON.parse(readFileSync(join(site, "search/search_index.json"), "utf8"));
await ask(SETUP, { ...index, options: { suggest: false } });

const found = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) {
  const { data } = await ask(QUERY, query);
  found.push(data.items.map((hits) => hits.map(({ location, title, score }) => ({ location, title, score }))));
}
console.log(JSON.stringify(found));
