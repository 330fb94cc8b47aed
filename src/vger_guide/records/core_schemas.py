"""Schemas of Pydantic's core for kinds of values, which are told without it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from vger_guide.records.form_error import FormError

_IS_PROVEN = ContextVar("is_proven", default=False)


@contextmanager
def trust_values() -> Iterator[None]:
    """Within, build records without proving their values, which takes most of the time: for what was proven before."""
    token = _IS_PROVEN.set(True)
    try:
        yield
    finally:
        _IS_PROVEN.reset(token)


def make_text_schema(prove: Callable[[str], None]) -> CoreSchema:
    """Return the schema of a text that `prove` does not refuse by FormError."""
    return make_schema(core_schema.str_schema(strict=True), None, prove)


def make_schema(
    schema: CoreSchema, prepare: Callable[[Any], Any] | None, prove: Callable[[Any], None] | None
) -> CoreSchema:
    """Return a schema of values that `prepare` makes of what was written, and that `prove` does not refuse."""
    if prove:
        schema = core_schema.no_info_after_validator_function(_report_form_errors(prove), schema)
    return core_schema.no_info_before_validator_function(prepare, schema) if prepare else schema


def _report_form_errors(prove: Callable[[Any], None]) -> Callable[[Any], Any]:
    """Return a validator of Pydantic that tells a FormError as a problem of the data."""

    def validate(value: Any) -> Any:
        if _IS_PROVEN.get():
            return value
        try:
            prove(value)
        except FormError as error:
            raise PydanticCustomError("form", "{why}", {"why": str(error)}) from None
        return value

    return validate
