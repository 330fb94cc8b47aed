"""The kinds of value a record is made of, each with the words for what it allows."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SECTION = r"^[1-9][0-9]*(\.[1-9][0-9]*){0,3}$"
ANCHOR = r"^[a-z0-9][a-z0-9-]*$"
EDITION = r"^[0-9]{4}\.[0-9]{2}$"
CLAIM = r"^C[1-9][0-9]*(\.[1-9][0-9]*)*-[0-9]{2}$"
PLACE = r"^[a-z0-9][a-z0-9/-]*\.md#[a-z0-9][a-z0-9-]*$"
PAGE = r"^[a-z0-9][a-z0-9/-]*\.md$"

# A tag begins with a letter, `/`, `!` or `?` right behind the bracket: `a < b` and `2 <3` stay allowed.
_MARKUP = re.compile(r"<[A-Za-z/!?]")


class Record(BaseModel):
    """A record of the data: unknown keys are refused, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _plain(text: str) -> str:
    """Refuse what cannot be shown as plain text everywhere: control characters, markup."""
    odd = next((c for c in text if not c.isprintable()), None)
    if odd is not None:
        raise PydanticCustomError("plain", "holds the character {odd}; write it on one line of plain text", {"odd": ascii(odd)})
    if _MARKUP.search(text):
        raise PydanticCustomError("plain", "holds markup; write plain text, the page adds the markup", {})
    if text != text.strip():
        raise PydanticCustomError("plain", "begins or ends with a space; remove it", {})
    return text


def _address(text: str) -> str:
    """Refuse what a browser should not be sent to, or could not reach."""
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or re.search(r"[\s<>\"'\\]", text):
        raise PydanticCustomError("address", "is not a web address; write one that begins with https://", {})
    return text


def _pattern(pattern: str, meaning: str) -> Any:
    """Return a text type that must match a pattern, with a message in words and the pattern in the schema."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise PydanticCustomError("form", "is not {meaning}", {"meaning": meaning})
        return text

    schema = {"type": "string", "pattern": pattern, "description": f"Must be {meaning}."}
    return Annotated[str, StringConstraints(strict=True), AfterValidator(check), WithJsonSchema(schema)]


Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=600), AfterValidator(_plain)]
Label = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80), AfterValidator(_plain)]
Address = Annotated[
    str,
    StringConstraints(strict=True, max_length=400),
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https://", "maxLength": 400}),
]
Id = _pattern(KEBAB, "an id: small letters, digits and single dashes, such as 'aws-cloudformation'")
Anchor = _pattern(ANCHOR, "an anchor: small letters, digits and dashes, without the #")
SectionNumber = _pattern(SECTION, "a section number in quotes, such as \"2.3.1\"")
EditionId = _pattern(EDITION, "an edition: a year and a month in quotes, such as \"2023.09\"")
ClaimId = _pattern(CLAIM, "a claim id: C, section, dash, two digits, such as C2.3.1-04")
Place = _pattern(PLACE, "a place: a page below docs/ and an anchor on it, such as 'security/keys.md#s2-4-4'")
Page = _pattern(PAGE, "a page below docs/, such as 'security/keys.md'")
