// What a review is about and who takes part: its scope, and people with their roles.

import { makeId } from "../core/document.js";
import { showDialog } from "./dialogs.js";
import { announce, button, field, h } from "./dom.js";

/** Let a person change the scope and the people of the open review. */
export function editFacts(open) {
  const scope = h("textarea", { rows: 4, maxlength: 20_000, value: open.review.scope ?? "" });
  const rows = (open.review.people ?? []).map((person) => row(person, countMentions(open.review, person.id)));
  const added = row({ id: "", name: "", role: "" }, undefined);
  const save = () => {
    shown.close();
    open.frame((frame) => changed(frame, scope.value.trim(), [...rows, added]));
    announce("Saved.");
  };
  const shown = showDialog(
    "Scope and participants",
    field("Scope", scope, { hint: "What is reviewed, what is not, and why." }),
    rows.map(({ element }) => element),
    h("h3", {}, "Add somebody"),
    added.element,
    h("p", {}, button("Save", save, { class: "rv-button rv-button--strong" })),
  );
}

// How many answers name a person: as the reviewer, the owner or the approver.
function countMentions({ answers = {} }, id) {
  const all = Object.values(answers).flatMap((byTarget) => Object.values(byTarget));
  return all.filter(({ by, disposition: plan }) => [by, plan?.owner, plan?.approver].includes(id)).length;
}

function row(person, mentions) {
  const name = h("input", { type: "text", maxlength: 400, value: person.name });
  const role = h("input", { type: "text", maxlength: 400, value: person.role ?? "" });
  const gone = h("input", { type: "checkbox", "aria-label": `Remove ${person.name}` });
  const element = h(
    "fieldset.rv-pair",
    {},
    h("legend.sr-only", {}, person.name || "Somebody new"),
    field("Name", name),
    field("Role", role),
    mentions === 0 && field("Remove", gone, { inline: true }),
    mentions > 0 && h("p.rv-hint", {}, `Named in ${mentions} ${mentions === 1 ? "answer" : "answers"}.`),
  );
  const read = () => ({ id: person.id, name: name.value.trim(), role: role.value.trim(), gone: gone.checked });
  return { element, read };
}

// People are kept by their ids. Who is named in an answer stays.
function changed(frame, scope, rows) {
  const { scope: _, people = [], ...rest } = frame;
  const known = new Map(people.map((each) => [each.id, each]));
  for (const { id, name, role, gone } of rows.map(({ read }) => read())) {
    if (gone) known.delete(id);
    if (gone || !name) continue;
    const key = id || makeId(name, new Set(known.keys()), "person");
    const { role: __, ...old } = known.get(key) ?? { id: key };
    known.set(key, { ...old, name, ...(role && { role }) });
  }
  return { ...rest, ...(scope && { scope }), ...(known.size && { people: [...known.values()] }) };
}
