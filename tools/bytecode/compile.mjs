// Runs compile_loaded.py in Pyodide, all of which lie in the working folder: node compile.mjs TARGET ARCHIVES MODULES

import { readFileSync, writeFileSync } from "node:fs";

const [target, archives, modules] = process.argv.slice(2);
const { loadPyodide } = await import("./pyodide.mjs");
// The same input gives the same bytes: a set that is written has the same order.
const env = { PYTHONHASHSEED: "0" };
const python = await loadPyodide({ packages: [], checkIntegrity: false, env });
const read = (name) => new Uint8Array(readFileSync(name));
const names = archives.split(",");
for (const name of names) python.unpackArchive(read(name), "wheel");
python.FS.writeFile("/compile_loaded.py", read("compile_loaded.py"));
const { list_loaded, compile_loaded } = python.runPython(
  "import sys; sys.path.append('/'); import compile_loaded; compile_loaded",
);
const loaded = list_loaded(modules);
for (const name of ["python_stdlib.zip", ...names])
  writeFileSync(`${target}/${name}`, compile_loaded(read(name), loaded).toJs());
