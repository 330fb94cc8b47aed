"""The kinds of value in a review document, with their limits and what is wrong with others."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

LONG = 20_000  # characters of a text that a person wrote
SHORT = 400  # characters of a name or of a line
MANY = 10_000
EVIDENCE = 200  # entries of an answer
PLACES = 50  # of the findings of a check
CONDITIONS = 100
DEEPEST = 20  # keys that lead to a conflict


# RFC 3339, which knows fewer forms than Pydantic reads; of moments, in years that every zone has.
_DAY = "(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = "[1-8][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"


def _in_form(pattern: str) -> BeforeValidator:
    def require(value: Any) -> Any:
        if not isinstance(value, date) and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            raise PydanticCustomError("form", "is of another form", {})
        return value

    return BeforeValidator(require)


def _number(value: Any) -> Any:
    """Refuse true for 1, as a literal takes what is equal."""
    if isinstance(value, bool):
        raise PydanticCustomError("form", "is no number", {})
    return value


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _web(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise PydanticCustomError("address", "is not a web address; write one that begins with https://", {})
    return text


One = Annotated[Literal[1], BeforeValidator(_number)]
Code = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
RuleId = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{3}[0-9]{3}$")]
Line = Annotated[str, StringConstraints(strict=True, max_length=SHORT)]
Long = Annotated[str, StringConstraints(strict=True, max_length=LONG)]
Day = Annotated[date, _in_form(_DAY), Field(json_schema_extra={"pattern": f"^{_DAY}$"})]
Moment = Annotated[
    AwareDatetime, _in_form(_MOMENT), AfterValidator(_utc), Field(json_schema_extra={"pattern": f"^{_MOMENT}$"})
]
Address = Annotated[
    str,
    StringConstraints(strict=True, max_length=2000),
    AfterValidator(_web),
    Field(json_schema_extra={"pattern": "^(https?://|$)"}),
]
