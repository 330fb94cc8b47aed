"""The records of the guide: models, reading, validation, and the problems found in them.

The names below are imported when they are first used: what needs no models starts without Pydantic.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vger_guide.catalog.catalog import Catalog
    from vger_guide.catalog.loader import load

__all__ = ["Catalog", "load"]

_MODULES = {"Catalog": "catalog", "load": "loader"}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
