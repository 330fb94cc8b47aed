// The engine of the guide in a worker: started on first need, asked one thing at a time.

const MOMENT = 300; // milliseconds
const WHILE = 10_000; // milliseconds

/** The engine, whose files lie at an address; the catalogue and its editions lie at two others. */
export class Engine {
  #worker;
  #last = Promise.resolve();
  #number = 0;

  constructor(places) {
    this.places = places;
  }

  /** Ask for something. Returns what it gave; throws an Error, with `problems` where the input has some. */
  ask(what, given, onprogress = () => {}) {
    const turn = this.#last.then(() => this.#ask(what, given, onprogress));
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Begin to load, so that what is asked soon need not wait; not where the reader saves data. */
  prepare() {
    if (this.#worker || isSparing()) return;
    this.#worker = this.#startWorker();
    this.#worker.postMessage({ prepare: true });
  }

  /** Prepare a moment from now, for who stays that long; returns how to call it off. */
  prepareSoon() {
    const waiting = setTimeout(() => this.prepare(), MOMENT);
    return () => clearTimeout(waiting);
  }

  /** Prepare when a pointer or the focus stays on an element, which is likely to be pressed. Returns the element. */
  prepareAt(element) {
    let callOff = () => {};
    const listen = (type, act) => element.addEventListener(type, act);
    for (const type of ["pointerenter", "focusin"])
      listen(type, () => {
        callOff();
        callOff = this.prepareSoon();
      });
    for (const type of ["pointerleave", "focusout"]) listen(type, () => callOff());
    return element;
  }

  /** Fetch the files while nothing else is to do, so that loading takes no network; returns how to call it off. */
  fetchSoon() {
    const waiting = setTimeout(() => {
      if (this.#worker || isSparing()) return;
      this.#fetch().catch(() => {}); // whoever asks for something is told
    }, WHILE);
    return () => clearTimeout(waiting);
  }

  async #fetch() {
    const { address, catalog, editions } = this.places;
    const get = async (name) => await (await fetch(new URL(name, address), { priority: "low" })).arrayBuffer();
    const manifest = JSON.parse(new TextDecoder().decode(await get("manifest.json")));
    for (const name of [catalog, editions, ...Object.keys(manifest.files)]) await get(name);
  }

  #ask(what, given, onprogress) {
    const number = ++this.#number;
    this.#worker ??= this.#startWorker();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const end = (settle, value) => {
        worker.onmessage = worker.onerror = null;
        settle(value);
      };
      worker.onmessage = ({ data }) => {
        if (data.progress) onprogress(data.progress);
        else if (data.number !== number) return;
        else if (data.given) end(resolve, data.given);
        else {
          if (data.fatal) this.#stop();
          end(reject, Object.assign(new Error(data.message), { problems: data.problems }));
        }
      };
      worker.onerror = (event) => {
        this.#stop();
        const why = navigator.onLine
          ? "the program could not be started"
          : "you are offline, and this browser has not downloaded the program yet";
        end(reject, new Error(event.message || why));
      };
      worker.postMessage({ number, what, given });
    });
  }

  #startWorker() {
    const worker = new Worker(new URL("engine-worker.js", import.meta.url), { type: "module", name: "vger" });
    worker.postMessage({ start: this.places });
    return worker;
  }

  // What has failed is begun anew the next time.
  #stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

// Whoever saves data, or has a slow network, waits for what they ask for, and for nothing else.
function isSparing() {
  const { connection } = /** @type {{ connection?: { saveData: boolean, effectiveType?: string } }} */ (
    /** @type {unknown} */ (navigator)
  );
  return Boolean(connection && (connection.saveData || /2g|3g/.test(connection.effectiveType ?? "")));
}
