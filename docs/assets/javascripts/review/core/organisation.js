// An organisation's folder over the guide: kept in this browser, in a database of its own, which no edition of the site
// has to share.

const NAME = "vger-organisation";
const KEY = "own";

/**
 * What is kept: the files of the folder, the catalogue that the engine made of them, what they change, and the guide's
 * catalogue that they were put over.
 * @typedef {{ files: Record<string, Uint8Array>, catalog: string, changes: string[], base: string }} Organisation
 */

/**
 * Return the organisation's folder that this browser keeps, if any.
 * @returns {Promise<Organisation | undefined>}
 */
export async function loadOrganisation() {
  try {
    return await ask("readonly", (store) => store.get(KEY));
  } catch {
    return undefined; // a browser that forbids storage keeps none
  }
}

/** Keep a folder. */
export const keepOrganisation = (organisation) => ask("readwrite", (store) => store.put(organisation, KEY));

/** Forget it. */
export const forgetOrganisation = () => ask("readwrite", (store) => store.delete(KEY));

function ask(mode, what) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(NAME, mode);
      const request = what(transaction.objectStore(NAME));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result);
      };
      transaction.onabort = () => {
        database.close();
        reject(transaction.error);
      };
    };
  });
}

// The files that the engine reads (src/vger_guide/catalog/overlay.py).
const READ = /^((extends|profiles|meanings)\.yml|(rules|evidence)\/[^/]+\.ya?ml)$/;
const MAX = 5_000_000; // bytes

/** Return the bytes of a folder's files by their paths below it, of `{ path, file }` each. Throws where it is too big. */
export async function readFolder(entries) {
  const root = entries.find(({ path }) => /(^|\/)extends\.yml$/.test(path))?.path.replace(/extends\.yml$/, "") ?? "";
  const inside = entries
    .filter(({ path }) => path.startsWith(root))
    .map(({ path, file }) => ({ path: path.slice(root.length), file }));
  const read = inside.filter(({ path }) => READ.test(path));
  const size = read.reduce((sum, { file }) => sum + file.size, 0);
  if (size > MAX)
    throw new Error(
      `The folder has ${size.toLocaleString("en")} bytes of data; ${MAX.toLocaleString("en")} are allowed.`,
    );
  const whole = async ({ path, file }) => [path, new Uint8Array(await file.arrayBuffer())];
  return Object.fromEntries(await Promise.all(read.map(whole)));
}
