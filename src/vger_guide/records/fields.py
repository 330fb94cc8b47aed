"""The kinds of value a record is made of, each with the words for what it allows."""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from vger_guide.records.form_error import FormError
from vger_guide.records.kinds import Label as Label
from vger_guide.records.kinds import RuleId as RuleId
from vger_guide.records.kinds import TextForm, ValueKind, require_line, require_plain

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SECTION = r"^[1-9][0-9]*(\.[1-9][0-9]*){0,3}$"
ANCHOR = r"^[a-z0-9][a-z0-9-]*$"
EDITION = r"^[0-9]{4}\.(0[1-9]|1[0-2])$"
PREFIX = r"^[A-Z]{3}$"
MOMENT = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ORIGIN = r"^(https://[^\s<>\"'\\]+|pkg:(pypi|npm)/[A-Za-z0-9._%@/+-]+)$"
THRESHOLD = r"^(must|should|may|critical|high|medium|low|never)$"
CLAIM = r"^C[1-9][0-9]*(\.[1-9][0-9]*)*-[0-9]{2}$"
PLACE = r"^[a-z0-9][a-z0-9/-]*\.md#[a-z0-9][a-z0-9-]*$"
STEP = r"\.?[A-Za-z0-9][A-Za-z0-9._-]*"
REPO_PATH = rf"^{STEP}(/{STEP})*$"
PAGE = r"^[a-z0-9][a-z0-9/-]*\.md$"

_CODE_SPAN = re.compile(r"`[^`]*`")


class Record(BaseModel):
    """A record of the data: unknown keys are refused, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _require_prose(text: str) -> None:
    """Refuse what is not plain text, outside of `code` between backticks."""
    require_line(text)
    if text.count("`") % 2:
        raise FormError("has a backtick without its partner; close the code span")
    require_plain(_CODE_SPAN.sub("code", text))


def _require_code(text: str) -> None:
    """Refuse control characters in a sample; it may have lines and markup of its own."""
    odd = next((c for c in text if not (c.isprintable() or c == "\n")), None)
    if odd is not None:
        raise FormError(f"holds the character {odd!a}; samples are indented with spaces")


def _today() -> date:
    """Return the latest date that it is anywhere: a writer's day may be ahead of the machine's."""
    return datetime.now(timezone(timedelta(hours=14))).date()


def _past(moment: str) -> str:
    """Refuse a time that has not come yet; a year or a month counts from its beginning."""
    if moment > _today().isoformat():
        raise PydanticCustomError("date", "is in the future; write when it happened", {})
    return moment


def _require_written_day(day: Any) -> Any:
    """Refuse what Pydantic would count from 1970 on: a number."""
    if isinstance(day, date) or (isinstance(day, str) and re.fullmatch(DAY, day)):
        return day
    raise PydanticCustomError("date_type", "is not a date", {})


def _day(day: date) -> date:
    if day > _today():
        raise PydanticCustomError("date", "is in the future; write the day it was done", {})
    return day


def _address(text: str) -> str:
    """Refuse what a browser should not be sent to, or could not reach."""
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or re.search(r"[\s<>\"'\\]", text):
        raise PydanticCustomError("address", "is not a web address; write one that begins with https://", {})
    return text


Text = Annotated[str, ValueKind(1, 600, strict=True, prove=require_plain)]
RuleTitle = Annotated[str, ValueKind(1, 70, strict=True, prove=require_plain)]
Prose = Annotated[str, ValueKind(1, 600, strict=True, prove=_require_prose)]
Code = Annotated[str, ValueKind(1, 2000, strict=True, prove=_require_code)]
Day = Annotated[date, BeforeValidator(_require_written_day), AfterValidator(_day)]
LastDay = Annotated[date, BeforeValidator(_require_written_day)]
Address = Annotated[
    str,
    StringConstraints(strict=True, max_length=400),
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https://", "maxLength": 400}),
]
Id = Annotated[str, TextForm(KEBAB, "an id: small letters, digits and single dashes, such as 'aws-cloudformation'")]
Anchor = Annotated[str, TextForm(ANCHOR, "an anchor: small letters, digits and dashes, without the #")]
SectionNumber = Annotated[str, TextForm(SECTION, 'a section number in quotes, such as "2.3.1"')]
EditionId = Annotated[str, TextForm(EDITION, 'an edition: a year and a month in quotes, such as "2023.09"')]
ClaimId = Annotated[str, TextForm(CLAIM, "a claim id: C, section, dash, two digits, such as C2.3.1-04")]
Prefix = Annotated[str, TextForm(PREFIX, "a prefix: three capital letters, such as SES")]
Moment = Annotated[
    str, TextForm(MOMENT, 'a time: a year, a month or a day in quotes, such as "2024-03"'), AfterValidator(_past)
]
Origin = Annotated[str, TextForm(ORIGIN, "a source: an address that begins with https://, or pkg:pypi/NAME@VERSION")]
RepoPath = Annotated[str, TextForm(REPO_PATH, "a path in a repository, such as .github/CODEOWNERS")]
Place = Annotated[
    str, TextForm(PLACE, "a place: a page below docs/ and an anchor on it, such as 'security/keys.md#s2-4-4'")
]
Page = Annotated[str, TextForm(PAGE, "a page below docs/, such as 'security/keys.md'")]
Threshold = Annotated[str, TextForm(THRESHOLD, "a threshold: must, should, may, critical, high, medium, low or never")]
