"""Kinds of values that are told without Pydantic, so that what only reads them starts without it.

A kind stands in `Annotated`, in a Record or in a Declaration alike: Pydantic asks it for its schema where data are
validated, and is imported then.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Annotated, Any

from vger_guide.records.form_error import FormError

# A tag begins with a letter, `/`, `!` or `?` right behind the bracket: `a < b` and `2 <3` stay allowed.
_MARKUP = re.compile(r"<[A-Za-z/!?]")


@dataclass(frozen=True)
class TextForm:
    """A text that must match a pattern: told in words to people, and as the pattern in the schema."""

    pattern: str
    meaning: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Check the text behind Pydantic's own check that it is one."""
        return _schemas().make_text_schema(self._check)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Describe the text for editors."""
        return {"type": "string", "pattern": self.pattern, "description": f"Must be {self.meaning}."}

    def _check(self, text: str) -> None:
        if not re.fullmatch(self.pattern, text):
            raise FormError(f"is not {self.meaning}")


@dataclass(frozen=True)
class ValueKind:
    """What a value has to be: its least and greatest length, and what `prove` does not refuse by FormError.

    `prepare` makes a value of what was written, before it is looked at; `schema` describes it in place of Pydantic.
    """

    min_length: int | None = None
    max_length: int | None = None
    strict: bool = False
    prepare: Callable[[Any], Any] | None = None
    prove: Callable[[Any], None] | None = None
    schema: dict[str, Any] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Bound and prove the value by what Pydantic has for its type."""
        bounds = {"min_length": self.min_length, "max_length": self.max_length, "strict": self.strict or None}
        schema: Any = {**handler(source), **{key: bound for key, bound in bounds.items() if bound is not None}}
        return _schemas().make_schema(schema, self.prepare, self.prove)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Describe the value for editors."""
        return dict(self.schema or handler(schema))


def _schemas() -> ModuleType:
    """Return the module that makes schemas of Pydantic."""
    from vger_guide.records import core_schemas  # noqa: PLC0415 - Pydantic asks for them, and is there then

    return core_schemas


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


Label = Annotated[str, ValueKind(1, 80, strict=True, prove=require_plain)]
RuleId = Annotated[
    str, TextForm(r"^[A-Z]{3}[0-9]{3}$", "a rule id: three capital letters and three digits, such as SES004")
]
