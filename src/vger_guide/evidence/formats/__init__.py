"""Forms of reports, a module each, found by name.

A module has `KEY`, the key by which a document is known to be of its form, and `read`, which yields the runs that a
stream tells of. A form is added where a tool writes no SARIF, or says less in it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from vger_guide.evidence.locations import Locator
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import ToolRun
from vger_guide.evidence.stream import Readable


class ReportForm(Protocol):
    """What a module of this folder has."""

    KEY: str

    def read(self, stream: Readable, file: str, tools: Tools, locator: Locator) -> Iterator[ToolRun]:
        """Yield the runs. Raises BrokenJsonError."""


@cache
def forms() -> dict[str, ReportForm]:
    """Return the forms by the key that each is known by."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    found = [cast("ReportForm", importlib.import_module(f"{__name__}.{name}")) for name in names]
    return {form.KEY: form for form in found}
