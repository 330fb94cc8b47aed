// Small things that the browser remembers for a person, beside the reviews.

export const NAME = "vger-reviewer";
export const KEYS = "vger-review-keys";

/** Return what is remembered under a name, or nothing where the browser remembers nothing. */
export function recall(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

/** Remember a text under a name. */
export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing says so elsewhere already.
  }
}
