// Addresses of the web as people type them.

// A host with a full stop in it, or this machine; a port; a path. Another scheme, such as mailto:, is none.
const HOST = /^(localhost|[^\s/:@?#]+\.[^\s/:@?#.]+)(:\d+)?([/?#]\S*)?$/i;

/** Return a text as a web address, with https:// where it names no scheme, or "" where it is none. */
export function completeAddress(text) {
  const plain = text.trim();
  const scheme = /^(https?):\/\//i.exec(plain);
  if (scheme) return scheme[0].toLowerCase() + plain.slice(scheme[0].length);
  return HOST.test(plain) && URL.canParse(`https://${plain}`) ? `https://${plain}` : "";
}
