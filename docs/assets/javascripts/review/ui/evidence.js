// The evidence of an answer: a list that people add to, each with what it shows and where it is.

import { completeAddress } from "../core/address.js";
import { announce, button, day, field, h, readDay, today } from "./dom.js";

const KEPT = ["description", "address", "path", "commit"];
const MOST = 200; // reviews/fields.py

/** The list as an element; `save` gets all of it when something was typed. */
export class Evidence {
  constructor(all, save) {
    this.save = save;
    this.list = h(
      "div.rv-evidence",
      {},
      all.map((each, index) => this.#row(each, index)),
    );
    this.element = h(
      "div.rv-group.rv-group--wide",
      { role: "group", "aria-label": "Evidence" },
      h("span.rv-group__title", {}, "Evidence"),
      this.list,
      button("Add evidence", () => this.#add()),
    );
  }

  /** Put the focus on the first one, which is made where there is none. */
  goTo() {
    if (this.list.children.length) this.list.querySelector("textarea").focus();
    else this.#add();
  }

  #add() {
    if (this.list.children.length >= MOST) {
      announce(`An answer can have at most ${MOST} pieces of evidence.`);
      return;
    }
    this.list.append(this.#row({ seen: today() }, this.list.children.length));
    this.list.lastElementChild.querySelector("textarea").focus();
  }

  #row(evidence, index) {
    const inputs = inputsOf(evidence);
    const row = h("div.rv-evidence__one");
    row.read = () => read(evidence, inputs);
    for (const input of Object.values(inputs)) input.addEventListener("input", () => this.#changed());
    const remove = () => {
      row.remove();
      this.#changed();
      this.element.lastElementChild.focus();
    };
    row.append(
      field(`Evidence ${index + 1}: what it shows`, inputs.description),
      field("Web address", inputs.address),
      field("File", inputs.path),
      field("Line", inputs.line),
      field("Commit", inputs.commit),
      field("Seen on", inputs.seen),
      button("Remove", remove, { "aria-label": `Remove evidence ${index + 1}` }),
    );
    return row;
  }

  #changed() {
    const said = [...this.list.children].map((row) => row.read());
    this.save(said.filter((each) => KEPT.some((key) => each[key])));
  }
}

function inputsOf(evidence) {
  return {
    description: h("textarea", { rows: 1, maxlength: 20_000, value: evidence.description ?? "" }),
    address: addressInput(evidence.address ?? ""),
    path: h("input", { type: "text", maxlength: 400, value: evidence.path ?? "" }),
    line: h("input", { type: "number", min: 0, step: 1, value: evidence.line ?? "" }),
    commit: h("input", { type: "text", maxlength: 400, value: evidence.commit ?? "" }),
    seen: day(evidence.seen),
  };
}

function addressInput(value) {
  const input = h("input", { type: "text", inputmode: "url", maxlength: 2000, value, placeholder: "https://" });
  const fault = "Write an address that begins with https://.";
  input.addEventListener("input", () =>
    input.setCustomValidity(input.value.trim() && !completeAddress(input.value) ? fault : ""),
  );
  input.addEventListener("change", () => (input.value = completeAddress(input.value) || input.value));
  return input;
}

function read(evidence, inputs) {
  return {
    ...evidence,
    ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value])),
    line: inputs.line.validity.valid ? Number(inputs.line.value) : 0,
    seen: readDay(inputs.seen),
    // What is no web address is kept in the field, and not in the review.
    address: completeAddress(inputs.address.value),
  };
}
