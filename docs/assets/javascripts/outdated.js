// The banner of a version that is not the latest edition: its link leads to the same page there, or to what stands for it.
import { counterpart, pages, versions } from "./versions.js";

const link = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-outdated]"));
const root = new URL("../", link.href);
const [version, ...rest] = location.pathname.slice(root.pathname.length).split("/");
const path = rest.join("/").replace(/index\.html$/, "");

const known = await versions(root);
const named = (name) => known.find(({ version: own, aliases }) => own === name || aliases.includes(name));
const [own, latest] = [named(version), named("latest")];

if (!latest) link.remove();
else if (own && own !== latest) await lead();

async function lead() {
  const [here, there] = await Promise.all([pages(root, version), pages(root, "latest")]);
  const found = counterpart(path, here, there);
  link.href = new URL(found ?? "", link.href).href;
  if (found === path) link.hash = location.hash;
  else
    link.textContent = found === undefined ? "The latest edition" : "What stands for this page in the latest edition";
}
