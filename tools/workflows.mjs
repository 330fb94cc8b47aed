// Asks the host's own language service what is wrong with workflows: `node workflows.mjs <folder of packages> <file>...`
// Prints a line a fault, and nothing where there is none.

import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const installed = (path) => import(new URL(path, pathToFileURL(`${folder}/`)));

// The packages import JSON as bundlers let them.
registerHooks({
  load: (address, context, next) =>
    address.endsWith(".json")
      ? { format: "json", source: readFileSync(new URL(address)), shortCircuit: true }
      : next(address, context),
});

const { validate } = await installed("@actions/languageservice/dist/index.js");
const { TextDocument } = await installed("vscode-languageserver-textdocument/lib/esm/main.js");

for (const file of files) {
  const document = TextDocument.create(pathToFileURL(file).href, "yaml", 1, readFileSync(file, "utf8"));
  for (const { message, range } of await validate(document)) console.log(`${file}:${range.start.line + 1}: ${message}`);
}
