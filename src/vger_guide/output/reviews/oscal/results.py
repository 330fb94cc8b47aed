"""The results of one target: what it is, what was asked of it, and what came of that."""

from dataclasses import asdict

from vger_guide.output.reviews.oscal.assessment import list_assessments, system, tool
from vger_guide.output.reviews.oscal.findings import finding
from vger_guide.output.reviews.oscal.observations import observations
from vger_guide.output.reviews.oscal.parts import Object, control, namespace, of_review, props
from vger_guide.output.reviews.oscal.risks import risk
from vger_guide.output.reviews.oscal.text import prose, title
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Target
from vger_guide.reviews.score import FORMULA, tally
from vger_guide.text.json_objects import format_moment, without_empty


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
