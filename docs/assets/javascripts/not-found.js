// An address that no version answers: names the versions that have the page. Also for addresses without a version.
import { pages, versions } from "./versions.js";

const place = /** @type {HTMLElement} */ (document.querySelector("[data-lost]"));
const list = /** @type {HTMLElement} */ (place.querySelector("ul"));
const root = new URL(place.dataset.lost ?? "", location.origin);
const known = await versions(root);
const asked = location.pathname.slice(root.pathname.length).split("/");
const isAsked = ({ version, aliases }) => [version, ...aliases].includes(asked[0]);
const listed = await Promise.all(known.map(({ version }) => pages(root, version)));

// What was asked for may begin with a version, with one that is gone, or with none.
const [whole, rest] = [asked, asked.slice(1)].map((parts) =>
  parts
    .join("/")
    .replace(/(index\.html)?$/, "")
    .replace(/[^/]$/, "$&/"),
);
const inSome = (path) => listed.some((each) => path in each);
const path = known.some(isAsked) || (rest && !inSome(whole) && inSome(rest)) ? rest : whole;

for (const [i, { version, title, aliases }] of known.entries()) {
  const name = aliases.includes("latest") ? "latest" : version;
  const has = path in listed[i];
  if (!has && !isAsked(known[i])) continue;
  const link = document.createElement("a");
  link.href = new URL(`${name}/${has ? path : ""}`, root).href;
  link.textContent = has ? title : `${title}: its first page`;
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
  place.hidden = false;
}
