// What people read where the document has codes, and what else the engine told the page when it was built.

const told = document.getElementById("review-words");

/** Labels by code, the forms of files, the formula of scores and the versions: written by the page's macro. */
export const words = told ? JSON.parse(told.textContent) : {};

/** Return the one label of an answer; what does not apply says so, whatever its value. */
export function labelAnswer(answer) {
  return answer?.not_applicable ? words.not_applicable : words.values[answer?.value ?? "unanswered"];
}

/** Return the code that the buttons of an answer have: that of its value, or `not-applicable`. */
export function answerCode(answer) {
  return answer?.not_applicable ? "not-applicable" : (answer?.value ?? "unanswered");
}
