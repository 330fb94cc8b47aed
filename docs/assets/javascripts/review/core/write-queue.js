// What is to be stored waits in a row, and stays there until the store has it: nothing is passed over.

/** The row of one review. It calls `stored` with what other tabs are to be told, and `failed` with the error. */
export class WriteQueue {
  #waiting = [];
  #turn = Promise.resolve();

  constructor(store, id, { stored, failed }) {
    this.store = store;
    this.id = id;
    this.stored = stored;
    this.failed = failed;
  }

  /** Store `{ patches, updated }`, `{ frame }` or `{ whole }` after what waits already. */
  put(entry) {
    this.#waiting.push(entry);
    return this.send();
  }

  /** Store what waits, and return when it is stored or the store has refused it. */
  send() {
    this.#turn = this.#turn.then(() => this.#sendAll());
    return this.#turn;
  }

  get waits() {
    return this.#waiting.length > 0;
  }

  /** Return what waits to be said of an answer: its fields, patch by patch. */
  fieldsOf(rule, target) {
    const patches = this.#waiting.flatMap((entry) => entry.patches ?? []);
    return patches.filter((patch) => patch.rule === rule && patch.target === target).map(({ fields }) => fields);
  }

  async #sendAll() {
    while (this.#waiting.length) {
      const batch = this.#nextBatch();
      let told;
      try {
        told = await this.#store(batch);
      } catch (error) {
        this.failed(error);
        return;
      }
      this.#waiting.splice(0, batch.length);
      this.stored(told);
    }
  }

  // The first that waits, with all answers that wait next to it: they are stored at once.
  #nextBatch() {
    const other = this.#waiting.findIndex(({ patches }) => !patches);
    return this.#waiting.slice(0, other < 0 ? this.#waiting.length : Math.max(other, 1));
  }

  async #store(batch) {
    const [{ whole, frame }] = batch;
    if (whole) return this.store.put(whole).then(() => ({ whole: true }));
    if (frame) return this.store.frame(this.id, frame).then(() => ({ frame: true }));
    const patches = batch.flatMap((entry) => entry.patches);
    return { changes: await this.store.answer(this.id, patches, batch.at(-1).updated) };
  }
}
