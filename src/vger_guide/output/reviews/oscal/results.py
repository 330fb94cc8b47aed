"""The results of one target: what it is, what was asked of it, and what came of that."""

from dataclasses import asdict

from vger_guide.output.reviews.oscal.assessment import asked_of, system, tool
from vger_guide.output.reviews.oscal.findings import finding
from vger_guide.output.reviews.oscal.observations import observations
from vger_guide.output.reviews.oscal.parts import Object, control, namespace, of_review, props
from vger_guide.output.reviews.oscal.risks import risk
from vger_guide.output.reviews.oscal.text import prose, title
from vger_guide.reviews.context import Filled
from vger_guide.reviews.models import Target
from vger_guide.reviews.score import FORMULA, tally
from vger_guide.text.json_objects import moment, some


def result(filled: Filled, target: Target) -> Object:
    """Return the result of a target."""
    review = filled.review
    every = list(asked_of(filled, target))
    name = title(target.name) or target.id
    return some(
        uuid=of_review(filled.site, review, target.id),
        title=name,
        description=prose(target.description) or name,
        start=moment(review.created),
        end=moment(review.updated),
        props=_score(filled, target),
        local_definitions=_definitions(filled, target),
        reviewed_controls={"control-selections": [_selection(filled)]},
        observations=[each for asked in every for each in observations(asked)],
        risks=[risk(asked) for asked in every if asked.at_risk],
        findings=[finding(asked) for asked in every if asked.found],
    )


def _score(filled: Filled, target: Target) -> list[Object]:
    counts = tally(filled.review, filled.rules, target.id, filled.today)
    return props(namespace(filled.site), formula=FORMULA, **asdict(counts), applicable=counts.applicable)


def _selection(filled: Filled) -> Object:
    """Return the controls that were looked at. OSCAL has no word for none: all of a catalogue that has none."""
    if not filled.rules:
        return {"description": "The selection holds no rule.", "include-all": {}}
    return {"include-controls": [{"control-id": control(rule.id)} for rule in filled.rules]}


def _definitions(filled: Filled, target: Target) -> Object:
    """Return the target as a component, and the tools that looked at it."""
    name = title(target.name) or target.id
    own = props(namespace(filled.site), target=target.id, repository=target.repository)
    about = _component(system(filled, target), "system", name, prose(target.description) or name)
    tools = [
        _component(tool(filled, target, each), "software", title(each) or "A tool", "A tool that ran the checks.")
        for each in _tools(filled, target)
    ]
    assets = {"components": tools, "assessment-platforms": [_platform(filled, target, tools)]} if tools else {}
    return some(components=[{**about, "props": own}], assessment_assets=assets)


def _component(uuid: str, kind: str, name: str, description: str) -> Object:
    status = {"state": "operational"}
    return {"uuid": uuid, "type": kind, "title": name, "description": description, "status": status}


def _platform(filled: Filled, target: Target, tools: list[Object]) -> Object:
    uuid = of_review(filled.site, filled.review, target.id, "platform")
    return {"uuid": uuid, "uses-components": [{"component-uuid": each["uuid"]} for each in tools]}


def _tools(filled: Filled, target: Target) -> list[str]:
    outcomes = [filled.review.outcomes.get(rule.id, {}).get(target.id) for rule in filled.rules]
    return sorted({outcome.tool or filled.review.generator.name for outcome in outcomes if outcome})
