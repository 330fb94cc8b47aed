// An address that no version answers: names the versions that have the page. Also for addresses without a version.
import { pages, versions } from "./versions.js";

const place = document.querySelector("[data-lost]");
const root = new URL(place.dataset.lost, location.origin);
const known = await versions(root);
const asked = location.pathname.slice(root.pathname.length).split("/");
const named = known.some(({ version, aliases }) => [version, ...aliases].includes(asked[0]));
const path = (named ? asked.slice(1) : asked).join("/").replace(/(index\.html)?$/, "").replace(/[^/]$/, "$&/");

for (const { version, title, aliases } of known) {
  const name = aliases.includes("latest") ? "latest" : version;
  const has = path in (await pages(root, version));
  if (!has && version !== asked[0]) continue;
  const link = document.createElement("a");
  link.href = new URL(`${name}/${has ? path : ""}`, root);
  link.textContent = has ? title : `${title}: its first page`;
  const item = document.createElement("li");
  item.append(link);
  place.querySelector("ul").append(item);
  place.hidden = false;
}
