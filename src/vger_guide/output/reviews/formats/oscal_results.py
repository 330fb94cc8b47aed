"""A review as assessment results of OSCAL 1.2: a result of each target.

The form is that of https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/assessment-results/json-reference/. Each answer
is an observation, found out by EXAMINE where it has evidence and by INTERVIEW where it has none (UNKNOWN: nobody has
answered), and each outcome of a check one of the method TEST. Only what is met, met in part or not met is a finding;
what does not apply or is unanswered is none. A plan or an accepted risk of a rule that is not met is a risk with its
deadline. There is no assessment plan: `import-ap`, which must be there, leads to a resource that says so. Milestones,
and answers to rules that are not asked, are not in it.
"""

from dataclasses import asdict

from vger_guide.output.reviews.oscal.assessment import list_assessments, party, system, tool
from vger_guide.output.reviews.oscal.objects import (
    VERSION,
    Object,
    control,
    document,
    namespace,
    of_review,
    paragraphs,
    props,
    prose,
    title,
    value,
)
from vger_guide.output.reviews.oscal.observations import finding, observations, risk
from vger_guide.output.reviews.summary import describe_sign_off
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review, Target
from vger_guide.reviews.score import FORMULA, tally
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import format_moment, without_empty

SUFFIX = ".oscal-results.json"


def write(context: ReviewContext) -> bytes:
    """Return the assessment results."""
    plan = _plan(context)
    body = {
        "metadata": metadata(context),
        "import-ap": {"href": f"#{plan['uuid']}", "remarks": plan["description"]},
        "results": [result(context, target) for target in context.review.targets],
        "back-matter": {"resources": [plan]},
    }
    return document("assessment-results", context.site, body)


def _plan(context: ReviewContext) -> Object:
    return {
        "uuid": of_review(context.site, context.review, "plan"),
        "title": "The checklist of the review",
        "description": "There is no assessment plan: the rules of a checklist were asked. The guide tells about them.",
        "rlinks": [{"href": context.site}],
    }


def result(context: ReviewContext, target: Target) -> Object:
    """Return the result of a target."""
    review = context.review
    every = list(list_assessments(context, target))
    name = title(target.name) or target.id
    return without_empty(
        uuid=of_review(context.site, review, target.id),
        title=name,
        description=prose(target.description) or name,
        start=format_moment(review.created),
        end=format_moment(review.updated),
        props=_score(context, target),
        local_definitions=_definitions(context, target),
        reviewed_controls={"control-selections": [_selection(context)]},
        observations=[each for asked in every for each in observations(asked)],
        risks=[risk(asked) for asked in every if asked.at_risk],
        findings=[finding(asked) for asked in every if asked.found],
    )


def _score(context: ReviewContext, target: Target) -> list[Object]:
    counts = tally(context.review, context.rules, target.id, context.today)
    return props(namespace(context.site), formula=FORMULA, **asdict(counts), applicable=counts.applicable)


def _selection(context: ReviewContext) -> Object:
    """Return the controls that were looked at. OSCAL has no word for none: all of a catalogue that has none."""
    if not context.rules:
        return {"description": "The selection holds no rule.", "include-all": {}}
    return {"include-controls": [{"control-id": control(rule.id)} for rule in context.rules]}


def _definitions(context: ReviewContext, target: Target) -> Object:
    """Return the target as a component, and the tools that looked at it."""
    name = title(target.name) or target.id
    own = props(namespace(context.site), target=target.id, repository=target.repository)
    about = _component(system(context, target), "system", name, prose(target.description) or name)
    tools = [
        _component(tool(context, target, each), "software", title(each) or "A tool", "A tool that ran the checks.")
        for each in _tools(context, target)
    ]
    assets = {"components": tools, "assessment-platforms": [_platform(context, target, tools)]} if tools else {}
    return without_empty(components=[{**about, "props": own}], assessment_assets=assets)


def _component(uuid: str, kind: str, name: str, description: str) -> Object:
    status = {"state": "operational"}
    return {"uuid": uuid, "type": kind, "title": name, "description": description, "status": status}


def _platform(context: ReviewContext, target: Target, tools: list[Object]) -> Object:
    uuid = of_review(context.site, context.review, target.id, "platform")
    return {"uuid": uuid, "uses-components": [{"component-uuid": each["uuid"]} for each in tools]}


def _tools(context: ReviewContext, target: Target) -> list[str]:
    outcomes = [context.review.outcomes.get(rule.id, {}).get(target.id) for rule in context.rules]
    return sorted({outcome.tool or context.review.generator.name for outcome in outcomes if outcome})


def metadata(context: ReviewContext) -> Object:
    """Return the metadata of a review."""
    review = context.review
    facts = {"state": review.state, "profile": review.selection.profile, "generator": review.generator.name}
    return without_empty(
        title=title(review.title) or "Review",
        last_modified=format_moment(review.updated),
        version=f"{review.edition}+{content_hash(context.rules)}",
        oscal_version=VERSION,
        props=props(namespace(context.site), **facts, **_concluded(review), review=review.id),
        remarks=paragraphs(prose(review.scope), *_remarks(review)),
        roles=[{"id": id_, "title": title(name)} for name, id_ in _roles(context).items()],
        parties=[
            without_empty(uuid=party(context, person.id), type="person", name=value(person.name) or person.id)
            for person in context.review.people
        ],
        responsible_parties=_responsible(context),
    )


def _concluded(review: Review) -> dict[str, object]:
    """Return the conclusion and the signature as properties."""
    signature = review.signature
    signed = {"signed_by": signature.by, "signed_on": signature.on} if signature else {}
    return {"conclusion": review.conclusion, **signed}


def _remarks(review: Review) -> list[str]:
    """Return the conclusion, the conditions and the signatures in words."""
    return [f"{name}: {title(text)}" for name, text in describe_sign_off(review).items() if text]


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
