// What the versions of the guide have, side by side: versions.json above them, and pages.json in each.

/** Return the versions below the root of all of them; none where the site is no version among others. */
export async function versions(root) {
  const answer = await fetch(new URL("versions.json", root));
  return answer.ok ? answer.json() : [];
}

/** Return the pages of a version by their addresses, each with what it is about. */
export async function pages(root, version) {
  const answer = await fetch(new URL(`${version}/pages.json`, root));
  return answer.ok ? answer.json() : {};
}

const isRule = (name) => /^[A-Z]{3}\d{3}$/.test(name);

/**
 * Return the address in `there` of a page of `here`: the same, or the page about the same rule or section; else
 * undefined. The page of a rule that was retired names the rules in its place after its own: the first is led to.
 */
export function counterpart(path, here, there) {
  const about = (name) => Object.keys(there).find((address) => there[address][0] === name);
  const first = (names) => names.map(about).find((address) => address !== undefined);
  const found = path in there ? path : first(here[path] ?? []);
  return first((there[found] ?? []).slice(1).filter(isRule)) ?? found;
}
