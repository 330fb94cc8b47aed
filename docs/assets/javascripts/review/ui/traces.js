// What a machine found that helps to answer a rule: shown beside the question, and taken over as evidence by one press.

import { button, h } from "./dom.js";

/** Return what was found as a list, with a button that takes all of it over as evidence. */
export function traceList(outcome, { taken, take, disabled }) {
  return h(
    "div.rv-outcome",
    {},
    h("h4", {}, "Found in the repository"),
    h(
      "ul",
      {},
      outcome.traces.map((each) => h("li", {}, h("code", {}, placeOf(each)), ` ${each.description}`)),
    ),
    taken
      ? h("p.rv-hint", {}, "Taken over as evidence")
      : button("Take over as evidence", take, { disabled, "data-field": "traces" }),
    h("p.rv-hint", {}, [outcome.at, outcome.tool, outcome.commit].filter(Boolean).join(" · ")),
  );
}

function placeOf({ path, line }) {
  return line ? `${path}:${line}` : path;
}
