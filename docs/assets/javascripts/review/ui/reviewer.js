// The name of the person at this browser, which goes with their answers.

import { field, h } from "./dom.js";
import { NAME, recall, remember } from "./settings.js";

/** Return the field of the name. */
export function reviewerField() {
  const input = h("input", {
    type: "text",
    maxlength: 400,
    value: recall(NAME),
    autocomplete: "name",
    onchange: () => remember(NAME, input.value.trim()),
  });
  return field("You are", input, { hint: "Your name, saved with your answers." });
}
