"""Derives the Record of a Declaration, which validates data, and describes them for editors and readers."""

import functools
import operator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Field, create_model, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from vger_guide.records.declaration import REQUIRED, Declaration
from vger_guide.records.fields import Record

# Records and their schemas: each made once for a class.
_RECORDS: dict[type[Declaration], type[Record]] = {}
_SCHEMAS: dict[type[Declaration], dict[str, Any]] = {}


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
    fields: dict[str, Any] = {}
    for name, (kind, field) in cls.declared.items():
        default = {"default": ...} if field.default is REQUIRED else {"default": field.default}
        if field.default == ():
            default = {"default_factory": list}
        fields[name] = (_record_type(kind), Field(**default, **field.metadata))

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
    plain = record.model_dump(mode="json", exclude_none=True)
    if fault := cls.from_plain(plain).find_fault():
        keys, why = fault
        given: Any = plain
        for key in keys:
            given = given[key]
        error = PydanticCustomError("form", "{why}", {"why": why})
        raise ValidationError.from_exception_data(cls.__name__, [InitErrorDetails(type=error, loc=keys, input=given)])
    return record
