"""Kinds of values that are told without Pydantic, so that what only reads them starts without it.

A kind stands in `Annotated`, in a Record or in a Declaration alike: Pydantic asks it for its schema where data are
validated, and is imported then.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

# A tag begins with a letter, `/`, `!` or `?` right behind the bracket: `a < b` and `2 <3` stay allowed.
_MARKUP = re.compile(r"<[A-Za-z/!?]")


class FormError(ValueError):
    """A value is not what it has to be; the message says what it is instead, to stand behind the value."""


@dataclass(frozen=True)
class Form:
    """A text that must match a pattern: told in words to people, and as the pattern in the schema."""

    pattern: str
    meaning: str

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Check the text behind Pydantic's own check that it is one."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(
            _report_form_errors(self._check), core_schema.str_schema(strict=True)
        )

    def __get_pydantic_json_schema__(self, schema: "CoreSchema", handler: "GetJsonSchemaHandler") -> dict[str, Any]:
        """Describe the text for editors."""
        return {"type": "string", "pattern": self.pattern, "description": f"Must be {self.meaning}."}

    def _check(self, text: str) -> None:
        if not re.fullmatch(self.pattern, text):
            raise FormError(f"is not {self.meaning}")


@dataclass(frozen=True)
class Kind:
    """What a value has to be: its least and greatest length, and what `prove` does not refuse by FormError.

    `prepare` makes a value of what was written, before it is looked at; `schema` describes it in place of Pydantic.
    """

    min_length: int | None = None
    max_length: int | None = None
    strict: bool = False
    prepare: Callable[[Any], Any] | None = None
    prove: Callable[[Any], None] | None = None
    schema: dict[str, Any] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Bound and prove the value by what Pydantic has for its type."""
        from pydantic_core import core_schema

        bounds = {"min_length": self.min_length, "max_length": self.max_length, "strict": self.strict or None}
        schema: Any = {**handler(source), **{key: bound for key, bound in bounds.items() if bound is not None}}
        if self.prove:
            schema = core_schema.no_info_after_validator_function(_report_form_errors(self.prove), schema)
        return core_schema.no_info_before_validator_function(self.prepare, schema) if self.prepare else schema

    def __get_pydantic_json_schema__(self, schema: "CoreSchema", handler: "GetJsonSchemaHandler") -> dict[str, Any]:
        """Describe the value for editors."""
        return dict(self.schema or handler(schema))


def _report_form_errors(prove: Callable[[Any], None]) -> Callable[[Any], Any]:
    """Return a validator of Pydantic that tells a FormError as a problem of the data."""

    def validate(value: Any) -> Any:
        from pydantic_core import PydanticCustomError

        try:
            prove(value)
        except FormError as error:
            raise PydanticCustomError("form", "{why}", {"why": str(error)}) from None
        return value

    return validate


def require_plain(text: str) -> None:
    """Raise FormError for what cannot be shown as plain text everywhere: control characters, markup."""
    require_line(text)
    if _MARKUP.search(text):
        raise FormError("holds markup; write plain text, the page adds the markup")


def require_line(text: str) -> None:
    """Raise FormError for what is not one line of printable characters with none but letters at its ends."""
    if not text.isprintable():
        odd = next(c for c in text if not c.isprintable())
        raise FormError(f"holds the character {odd!a}; write it on one line of plain text")
    if text != text.strip():
        raise FormError("begins or ends with a space; remove it")


Label = Annotated[str, Kind(1, 80, strict=True, prove=require_plain)]
RuleId = Annotated[
    str, Form(r"^[A-Z]{3}[0-9]{3}$", "a rule id: three capital letters and three digits, such as SES004")
]
