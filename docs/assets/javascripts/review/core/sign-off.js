// Signing a review, which closes it to changes, and opening it again (src/vger_guide/reviews/sign_off.py).

import { digestOf, timestamp } from "./document.js";

// What a digest leaves out: the log itself, and what only says what wrote the file and when.
const UNSIGNED = ["$schema", "generator", "sign_offs", "updated"];

/** Return what is wrong with a signature, a line each. */
export function signatureProblems(review, { by, on, conclusion, conditions }) {
  return [
    ...(review.conflicts?.length
      ? ["Resolve the conflicts of the merge first; they are listed among the questions."]
      : []),
    ...(by.trim() ? [] : ["Say who signs."]),
    ...dayProblems(on),
    ...(conclusion ? [] : ["Choose a conclusion."]),
    ...(conclusion === "approved-with-conditions" && !conditions.length ? ["Write the conditions, one per line."] : []),
    ...(conclusion === "approved" && conditions.length
      ? ["There are conditions: approve it with conditions, or remove them."]
      : []),
  ];
}

/** Return what is wrong with what is said where a review is opened again. */
export function reopeningProblems({ by, on, reason }) {
  return [
    ...(by.trim() ? [] : ["Say who opens it."]),
    ...dayProblems(on),
    ...(reason.trim() ? [] : ["Say why it is opened again; it is kept in the review."]),
  ];
}

// A day begins up to 14 hours earlier than in UTC.
function dayProblems(on) {
  if (!on) return ["Give the day."];
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return on > tomorrow ? [`${on} is still to come.`] : [];
}

/** Return the frame of a review as it is signed. */
export function signed(frame, { by, on, conclusion, conditions, reason, openMusts, digest = "" }) {
  const { conditions: _, ...rest } = frame;
  const kept = conditions.length ? { conditions } : {};
  const entry = {
    ...entryOf("signed", by, on, reason),
    conclusion,
    ...kept,
    open_musts: openMusts,
    ...(digest && { digest }),
  };
  return { ...rest, state: "signed-off", conclusion, ...kept, sign_offs: [...(frame.sign_offs ?? []), entry] };
}

/** Return the frame of a review as it is opened again: without its conclusion, which stays in the log. */
export function reopened(frame, { by, on, reason }) {
  const { conclusion: _, conditions: __, ...rest } = frame;
  const entry = entryOf("reopened", by, on, reason);
  return { ...rest, state: "in-review", sign_offs: [...(frame.sign_offs ?? []), entry] };
}

function entryOf(action, by, on, reason) {
  return { action, by: by.trim(), on, at: timestamp(), ...(reason.trim() && { reason: reason.trim() }) };
}

/** Return the digest of what is signed (src/vger_guide/reviews/sign_off.py). */
export const digestSigned = (review) => digestOf(review, UNSIGNED);

/** Return whether a review says something else than what was signed. */
export async function isChangedSince(review) {
  const { digest } = signatureOf(review) ?? {};
  return Boolean(digest) && digest !== (await digestSigned(review));
}

/** Return the entry of the log by which a review is signed, or undefined where it is not, or nobody kept a name. */
export function signatureOf({ state, sign_offs: log = [] }) {
  const last = log.at(-1);
  return state === "signed-off" && last?.action === "signed" ? last : undefined;
}
