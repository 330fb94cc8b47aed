"""Small objects of OSCAL that stand everywhere: identifiers, documents, properties."""

import json
from typing import Any

from vger_guide.output.reviews.oscal.text import value
from vger_guide.output.reviews.uuids import content_uuid, named_uuid
from vger_guide.reviews.models import Review
from vger_guide.text.json_objects import without_empty

VERSION = "1.2.1"
# Of the properties that NIST's own documents have beside those of OSCAL itself.
RMF = "http://csrc.nist.gov/ns/rmf"

Object = dict[str, Any]


def namespace(site: str) -> str:
    """Return the name of the properties that are the guide's own."""
    return f"{site}ns/oscal"


def uid(site: str, *names: str) -> str:
    """Return the UUID of what has these names."""
    return named_uuid(site, "oscal", *names)


def of_review(site: str, review: Review, *names: str) -> str:
    """Return the UUID of a part of a review."""
    return uid(site, "review", review.id, *names)


def document(kind: str, site: str, body: Object) -> bytes:
    """Return a document; its UUID changes with its content, as OSCAL wants it."""
    whole = {kind: {"uuid": content_uuid(site, kind, body), **body}}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def props(ns: str, **values: object) -> list[Object]:
    """Return properties of a namespace, without those that say nothing."""
    told = {name.replace("_", "-"): value(str(each)) for name, each in values.items() if each not in (None, "")}
    return [without_empty(name=name, ns=ns, value=text) for name, text in told.items() if text]


def control(rule: str) -> str:
    """Return the id of a rule's control, such as `ses004`."""
    return rule.lower()


def objective(rule: str) -> str:
    """Return the id of what a review asks of a rule."""
    return f"{control(rule)}_obj"
