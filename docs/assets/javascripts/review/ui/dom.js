// Makes elements. Text is always set as text: nothing that people typed is ever markup.

/** Return an element: `h("p.note", { id: "a", onclick }, "text", child)`. Empty and null children are left out. */
export function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) set(element, key, value);
  element.append(
    ...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
  return element;
}

function set(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key === "value" || key === "checked" || key === "selected") element[key] = value;
  else element.setAttribute(key, value === true ? "" : value);
}

/** Return a text of the guide with its `code` marked. */
export function prose(text) {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? h("code", {}, part) : part));
}

/**
 * Return a labelled control.
 * @param {string | HTMLElement} label
 * @param {any} control
 * @param {{ hint?: string, inline?: boolean }} [how]
 */
export function field(label, control, { hint, inline } = {}) {
  control.id ||= `f${++field.count}`;
  const told = h("small.rv-hint", { id: `${control.id}-hint` }, hint);
  control.setAttribute("aria-describedby", told.id);
  control.dataset.called = typeof label === "string" ? label : label.textContent;
  control.addEventListener("input", () => {
    const fault = findFault(control);
    if (fault) announce(fault);
    told.textContent = fault ?? hint ?? "";
  });
  return h(
    inline ? "div.rv-field.rv-field--inline" : "div.rv-field",
    {},
    h("label", { for: control.id }, label),
    control,
    told,
  );
}
field.count = 0;

// What is wrong with what stands in a control, so that nothing is left out without a word.
function findFault(control) {
  const full = control.maxLength > 0 && control.value.length >= control.maxLength;
  if (full) return `${control.maxLength.toLocaleString("en")} characters at most; the rest was cut off.`;
  if (control.validity.valid || control.validity.valueMissing) return undefined;
  return `${control.title || control.validationMessage} It is not saved until you correct it.`;
}

/** Return a select of `[value, label]` pairs. */
export function select(pairs, chosen, attributes = {}) {
  return h("select", attributes, options(pairs, chosen));
}

/** Return the options of such a select. */
export function options(pairs, chosen) {
  return pairs.map(([value, label]) => h("option", { value, selected: value === chosen }, label));
}

/** Return a control for a day, as far as the document's days go. */
export function day(value) {
  return h("input", { type: "date", max: "9999-12-31", value: value ?? "" });
}

/** Return the day in such a control, or null where it holds none. */
export function readDay(input) {
  return (input.validity.valid && input.value) || null;
}

/** Return a button with words. */
export function button(label, onclick, attributes = {}) {
  return h("button.rv-button", { type: "button", onclick, ...attributes }, label);
}

/** Return a button whose word gives way to a sign where there is no room. */
export function signed(label, sign, onclick) {
  return button([h("span.rv-sign", { "aria-hidden": "true" }, sign), h("span.rv-word", {}, label)], onclick);
}

/** Draw the inside of an element anew, and leave the focus, and the place in a text, where they were. */
export function keepFocus(element, draw) {
  const focused = element.contains(document.activeElement) && document.activeElement;
  const { selectionStart, selectionEnd } = focused;
  draw();
  if (!focused) return;
  const controls = [...element.querySelectorAll("button, input, select, textarea")];
  const control = controls.find((each) => nameOf(each) === nameOf(focused));
  control?.focus();
  if (Number.isInteger(selectionStart) && Number.isInteger(control?.selectionStart))
    control.setSelectionRange(selectionStart, selectionEnd);
}

const nameOf = (control) => control.dataset.called ?? control.textContent;

/** Put the focus on the first heading of what is shown. */
export function focusHeading(root) {
  const heading = root.querySelector("h1, h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Say something to everyone, screen readers too. */
export function announce(text) {
  const place = document.getElementById("review-said");
  if (place) place.textContent = text;
}

/** Offer bytes or text as a file to keep. */
export function offerFile(name, content, type = "application/octet-stream") {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Return the day it is here, as 2026-03-01. */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Return a moment of the document as people here write it. */
export function sayWhen(moment) {
  return new Date(moment).toLocaleString();
}
