// The element that the address names behind its #, or null.

export function fromHash() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // no percent-encoding, as in #100%: it names nothing
  }
}
