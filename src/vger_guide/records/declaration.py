"""Declarations: data that are validated once, when records are loaded, and read many times without Pydantic.

A Declaration is a frozen data class. `record_of` makes a Record of the same fields, which validates, documents and
exports them; `from_plain` makes the data class of what that Record was exported to. Importing Pydantic and building its
models takes longer than a run over a small repository, so that a run only does the second.
"""

from __future__ import annotations

import dataclasses
import functools
import operator
from collections.abc import Callable, Mapping
from enum import Enum
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Self, Union, dataclass_transform, get_args, get_origin

if TYPE_CHECKING:
    from vger_guide.records.fields import Record

Keys = tuple[str | int, ...]


def declare(meaning: str, *, default: Any = dataclasses.MISSING, **bounds: Any) -> Any:
    """Return a field with its meaning; `bounds` are those of Pydantic's Field, such as `ge`, `le` and `max_length`."""
    return dataclasses.field(default=default, metadata={"description": meaning, **bounds})


@dataclass_transform(eq_default=False, kw_only_default=True, frozen_default=True, field_specifiers=(declare,))
class Declaration:
    """A frozen data class of what a record says somewhere; its fields are made by `declare`."""

    def __init_subclass__(cls) -> None:
        """Make a data class of it."""
        dataclasses.dataclass(frozen=True, kw_only=True, eq=False, repr=False, match_args=False)(cls)

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        """Return what plain data say that were validated before."""
        makers = _makers(cls)
        return cls(**{key: makers[key](value) if key in makers else value for key, value in data.items()})

    def to_plain(self) -> dict[str, Any]:
        """Return plain data that `from_plain` makes an equal one of."""
        return {field.name: _to_plain(getattr(self, field.name)) for field in dataclasses.fields(self)}  # type: ignore[arg-type]

    def find_fault(self) -> tuple[Keys, str] | None:
        """Return where it is wrong though each field is right, as keys, and how; None where it is right."""
        return None


# What makes the values of fields that are no plain data, Records and their schemas: each made once for a class.
_MAKERS: dict[type[Declaration], dict[str, Callable[[Any], Any]]] = {}
_RECORDS: dict[type[Declaration], type[Record]] = {}
_SCHEMAS: dict[type[Declaration], dict[str, Any]] = {}


def _to_plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(map(_to_plain, value))
    return value.to_plain() if isinstance(value, Declaration) else value


def _makers(cls: type[Declaration]) -> dict[str, Callable[[Any], Any]]:
    """Return what makes the values of those fields that are no plain data."""
    if cls not in _MAKERS:
        found = {field.name: _maker(field.type) for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
        _MAKERS[cls] = {name: make for name, make in found.items() if make}
    return _MAKERS[cls]


def _maker(kind: Any) -> Callable[[Any], Any] | None:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _maker(args[0])
    if origin in (Union, UnionType):
        return next((make for part in args if (make := _maker(part))), None)
    if origin is tuple:
        each = _maker(args[0])
        return (lambda values: tuple(map(each, values))) if each else tuple
    if isinstance(kind, type) and issubclass(kind, Declaration):
        return kind.from_plain
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else None


def record_of(cls: type[Declaration]) -> type[Record]:
    """Return the Record of the same fields: it validates data, and describes them for editors and readers."""
    if cls not in _RECORDS:
        _RECORDS[cls] = _make_record(cls)
    return _RECORDS[cls]


def describe(cls: type[Declaration]) -> dict[str, Any]:
    """Return the JSON Schema of the Record, which is made once and not to be changed."""
    if cls not in _SCHEMAS:
        _SCHEMAS[cls] = record_of(cls).model_json_schema()
    return _SCHEMAS[cls]


def _make_record(cls: type[Declaration]) -> type[Record]:
    from pydantic import Field, create_model, model_validator

    from vger_guide.records.fields import Record

    fields: dict[str, Any] = {}
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]
        default = {"default": ...} if field.default is dataclasses.MISSING else {"default": field.default}
        if field.default == ():
            default = {"default_factory": list}
        fields[field.name] = (_record_type(field.type), Field(**default, **field.metadata))

    def refuse_fault(record: Record) -> Record:
        return _refuse_fault(cls, record)

    has_faults = cls.find_fault is not Declaration.find_fault
    validators: Any = {"refuse_fault": model_validator(mode="after")(refuse_fault)} if has_faults else None
    return create_model(
        cls.__name__,
        __base__=Record,
        __doc__=cls.__doc__,
        __module__=cls.__module__,
        __validators__=validators,
        **fields,
    )


def _record_type(kind: Any) -> Any:
    """Return the type of a field with Records in place of Declarations, and lists in place of tuples."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return Annotated[(_record_type(args[0]), *args[1:])]
    if origin in (Union, UnionType):
        return functools.reduce(operator.or_, map(_record_type, args))
    if origin is tuple:
        return list.__class_getitem__(_record_type(args[0]))
    return record_of(kind) if isinstance(kind, type) and issubclass(kind, Declaration) else kind


def _refuse_fault(cls: type[Declaration], record: Record) -> Record:
    """Return a record; raise what Pydantic tells as an error at the keys of its fault, where it has one."""
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

    plain = record.model_dump(mode="json", exclude_none=True)
    if fault := cls.from_plain(plain).find_fault():
        keys, why = fault
        given: Any = plain
        for key in keys:
            given = given[key]
        error = PydanticCustomError("form", "{why}", {"why": why})
        raise ValidationError.from_exception_data(cls.__name__, [InitErrorDetails(type=error, loc=keys, input=given)])
    return record
