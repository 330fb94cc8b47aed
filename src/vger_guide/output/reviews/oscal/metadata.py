"""The head of the results of a review: its title and time, and the people who took part."""

from vger_guide.output.reviews.oscal.parts import VERSION, Object, namespace, of_review, props
from vger_guide.output.reviews.oscal.text import title, value
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import format_moment, without_empty


def metadata(context: ReviewContext) -> Object:
    """Return the metadata of a review."""
    review = context.review
    facts = {"state": review.state, "profile": review.selection.profile, "generator": review.generator.name}
    return without_empty(
        title=title(review.title) or "Review",
        last_modified=format_moment(review.updated),
        version=f"{review.edition}+{content_hash(context.rules)}",
        oscal_version=VERSION,
        props=props(namespace(context.site), **facts, review=review.id),
        roles=[{"id": id_, "title": title(name)} for name, id_ in _roles(context).items()],
        parties=[
            without_empty(uuid=party(context, person.id), type="person", name=value(person.name) or person.id)
            for person in context.review.people
        ],
        responsible_parties=_responsible(context),
    )


def party(context: ReviewContext, person: str) -> str:
    """Return the UUID of a person of the review, or nothing for a name that is no id of one."""
    known = any(each.id == person for each in context.review.people)
    return of_review(context.site, context.review, "person", person) if known else ""


def _roles(context: ReviewContext) -> dict[str, str]:
    """Return the roles, and an id for each: a role is free text, and an id is not."""
    names = dict.fromkeys(value(person.role) for person in context.review.people)
    return {name: f"role-{index}" for index, name in enumerate(filter(None, names), 1)}


def _responsible(context: ReviewContext) -> list[Object]:
    people = context.review.people
    return [
        {"role-id": id_, "party-uuids": [party(context, each.id) for each in people if value(each.role) == name]}
        for name, id_ in _roles(context).items()
    ]
