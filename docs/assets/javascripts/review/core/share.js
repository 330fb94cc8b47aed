// A review packed into text that fits behind the # of an address, which no server sees: deflated, and encrypted where a
// password is given. `2.` stands before what is packed with a checksum (zlib), `1.` before what older links have without
// one, and `1e.` before what is encrypted: salt, nonce and ciphertext.

const PLAIN = "2.";
const OLD = "1.";
const SEALED = "1e.";
const [SALT, NONCE] = [16, 12]; // bytes
/** How often PBKDF2 with SHA-256 hashes a password, as OWASP advises: some tenths of a second for each guess. */
export const ROUNDS = 600_000;
// Bytes that a link unpacks to: as many as a file may have (transfer.js).
const MAX = 50_000_000;

/** Why a link cannot be read, in words for the one who opened it. */
export class LinkError extends Error {}

/** Return whether what a link holds needs a password. */
export const isSealed = (packed) => packed.startsWith(SEALED);

/** Return a text packed for a link, encrypted where there is a password. */
export async function pack(text, password = "") {
  const form = password ? "deflate-raw" : "deflate"; // what is encrypted has a checksum by that
  const bytes = await collect(new Blob([text]).stream().pipeThrough(new CompressionStream(form)));
  if (!password) return PLAIN + encode(bytes);
  const [salt, nonce] = [SALT, NONCE].map((length) => crypto.getRandomValues(new Uint8Array(length)));
  const key = await deriveKey(password, salt);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, bytes));
  return SEALED + encode(new Uint8Array([...salt, ...nonce, ...sealed]));
}

/** Return the text that a link holds. Throws LinkError where it is damaged, too big, or the password is another. */
export async function unpack(packed, password = "") {
  const mark = packed.startsWith(OLD) ? OLD : PLAIN;
  const bytes = isSealed(packed) ? await unseal(packed, password) : decode(packed, mark);
  const form = isSealed(packed) || mark === OLD ? "deflate-raw" : "deflate";
  try {
    const plain = await collect(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(form)), MAX);
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch (error) {
    if (error instanceof LinkError) throw error;
    throw damaged();
  }
}

async function unseal(packed, password) {
  const bytes = decode(packed, SEALED);
  if (bytes.length < SALT + NONCE) throw damaged();
  const key = await deriveKey(password, bytes.slice(0, SALT));
  try {
    const iv = bytes.slice(SALT, SALT + NONCE);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes.slice(SALT + NONCE)));
  } catch {
    throw new LinkError("The password is not the right one, or the link is damaged.");
  }
}

async function deriveKey(password, salt) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, [
    "deriveKey",
  ]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const damaged = () =>
  new LinkError(
    "The link is damaged: a part of it was probably cut off on the way. Ask for it again, or for the file.",
  );

/** @param {ReadableStream<Uint8Array>} stream */
async function collect(stream, most = Number.POSITIVE_INFINITY) {
  const parts = [];
  let length = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      reader.cancel().catch(() => {});
      throw new LinkError(`The link unpacks to more than ${most.toLocaleString("en")} bytes.`);
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// Base64 for addresses (RFC 4648, section 5), without padding.
function encode(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function decode(packed, mark) {
  if (!packed.startsWith(mark)) throw damaged();
  try {
    const binary = atob(packed.slice(mark.length).replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch {
    throw damaged();
  }
}
