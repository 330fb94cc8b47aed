"""Reads the reports of tools: which form each file has, and the runs that it tells of."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from vger_guide.evidence.files import EvidenceFile, Reading, TooMuchError, find_files
from vger_guide.evidence.formats import ReportForm, forms, github_code_scanning, github_dependabot
from vger_guide.evidence.locations import Locator
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import ToolRun
from vger_guide.evidence.stream import BrokenJsonError, find_key, refuse

# Runs that are read of all files.
RUNS = 1_000

KNOWN = "SARIF 2.1.0, or the JSON of Checkov, Scorecard, Betterleaks, detect-secrets, TruffleHog, SonarQube or GitHub"

# The forms of what a hosting service answers, by what is asked.
ALERTS: dict[str, ReportForm] = {"code-scanning": github_code_scanning, "dependabot": github_dependabot}


class Reports(NamedTuple):
    """The runs that files tell of, and the files of folders that are no reports."""

    runs: list[ToolRun]
    passed_over: list[str]


def read_evidence(paths: Iterable[str], tools: Tools, root: Path | None) -> Reports:
    """Return what files and folders tell of.

    `root` is where the tree stands on the disk, if it does. Raises UserError for what cannot be read.
    """
    reading, locator = Reading(), Locator(root)
    runs: list[ToolRun] = []
    passed_over: list[str] = []
    for file in find_files(paths):
        found = _read_file(file, reading, tools, locator, RUNS - len(runs))
        runs += found or []
        if found is None:
            passed_over.append(str(file.path))
    return Reports(runs, passed_over)


def read_alerts(answers: Mapping[str, list[Any]], whose: str, tools: Tools, root: Path | None) -> list[ToolRun]:
    """Return the runs that the alerts of a hosting service tell of, given as its answers by the keys of ALERTS."""
    locator = Locator(root)
    return [
        run
        for kind, rows in answers.items()
        for run in ALERTS[kind].read(io.BytesIO(json.dumps(rows).encode()), whose, tools, locator)
    ]


def _read_file(file: EvidenceFile, reading: Reading, tools: Tools, locator: Locator, room: int) -> list[ToolRun] | None:
    """Return the runs of a file, or None for one of a folder that has no form of a report."""
    name = str(file.path)
    try:
        form = _find_form(file, reading)
        if form is None:
            return None
        runs: list[ToolRun] = []
        for run in form.read(reading.open(file), name, tools, locator):
            if len(runs) >= room:
                raise BrokenJsonError(f"has more runs than the {RUNS:,} that are read")
            runs.append(run)
        return runs
    except (BrokenJsonError, TooMuchError) as why:
        raise refuse(name, why) from None


def _find_form(file: EvidenceFile, reading: Reading) -> ReportForm | None:
    """Return the form of a file, by the first key at its top that tells it, or None for one that needs to have none.

    Raises BrokenJsonError.
    """
    known = forms()
    try:
        if key := find_key(reading.open(file), known):
            return known[key]
    except BrokenJsonError:
        if file.expected:
            raise
    if file.expected:
        raise BrokenJsonError(f"is no report that is known; it has to be {KNOWN}")
    return None
