"""The snapshot of a catalogue: what its files say, as plain data, made once and kept as long as it is true.

Commands read a part of it in milliseconds. Importing Pydantic, building the models and validating the files, which is
how it is made, takes a second.
"""

import json
from pathlib import Path
from typing import Any

from vger_guide.catalog.cache import EXPLANATIONS, RUN, Cache
from vger_guide.catalog.explanations import Explanation, ExplanationPart


def load_run(folder: Path) -> dict[str, Any]:
    """Return what a run asks of a folder of data. Raises CatalogError when the data has problems."""
    found: dict[str, Any] = _read_part(folder, RUN)
    return found


def load_explanations(folder: Path) -> list[Explanation]:
    """Return an explanation of every rule of a folder of data. Raises CatalogError when the data has problems."""
    found = [Explanation(*each) for each in _read_part(folder, EXPLANATIONS)]
    return [each._replace(parts=[ExplanationPart(*part) for part in each.parts]) for each in found]


def _read_part(folder: Path, part: int) -> Any:
    cache = Cache(folder)
    line = cache.read(part)
    if line is None:
        from vger_guide.catalog.snapshot_parts import make_snapshot  # noqa: PLC0415 - it imports the models

        lines = make_snapshot(folder)
        cache.write(lines)
        line = lines[part]
    return json.loads(line)
