// The search of the site as its readers have it: its worker, run in Node over the built index.
// node search.mjs SITE reads a JSON list of queries, and prints for each the locations of the hits, page by page.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const [site] = process.argv.slice(2);
const scripts = join(site, "assets/javascripts");
const theirs = readdirSync(join(scripts, "workers")).find((name) => /^search\..*\.js$/.test(name));
const read = (name) => readFileSync(join(scripts, name), "utf8");

let answer;
let listener;
const scope = vm.createContext({
  console: { warn: () => {}, log: () => {} },
  location: { search: `?workers/${theirs}` },
  importScripts: (name) => vm.runInContext(read(name), scope),
  fetch: async (name) => ({ json: async () => JSON.parse(read(name)) }),
  addEventListener: (_, heard) => (listener = heard),
  postMessage: (message) => answer(message),
});
scope.self = scope.window = scope;
vm.runInContext(read("search.js"), scope);

const heard = (type, data) =>
  new Promise((resolve) => {
    answer = resolve;
    listener({ data: { type, data } });
  });
const [SETUP, QUERY] = [0, 2];
const index = JSON.parse(readFileSync(join(site, "search/search_index.json"), "utf8"));
await heard(SETUP, { ...index, options: { suggest: false } });

const found = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) {
  const { data } = await heard(QUERY, query);
  found.push(
    data.items.map((hits) => hits.map(({ location, title }) => ({ location, title: title.replace(/<[^>]+>/g, "") }))),
  );
}
console.log(JSON.stringify(found));
