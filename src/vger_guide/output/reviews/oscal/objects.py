r"""Texts and small objects of OSCAL 1.2 that stand everywhere, in its types, so that no text does anything.

A title is `markup-line`, prose `markup-multiline`: Markdown, in which what could be markup is escaped. A value is a
`string`, on one line and with no space around it (https://pages.nist.gov/metaschema/specification/datatypes/). Each may
be read as XML, which holds no control characters: these, and marks of direction, stand as escapes such as `\x1b`.
"""

import json
from collections.abc import Iterable
from typing import Any

from vger_guide.output.reviews.uuids import content_uuid, named_uuid
from vger_guide.reviews.models import Review
from vger_guide.text.json_objects import without_empty
from vger_guide.text.markdown import escape_prose, escape_text
from vger_guide.text.sanitize import escape_invisible


def value(text: str) -> str:
    """Return a text as a string."""
    return escape_invisible(text.strip()).strip()


def title(text: str) -> str:
    """Return a text of people as a line that is no markup."""
    return escape_text(value(text))


def prose(text: str) -> str:
    """Return a text of people: each of its lines as a paragraph that is no markup."""
    return "\n\n".join(filter(None, map(title, text.splitlines())))


def record(text: str) -> str:
    """Return a text of a record on one line, with `code` between backticks as code."""
    return escape_prose(text, hosted=False)


def items(texts: Iterable[str]) -> str:
    """Return texts of a record as a list."""
    return "\n".join(f"- {record(text)}" for text in texts)


def paragraphs(*texts: str) -> str:
    """Return texts that are prose already, one below the other, without the empty ones."""
    return "\n\n".join(filter(None, texts))


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
