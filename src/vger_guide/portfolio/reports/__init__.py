"""Reports about a portfolio or a unit of it, for those who get a file and no folder of pages: a module each, by name.

A module has `write(overview, unit) -> bytes`.
"""

import importlib
from collections.abc import Callable

from vger_guide.portfolio.overview import Overview


def load_report(name: str) -> Callable[[Overview, str], bytes]:
    """Return what writes a report by its name, such as `xlsx`."""
    write: Callable[[Overview, str], bytes] = importlib.import_module(f"{__name__}.{name}").write
    return write
