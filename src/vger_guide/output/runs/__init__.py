"""Reports: what a run says, written for those who read it. A format is a module of `formats`, found by name.

All of them write the same bytes for the same run. `summary` has what they share.
"""

import importlib
from pathlib import Path
from typing import Protocol, cast

from vger_guide.checks.results import Run


class Report(Protocol):
    """What a module of `formats` offers. It may take settings of its own by name, each with a default."""

    def write(self, run: Run) -> str:
        """Return the report; it can be written as UTF-8."""


def format_names() -> list[str]:
    """Return the names of all formats, sorted, such as `code-scanning`."""
    modules = (Path(__file__).parent / "formats").glob("[a-z]*.py")
    return sorted(module.stem.replace("_", "-") for module in modules)


def load_format(name: str) -> Report:
    """Return the writer of a format by its name."""
    return cast("Report", importlib.import_module(f"{__name__}.formats.{name.replace('-', '_')}"))
