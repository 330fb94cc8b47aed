"""Declarations: data that are validated once, when records are loaded, and read many times without Pydantic.

A Declaration is a frozen class with named fields. `record_of` (in `derive`) makes a Record of the same fields, which
validates, documents and exports them; `from_plain` makes the Declaration of what that Record was exported to. Importing
Pydantic and building its models takes longer than a run over a small repository, so that a run only does the second.
Data classes would do, but making one compiles code: of twenty, as much as a tenth of a run.
"""

import inspect
from collections.abc import Callable, Mapping
from enum import Enum
from types import UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, Self, Union, dataclass_transform, get_args, get_origin

Keys = tuple[str | int, ...]

# The default of a field without one.
REQUIRED: Any = ...


class DeclaredField(NamedTuple):
    """A field: its default, and its meaning and bounds by the names of Pydantic's Field."""

    default: Any
    metadata: Mapping[str, Any]


def declare(meaning: str, *, default: Any = REQUIRED, **bounds: Any) -> Any:
    """Return a field with its meaning; `bounds` are those of Pydantic's Field, such as `ge`, `le` and `max_length`."""
    return DeclaredField(default, {"description": meaning, **bounds})


@dataclass_transform(eq_default=False, kw_only_default=True, frozen_default=True, field_specifiers=(declare,))
class Declaration:
    """What a record says somewhere, with fields that are made by `declare`; `declared` has their types with them."""

    declared: ClassVar[dict[str, tuple[Any, DeclaredField]]] = {}
    _required: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """Take the fields of the class, and leave their defaults in it."""
        own = {name: (kind, cls.__dict__[name]) for name, kind in inspect.get_annotations(cls).items()}
        cls.declared = {**cls.declared, **own}
        for name, (_, field) in own.items():
            setattr(cls, name, field.default)
        cls._required = frozenset(name for name, (_, field) in cls.declared.items() if field.default is REQUIRED)

    def __init__(self, **given: Any) -> None:
        """Take the values of the fields. Raises TypeError for a missing or unknown one."""
        if not self._required <= given.keys() <= self.declared.keys():
            raise TypeError(
                f"{type(self).__name__} has the fields {', '.join(self.declared)}; given were {list(given)}"
            )
        self.__dict__.update(given)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse any change."""
        raise AttributeError(f"{type(self).__name__} is not to be changed: {name}")

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        """Return what plain data say that were validated before."""
        makers = _makers(cls)
        return cls(**{key: makers[key](value) if key in makers else value for key, value in data.items()})

    def to_plain(self) -> dict[str, Any]:
        """Return plain data that `from_plain` makes an equal one of."""
        return {name: _to_plain(getattr(self, name)) for name in self.declared}

    def find_fault(self) -> tuple[Keys, str] | None:
        """Return where it is wrong though each field is right, as keys, and how; None where it is right."""
        return None


# What makes the values of fields that are no plain data: made once for a class.
_MAKERS: dict[type[Declaration], dict[str, Callable[[Any], Any]]] = {}


def _to_plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(map(_to_plain, value))
    return value.to_plain() if isinstance(value, Declaration) else value


def _makers(cls: type[Declaration]) -> dict[str, Callable[[Any], Any]]:
    """Return what makes the values of those fields that are no plain data."""
    if cls not in _MAKERS:
        found = {name: _maker(kind) for name, (kind, _) in cls.declared.items()}
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
