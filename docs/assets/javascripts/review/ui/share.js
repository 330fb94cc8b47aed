// A link that carries the review itself: made from an open review, and opened by whoever gets it.

import { makeFileName, serialize } from "../core/document.js";
import { isSealed, LinkError, pack, unpack } from "../core/share.js";
import { loadSchema, parseReview } from "../core/validation.js";
import { showDialog, showProblems } from "./dialogs.js";
import { announce, button, field, h } from "./dom.js";
import { downloadJson } from "./transfer.js";

// Characters of a link: what some mail and chat programs cut, and what is no use as a link.
const LONG = 8_000;
const MOST = 60_000;

/** Show what makes the link of a review. */
export function showShare(review) {
  const password = h("input", { type: "password", maxlength: 400, autocomplete: "new-password" });
  const place = h("div", { role: "status" });
  const make = async (event) => {
    event.preventDefault();
    place.replaceChildren(h("p", {}, "Working…"));
    const packed = await pack(serialize(review), password.value);
    const link = `${location.href.split("#")[0]}#share=${packed}`;
    place.replaceChildren(...(link.length > MOST ? tooLong(link, review) : offered(link, review)));
  };
  showDialog(
    "Share",
    h(
      "p",
      {},
      "A link can carry the whole review, behind its #: no server sees that part. Whoever has the link has the review as it is now; later answers are not in it.",
    ),
    h(
      "form",
      { onsubmit: make },
      field("Password", password, {
        hint: "Optional. It encrypts the review. Send it another way than the link; nobody can recover it.",
      }),
      h("p", {}, h("button.rv-button.rv-button--strong", { type: "submit" }, "Make the link")),
    ),
    place,
  );
}

function offered(link, review) {
  const text = h("textarea", { rows: 3, readonly: true, value: link, onfocus: () => text.select() });
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    announce("Link copied.");
    done.textContent = "Copied.";
  };
  const done = h("span");
  return [
    field("Link", text),
    h("p", {}, button("Copy the link", copy), " ", done),
    h("p.rv-hint", {}, `${count(link)} characters.`),
    link.length > LONG
      ? h(
          "p",
          {},
          "Some mail and chat programs cut off links of this length. Try it, or send the file: ",
          fileButton(review),
        )
      : "",
  ];
}

function tooLong(link, review) {
  return [
    h(
      "p",
      {},
      h("strong", {}, "The review is too long for a link: "),
      `it would have ${count(link)} characters, and ${MOST.toLocaleString("en")} is the most that is sure to arrive in a browser. Send the file; others import it.`,
    ),
    h("p", {}, fileButton(review)),
  ];
}

const count = (link) => link.length.toLocaleString("en");

const fileButton = (review) => button(`Download ${makeFileName(review, ".json")}`, () => downloadJson(review));

/** Ask whether the review of a link is wanted. Returns it, or undefined where it is not, or cannot be read. */
export async function readShared(packed) {
  try {
    const text = isSealed(packed) ? await askPassword(packed) : await unpack(packed);
    if (text === undefined) return undefined;
    await loadSchema();
    const { review, problems } = parseReview(text);
    if (!problems.length) return review;
    showProblems("The link holds no review that can be read", problems);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    showProblems("The link cannot be opened", [error.message]);
  }
  return undefined;
}

// A wrong password can be mended; what else is wrong cannot.
function askPassword(packed) {
  return new Promise((resolve) => {
    const password = h("input", { type: "password", maxlength: 400, autocomplete: "off" });
    const fault = h("p", { role: "alert" });
    let text;
    const open = async (event) => {
      event.preventDefault();
      fault.textContent = "";
      try {
        text = await unpack(packed, password.value);
        shown.close();
      } catch (error) {
        fault.textContent = /** @type {Error} */ (error).message;
        password.focus();
      }
    };
    const form = h(
      "form",
      { onsubmit: open },
      field("Password", password),
      fault,
      h("p", {}, h("button.rv-button.rv-button--strong", { type: "submit" }, "Open")),
    );
    const shown = showDialog("An encrypted review", form);
    shown.addEventListener("close", () => resolve(text));
    password.focus();
  });
}
