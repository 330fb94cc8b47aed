"""The head of the results of a review: its title and time, and the people who took part."""

from vger_guide.output.reviews.oscal.parts import VERSION, Object, namespace, of_review, props
from vger_guide.output.reviews.oscal.text import title, value
from vger_guide.reviews.context import Filled
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import moment, some


def metadata(filled: Filled) -> Object:
    """Return the metadata of a review."""
    review = filled.review
    facts = {"state": review.state, "profile": review.selection.profile, "generator": review.generator.name}
    return some(
        title=title(review.title) or "Review",
        last_modified=moment(review.updated),
        version=f"{review.edition}+{content_hash(filled.rules)}",
        oscal_version=VERSION,
        props=props(namespace(filled.site), **facts, review=review.id),
        roles=[{"id": id_, "title": title(name)} for name, id_ in _roles(filled).items()],
        parties=[
            some(uuid=party(filled, person.id), type="person", name=value(person.name) or person.id)
            for person in filled.review.people
        ],
        responsible_parties=_responsible(filled),
    )


def party(filled: Filled, person: str) -> str:
    """Return the UUID of a person of the review, or nothing for a name that is no id of one."""
    known = any(each.id == person for each in filled.review.people)
    return of_review(filled.site, filled.review, "person", person) if known else ""


def _roles(filled: Filled) -> dict[str, str]:
    """Return the roles, and an id for each: a role is free text, and an id is not."""
    names = dict.fromkeys(value(person.role) for person in filled.review.people)
    return {name: f"role-{index}" for index, name in enumerate(filter(None, names), 1)}


def _responsible(filled: Filled) -> list[Object]:
    people = filled.review.people
    return [
        {"role-id": id_, "party-uuids": [party(filled, each.id) for each in people if value(each.role) == name]}
        for name, id_ in _roles(filled).items()
    ]
