// Starts the engine out of a built site, and prints which of its modules had to be compiled: node engine.mjs SITE REVIEW

import { readFileSync } from "node:fs";

const site = process.argv[2];
const { loadPyodide } = await import(`${site}/engine/pyodide.mjs`);
const python = await loadPyodide({ packages: [], checkIntegrity: false, env: { PYDANTIC_DISABLE_PLUGINS: "__all__" } });
const read = (name) => new Uint8Array(readFileSync(`${site}/${name}`));
for (const name of JSON.parse(readFileSync(`${site}/engine/manifest.json`)).packages)
  python.unpackArchive(read(`engine/${name}`), "wheel");
for (const name of ["catalog.json", "editions.json"]) python.FS.writeFile(`/${name}`, read(name));
const worker = python.pyimport("vger_guide.worker").load_worker("/catalog.json", "/editions.json");
const given = { form: "xlsx", review: readFileSync(`${site}/${process.argv[3]}`, "utf8"), today: "2026-11-01" };
const made = worker.handle("write", python.toPy(given)).toJs({ dict_converter: Object.fromEntries });
if (made.problems) throw new Error(made.problems.join("\n"));
const compiled = python.runPython(`
import sys
specs = [each.__spec__ for each in sys.modules.values() if getattr(each, "__spec__", None)]
[each.name for each in specs if (each.origin or "").endswith(".py")]
`);
console.log(JSON.stringify({ bytes: made.file.length, compiled: compiled.toJs() }));
