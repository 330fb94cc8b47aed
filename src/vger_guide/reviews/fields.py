"""The kinds of value in a review document, with their limits and what is wrong with others."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints
from pydantic_core import PydanticCustomError

LONG = 20_000  # characters of a text that a person wrote
SHORT = 400  # characters of a name or of a line
MANY = 10_000
EVIDENCE = 200  # entries of an answer
PLACES = 50  # of the findings of a check
CONDITIONS = 100
DEEPEST = 20  # keys that lead to a conflict


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise PydanticCustomError("moment", "is not a time between the years 1 and 9999 in UTC", {}) from None


def _web(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise PydanticCustomError("address", "is not a web address; write one that begins with https://", {})
    return text


Code = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
RuleId = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{3}[0-9]{3}$")]
Line = Annotated[str, StringConstraints(strict=True, max_length=SHORT)]
Long = Annotated[str, StringConstraints(strict=True, max_length=LONG)]
Moment = Annotated[AwareDatetime, AfterValidator(_utc)]
Address = Annotated[
    str,
    StringConstraints(strict=True, max_length=2000),
    AfterValidator(_web),
    Field(json_schema_extra={"pattern": "^(https?://|$)"}),
]
