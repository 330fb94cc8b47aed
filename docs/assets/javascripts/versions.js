// What the versions of the guide have, side by side: versions.json above them, and pages.json in each.

export async function versions(root) {
  const answer = await fetch(new URL("versions.json", root));
  return answer.ok ? answer.json() : [];
}

export async function pages(root, version) {
  const answer = await fetch(new URL(`${version}/pages.json`, root));
  return answer.ok ? answer.json() : {};
}

// The address in `there` of a page of `here`: the same, or the page about the same rule or section; else undefined.
export function counterpart(path, here, there) {
  if (path in there) return path;
  const about = (name) => Object.keys(there).find((address) => there[address][0] === name);
  return (here[path] ?? []).map(about).find((address) => address !== undefined);
}
