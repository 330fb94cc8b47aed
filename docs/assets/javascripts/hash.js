// What an address names behind its #.

/** Return the element that the address of the page names, or null. */
export function fromHash() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // no percent-encoding, as in #100%: it names nothing
  }
}
