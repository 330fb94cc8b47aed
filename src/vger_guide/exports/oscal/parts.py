"""Small objects of OSCAL that stand everywhere: identifiers, properties, links, times."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from vger_guide.exports.oscal.text import value
from vger_guide.reviews.document import Review

VERSION = "1.2.1"
# Of the properties that NIST's own documents have beside those of OSCAL itself.
RMF = "http://csrc.nist.gov/ns/rmf"

Object = dict[str, Any]


def namespace(site: str) -> str:
    """Return the name of the properties that are the guide's own."""
    return f"{site}ns/oscal"


def uid(site: str, *names: str) -> str:
    """Return the UUID, version 5, of what has these names: the same wherever it is made."""
    return str(uuid5(NAMESPACE_URL, "/".join((namespace(site), *names))))


def of_review(site: str, review: Review, *names: str) -> str:
    """Return the UUID of a part of a review."""
    return uid(site, "review", review.id, *names)


def document(kind: str, site: str, body: Object) -> bytes:
    """Return a document; its UUID changes with its content, as OSCAL wants it."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    whole = {kind: {"uuid": uid(site, kind, digest), **body}}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def some(**fields: Any) -> Object:
    """Return an object with the fields that hold something: OSCAL knows no empty ones. `_` stands for `-`."""
    return {name.strip("_").replace("_", "-"): each for name, each in fields.items() if each not in ("", None, [], {})}


def props(ns: str, **values: object) -> list[Object]:
    """Return properties of a namespace, without those that say nothing."""
    told = {name.replace("_", "-"): value(str(each)) for name, each in values.items() if each not in (None, "")}
    return [some(name=name, ns=ns, value=text) for name, text in told.items() if text]


def moment(when: datetime) -> str:
    """Return a time in UTC."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def midnight(day: date) -> str:
    """Return the beginning of a day."""
    return moment(datetime.combine(day, time.min, UTC))


def last_second(day: date) -> str:
    """Return the end of a day."""
    return moment(datetime.combine(day, time(23, 59, 59), UTC))


def control(rule: str) -> str:
    """Return the id of a rule's control, such as `ses004`."""
    return rule.lower()


def objective(rule: str) -> str:
    """Return the id of what a review asks of a rule."""
    return f"{control(rule)}_obj"
