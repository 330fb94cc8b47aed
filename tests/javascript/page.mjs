// What the modules of the page of reviews find in a browser, from the files that VECTORS names; and the vectors.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const made = process.env.VECTORS;

/** Return a file that the test in Python wrote for this run. */
export const given = (name) => readFileSync(join(made, name), "utf8");

/** Return the vectors that the twins in Python are asked too. */
export const vectors = (name) => JSON.parse(readFileSync(join(import.meta.dirname, "../examples/twins", name), "utf8"));

/** Where a folder of the site is. */
export const scripts = pathToFileURL(join(dirname(dirname(import.meta.dirname)), "docs/assets/javascripts/review/"));

globalThis.document = { getElementById: (id) => (id === "review-words" ? { textContent: given("words.json") } : null) };
globalThis.fetch = async (name) => new Response(given(name));

/** Import a module of the page. */
export const load = (name) => import(new URL(name, scripts.href.endsWith("/") ? scripts : `${scripts}/`));
