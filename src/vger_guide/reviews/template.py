"""Templates: a selection, targets, people and answers given beforehand, from which reviews are begun."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid4, uuid5

from vger_guide.reviews.models import Answers, Review, State, Target
from vger_guide.reviews.selection import GENERATOR

# What a review holds of its own course, which is left out of a template.
_COURSE: dict[str, object] = {
    "state": State.DRAFT,
    "commit": "",
    "conclusion": None,
    "conditions": [],
    "sign_offs": [],
    "outcomes": {},
    "milestones": [],
    "migrations": [],
    "conflicts": [],
}


def make_template(review: Review) -> Review:
    """Return a review as a template, always the same one: without what checks said, milestones and signatures."""
    id_ = str(uuid5(NAMESPACE_URL, f"template:{review.id}"))
    return review.model_copy(update={**_COURSE, "id": id_, "template": True, "created": review.updated})


def begin_from(template: Review, title: str, targets: Sequence[Target], now: datetime) -> Review:
    """Return a review begun from a template, or from any review, with its answers.

    A target that the template does not have, by its id or its name, gets the answers of the only one there, or none.
    """
    fresh = {
        "id": str(uuid4()),
        "template": False,
        "title": title,
        "targets": list(targets),
        "answers": _answers(template, targets),
        "created": now,
        "updated": now,
        "generator": GENERATOR,
    }
    return make_template(template).model_copy(update=fresh)


def _answers(template: Review, targets: Sequence[Target]) -> Answers:
    sources = {target.id: _source(template, target) for target in targets}
    found = {
        rule: {id_: by_target[source] for id_, source in sources.items() if source in by_target}
        for rule, by_target in template.answers.items()
    }
    return {rule: by_target for rule, by_target in found.items() if by_target}


def _source(template: Review, target: Target) -> str:
    """Return the id of the target of a template whose answers another target gets; "" where there is none."""
    same = [each.id for each in template.targets if each.id == target.id or each.name == target.name]
    only = [each.id for each in template.targets] if len(template.targets) == 1 else []
    return next(iter([*same, *only]), "")
