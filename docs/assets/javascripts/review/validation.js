// Whether a file is a review: asked whole before anything of it is taken, by the published schema.

const SHOWN = 20;
let validator;

/** Fetch the schema and what reads it. */
export async function prepare(schemaAddress, libraryAddress) {
  const [{ Validator }, answer] = await Promise.all([import(libraryAddress), fetch(schemaAddress)]);
  if (!answer.ok) throw new Error(`the schema of reviews cannot be had: ${answer.status}`);
  validator = new Validator(await answer.json(), "2020-12", false);
}

/** Return the review that a text holds, or the problems that it has. */
export function checked(text) {
  let review;
  try {
    review = JSON.parse(text);
  } catch (error) {
    return { problems: [`It is not JSON: ${error.message}`] };
  }
  if (review?.schemaVersion > 1) return { problems: [`It was made by a newer version of the guide (schema ${review.schemaVersion}).`] };
  const { valid, errors } = validator.validate(review);
  // The last errors are the nearest to what is wrong; the first say only that something below is.
  const found = valid ? inconsistent(review) : errors.reverse().slice(0, SHOWN).map(({ instanceLocation, error }) => `${place(instanceLocation)}: ${error}`);
  return { review, problems: [...new Set(found)] };
}

const place = (location) => location.replace(/^#\/?/, "").replaceAll("/", ".") || "the document";

// What a schema cannot say (reviews/document.py).
function inconsistent(review) {
  const known = new Set(review.targets.map(({ id }) => id));
  const found = [];
  for (const part of ["targets", "people", "milestones"]) {
    const ids = (review[part] ?? []).map(({ id }) => id);
    if (new Set(ids).size < ids.length) found.push(`${part}: an id stands there twice`);
  }
  for (const part of ["answers", "outcomes"])
    for (const [rule, targets] of Object.entries(review[part] ?? {}))
      for (const target of Object.keys(targets)) if (!known.has(target)) found.push(`${part}.${rule}: names the target “${target}”, which is not in “targets”`);
  return found.slice(0, SHOWN);
}
