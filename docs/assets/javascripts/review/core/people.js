// Owners and approvers: people of the review by their ids, or names of others.

/** Return the name of whoever an answer names by the id of a participant, or by a name. */
export function nameOf({ people = [] }, person) {
  return people.find(({ id }) => id === person)?.name ?? person;
}

/** Return what an answer says for a name: the id of the participant who has it, or else the name. */
export function idOf({ people = [] }, name) {
  return people.find((each) => each.name === name)?.id ?? name;
}
