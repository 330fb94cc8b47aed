// Runs the guide's engine, which is Python, in Pyodide. All of it lies with the site; no other host is asked.

/** The folder that this browser keeps cannot be put over the guide. */
class FolderError extends Error {}

let ready;
let places;

addEventListener("message", async ({ data }) => {
  if (data.start) {
    places = data.start;
    return;
  }
  if (data.prepare) {
    prepare().catch(() => {}); // whoever asks for something is told
    return;
  }
  const { number, what, given } = data;
  try {
    await prepare();
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const told = error instanceof FolderError ? message : `the program could not be downloaded: ${message}`;
    postMessage({ number, fatal: true, message: told });
    return;
  }
  answer(number, what, given);
});

// What failed before anybody asked is begun anew.
function prepare() {
  ready ??= start(places).catch((error) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

async function answer(number, what, given) {
  postMessage({ progress: { part: "Working…" } });
  const engine = await ready;
  let said;
  try {
    if (what === "write") await engine.fetchExtra(given.form);
    said = engine.handle(what, given);
    const made = said.toJs({ dict_converter: Object.fromEntries });
    if (made.problems) postMessage({ number, problems: made.problems, message: made.problems.join("\n") });
    else postMessage({ number, given: made });
  } catch (error) {
    postMessage({
      number,
      message: String(/** @type {Error} */ (error).message ?? error)
        .trim()
        .split("\n")
        .at(-1),
    });
  } finally {
    said?.destroy?.();
  }
}

async function start({ address, catalog, editions, organisation }) {
  const manifest = JSON.parse(new TextDecoder().decode(await bytes(new URL("manifest.json", address))));
  loaded = 0;
  total = Object.values(manifest.files).reduce((sum, size) => sum + size, 0);
  count();
  // All of it comes at once, and what is needed last does not wait for the first.
  const [python, packages, rules, past] = await Promise.all([
    import(new URL("pyodide.mjs", address).href).then(({ loadPyodide }) =>
      loadPyodide({
        indexURL: address,
        packages: [],
        checkIntegrity: false,
        env: { PYDANTIC_DISABLE_PLUGINS: "__all__" },
      }),
    ),
    Promise.all(manifest.packages.map((name) => bytes(new URL(name, address)))),
    bytes(catalog),
    bytes(editions),
  ]);
  for (const archive of packages) python.unpackArchive(archive, "wheel");
  python.FS.writeFile("/catalog.json", new Uint8Array(rules));
  python.FS.writeFile("/editions.json", new Uint8Array(past));
  postMessage({ progress: { part: "Starting…" } });
  const engine = python.pyimport("vger_guide.worker").load_worker("/catalog.json", "/editions.json");
  if (organisation) {
    const { problems } = engine
      .handle("organise", python.toPy({ files: organisation, keep: true }))
      .toJs({ dict_converter: Object.fromEntries });
    if (problems)
      throw new FolderError(
        `your organisation's folder no longer fits the guide; remove it, and choose it again: ${problems[0]}`,
      );
  }
  const here = new Set();
  // A package that only one form needs is fetched with the first of its files.
  const fetchExtra = async (form) => {
    const extra = manifest.extras[form];
    if (!extra || here.has(form)) return;
    total += extra.size;
    python.unpackArchive(await bytes(new URL(extra.name, address)), "wheel");
    here.add(form);
  };
  return { handle: (what, given) => engine.handle(what, python.toPy(given)), fetchExtra };
}

async function bytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}: ${new URL(address).pathname}`);
  return answer.arrayBuffer();
}

const plain = globalThis.fetch;
let [loaded, total] = [0, 0];

// Every file that comes is counted, whoever asked for it: in a copy, as a browser keeps what it has made of a program
// (its code cache) only where it is given the answer that came.
function count() {
  globalThis.fetch = async (...words) => {
    const answer = await plain(...words);
    if (answer.ok && answer.body) tally(answer.clone().body);
    return answer;
  };
}

function tally(body) {
  const write = ({ byteLength }) => {
    loaded += byteLength;
    // No megabytes: they are counted unpacked, and fewer come over the network.
    const part = `Downloading the program: ${Math.min(100, Math.round((100 * loaded) / total))} %`;
    postMessage({ progress: { part, loaded: Math.min(loaded, total), total } });
  };
  body.pipeTo(new WritableStream({ write })).catch(() => {}); // whoever reads the answer is told
}
