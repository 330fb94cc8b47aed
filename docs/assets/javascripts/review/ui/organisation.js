// The part of the page that puts an organisation's folder over the guide, and takes it away again.

import { forgetOrganisation, keepOrganisation, readFolder } from "../core/organisation.js";
import { listLines, showDialog, showProblems } from "./dialogs.js";
import { button, h } from "./dom.js";
import { askEngine } from "./transfer.js";

/** Return the part; `base` tells the guide's catalogue from another, and `organisation` is what is kept. */
export function organisationPart({ engine, base, organisation }) {
  const take = (entries) => takeFolder(entries, { engine, base });
  const input = h("input", {
    type: "file",
    multiple: true,
    webkitdirectory: true,
    hidden: true,
    "aria-label": "Folder of an organisation",
    onchange: () => {
      const files = [...input.files];
      take(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })));
      input.value = "";
    },
  });
  const element = h(
    "section.rv-import",
    { "aria-labelledby": "organisation-title" },
    h("h2", { id: "organisation-title" }, "Your organisation"),
    organisation ? kept(organisation, base) : h("p", {}, EXPLANATION),
    h(
      "p",
      {},
      button("Choose a folder", () => input.click()),
      input,
      " ",
      organisation && button("Remove", remove),
    ),
  );
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("rv-drop");
  });
  for (const end of ["dragleave", "drop"]) element.addEventListener(end, () => element.classList.remove("rv-drop"));
  element.addEventListener("drop", async (event) => {
    event.preventDefault();
    const dropped = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    take((await Promise.all(dropped.map(listFiles))).flat());
  });
  return element;
}

const EXPLANATION =
  "Rules, kinds of system and changes of your own: drop the folder with extends.yml here, or choose it. It stays in this browser.";

function kept({ changes }, base) {
  const { organisation, current } = base;
  return [
    h("p", {}, `Reviews in this browser ask the guide with your changes (${changes.length}):`),
    listLines(changes),
    organisation === current ? "" : h("p", { role: "alert" }, "The guide has changed since. Choose the folder again."),
  ];
}

async function remove() {
  await forgetOrganisation();
  location.reload();
}

async function takeFolder(entries, { engine, base }) {
  let files;
  try {
    files = await readFolder(entries);
  } catch (error) {
    return showProblems("The folder could not be taken", [/** @type {Error} */ (error).message]);
  }
  const place = h("div.rv-dialog__said", { role: "status" });
  showDialog("Your organisation", place);
  if (!files["extends.yml"]) {
    return place.replaceChildren(
      h("p", { role: "alert" }, "The folder has no extends.yml. Choose the folder that holds it."),
    );
  }
  const made = await askEngine(engine, place, "organise", { files, keep: false });
  if (!made) return undefined;
  const use = async () => {
    await keepOrganisation({ files, catalog: made.catalog, changes: made.changes, base: base.current });
    location.reload();
  };
  const sure = button("Use it", use, { class: "rv-button rv-button--strong" });
  place.replaceChildren(h("p", {}, "The folder changes:"), listLines(made.changes), h("p", {}, sure));
  return sure.focus();
}

// The files of what was dropped, folders within it included.
async function listFiles(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = entry.createReader();
  const inside = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map(listFiles))).flat();
}
