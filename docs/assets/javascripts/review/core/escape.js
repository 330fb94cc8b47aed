// Foreign text that is shown: what has no shape of its own stands as its escape, as the engine has it (text/sanitize.py).

const SHORT = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Return a text on one line, with what has no shape of its own as its escape, such as `\x1b` or `\u202e`. */
export const escapeInvisible = (text) =>
  text.replace(/[\p{C}\p{Z}]/gu, (sign) => (sign === " " ? sign : escapeSign(sign)));

function escapeSign(sign) {
  const code = sign.codePointAt(0);
  const digits = code.toString(16);
  if (sign in SHORT) return SHORT[sign];
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}

/** Return at most so many characters of a text; the last one says that it was cut. */
export function truncate(text, limit) {
  const signs = text.length > limit ? [...text] : [];
  return signs.length > limit ? `${signs.slice(0, limit - 1).join("")}…` : text;
}
