"""`ignored`: git would ignore files with these names."""

import posixpath
from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.fields import NoGlobs, Path
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import FileSelection, PathProbe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.repo.tree import Tree

REQUIRES = Need.IGNORES
# So many paths are named in a sentence.
SHOWN = 3


class Parameters(Declaration):
    """The names to try, such as `.env`, at the root or in each folder with a given file. They need not exist."""

    paths: tuple[Path, ...] = declare(
        "Paths to try, such as `.env`; git has to ignore each of them.", min_length=1, max_length=20
    )
    beside: NoGlobs = declare(
        "Files, by globs, in whose folders the paths are tried; at the root where there are none.", default=()
    )


def probes(params: Parameters) -> list[PathProbe]:
    """Ask for the files in whose folders the paths are tried; git reads its ignore files itself."""
    return [PathProbe(FileSelection(params.beside))] if params.beside else []


def evaluate(params: Parameters, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by what git says of each path."""
    folders = sorted({posixpath.dirname(hit.path) for found in seen for hit in found.hits}) or [""]
    paths = [posixpath.join(folder, path) for folder in folders for path in params.paths]
    ignored = tree.ignored(paths)
    findings = tuple(Finding("", f"git does not ignore `{path}`") for path in paths if path not in ignored)
    says = "; ".join(finding.message for finding in findings) or "git ignores " + _name_paths(paths)
    return Evaluation(not findings, says, findings)


def _name_paths(paths: Sequence[str]) -> str:
    more = len(paths) - SHOWN
    return ", ".join(f"`{path}`" for path in paths[:SHOWN]) + (f" and {more} more" if more > 0 else "")
