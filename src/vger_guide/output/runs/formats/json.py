r"""The run as JSON for programs; `run-1.schema.json` beside the reports says what holds of it.

The file is ASCII, so that nothing in it can steer a terminal. A path stands twice: `path` is for people, with each byte
that is no UTF-8 as an escape such as `\xe9`; `uri` is the same path as a relative reference (RFC 3986), percent-encoded
byte by byte, and loses nothing. All keys are always there; only `$schema` is left out where no site is known.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from vger_guide.checks.results import Result, Run
from vger_guide.matchers.findings import Finding
from vger_guide.text.sanitize import escape_surrogates, path_to_uri

# Raised when a key goes or changes its meaning.
VERSION = 1
SCHEMA = f"schema/run-{VERSION}.schema.json"


def write(run: Run) -> str:
    """Return the run as JSON, its results in reading order."""
    head = {"$schema": run.site + SCHEMA} if run.site else {}
    return json.dumps(_encodable({**head, **_document(run)}), indent=1) + "\n"


def schema(site: str) -> str:
    """Return the schema of the document (JSON Schema 2020-12), known by its address below `site`."""
    document = json.loads(files("vger_guide.output.runs").joinpath("run-1.schema.json").read_text("utf-8"))
    return json.dumps({"$schema": document.pop("$schema"), "$id": site + SCHEMA, **document}, indent=2) + "\n"


def _document(run: Run) -> dict[str, Any]:
    return {
        "schemaVersion": VERSION,
        "tool": run.tool,
        "edition": run.edition,
        "target": run.target,
        "commit": run.commit,
        "profile": run.profile,
        "files": {"total": run.files, "read": run.read, "bytes": run.bytes_read},
        "counts": run.counts,
        "coverage": {"rules": len(run.results), "automated": run.automated, "traced": run.traced},
        "leftOut": _counts(run.left_out),
        "proposal": run.proposal[0] if run.proposal else "",
        "notices": [asdict(notice) for notice in run.notices],
        "results": [_result(result) for result in run.results],
    }


def _result(result: Result) -> dict[str, Any]:
    fields = {key: value for key, value in asdict(result).items() if key not in ("looked_at", "left_out")}
    return {
        **fields,
        "lookedAt": _counts(result.looked_at),
        "leftOut": _counts(result.left_out),
        "outcome": result.outcome.value,
        "waived": result.waived,
        "findings": [_finding(finding) for finding in result.findings],
        "unseen": [{"path": each.path, "uri": path_to_uri(each.path), "reason": each.reason} for each in result.unseen],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **asdict(finding),
        "uri": path_to_uri(finding.path),
        "line": finding.line or None,
        "column": finding.column or None,
        "standing": finding.standing.value,
    }


def _counts(counts: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"what": what, "files": files} for what, files in counts]


def _encodable(value: Any) -> Any:
    if isinstance(value, dict):
        return {escape_surrogates(key): _encodable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_encodable(each) for each in value]
    return escape_surrogates(value) if isinstance(value, str) else value
