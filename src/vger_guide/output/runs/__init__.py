"""Reports: what a run says, written for those who read it. A format is a module of `formats`, found by name.

All of them write the same bytes for the same run. `summary` has what they share.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vger_guide.checks.results import Run

# Names that stand for a format with an option.
VARIANTS: dict[str, tuple[str, ...]] = {
    "badge-endpoint": ("badge", "endpoint"),
    "code-scanning": ("sarif", "code_scanning"),
}


@dataclass(frozen=True)
class RunFormat:
    """A format. Its module offers `write(run) -> str`, which may take settings by name, each with a default.

    What it returns can be written as UTF-8.
    """

    write: Callable[[Run], str]


def format_names() -> list[str]:
    """Return the names of all formats, sorted, such as `code-scanning`."""
    modules = (Path(__file__).parent / "formats").glob("[a-z]*.py")
    return sorted([*(module.stem.replace("_", "-") for module in modules), *VARIANTS])


def load_format(name: str) -> RunFormat:
    """Return the writer of a format by its name."""
    base, *options = VARIANTS.get(name, (name,))
    module = importlib.import_module(f"{__name__}.formats.{base.replace('-', '_')}")
    return RunFormat(partial(module.write, **dict.fromkeys(options, True)))
