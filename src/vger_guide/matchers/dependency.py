"""`dependency`: manifests and lock files list a package as a dependency, or do not."""

from collections.abc import Sequence
from typing import NamedTuple

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, join_sought
from vger_guide.matchers.fields import WITHOUT, Expectation, NoGlobs, PackageName, Without
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.globs import is_alike
from vger_guide.matchers.manifests import (
    VENDORED,
    Manifest,
    Package,
    globs,
    included_manifests,
    name_gate,
    normalise_name,
    read_manifest,
)
from vger_guide.matchers.probes import SHOWN, File, FileProbe, FileSelection, Gate, Hit
from vger_guide.records.declaration import Declaration, declare
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE


class Parameters(Declaration):
    """The packages, and whether at least one or none of them is expected."""

    packages: tuple[PackageName, ...] = declare(
        "Packages as `ecosystem:name`; `*` matches any part of a name.", min_length=1, max_length=60
    )
    indirect: bool = declare(
        "Also count indirect dependencies, which lock files list because another package needs them.", default=False
    )
    besides: NoGlobs = declare("Manifests to exclude, as globs.", default=())
    without: Without = declare(WITHOUT, default=())
    expect: Expectation = declare("Whether one of them is required (`present`) or all are forbidden (`absent`).")


class Request(NamedTuple):
    """What to look for in the manifests of one ecosystem: forms of names, and whether indirect ones count."""

    ecosystem: str
    names: tuple[str, ...]
    indirect: bool


def probes(params: Parameters) -> list[FileProbe]:
    """Return the probes of the files: one for each ecosystem that is asked for."""
    besides = (*VENDORED, *params.besides)
    return [
        FileProbe(
            FileSelection(globs(ecosystem), besides, params.without),
            find_packages,
            Request(ecosystem, tuple(names), params.indirect),
            _gate,
        )
        for ecosystem, names in _requested_names(params).items()
    ]


def _gate(request: Request) -> Gate:
    return name_gate(request.ecosystem, request.names)


def find_packages(file: File, request: Request) -> list[Hit]:
    """Return where a manifest names a package that is asked for, those first that it asks for itself.

    Raises UnreadableFileError for a broken file.
    """
    ecosystem, names, indirect = request
    manifests = [(file, read_manifest(file, ecosystem)), *included_manifests(file, ecosystem)]
    return [hit for each, read in manifests for hit in _hits(each, read, names, indirect)]


def _hits(file: File, read: Manifest, names: Sequence[str], indirect: bool) -> list[Hit]:
    counted = (each for each in read.packages if indirect or each.direct)
    found = [(read.line(each), each) for each in counted if any(is_alike(name, each.name) for name in names)]
    return [_hit(file, line, each) for line, each in sorted(found, key=lambda pair: (not pair[1].direct, pair[0]))]


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by what all the manifests and lock files name."""
    hits = sorted((hit for found in seen for hit in found.hits), key=lambda hit: not hit.value["direct"])
    none = f"none of {sum(found.files for found in seen)} manifests and lock files names {join_sought(params.packages)}"
    return evaluate_expectation(
        params.expect, [_finding(hit) for hit in hits], sum(found.omitted for found in seen), none
    )


def _requested_names(params: Parameters) -> dict[str, list[str]]:
    """Return the names that are asked for by ecosystem."""
    asked: dict[str, list[str]] = {}
    for package in params.packages:
        ecosystem, _, name = package.partition(":")
        asked.setdefault(ecosystem, []).append(normalise_name(ecosystem, name))
    return asked


def _hit(file: File, line: int, named: Package) -> Hit:
    value = {"name": named.name[:SHOWN], "version": named.version[:SHOWN], "direct": named.direct}
    return Hit(
        file.path, line, text=f"{value['name']} {value['version']}".strip(), value=value, identity=identify(named.name)
    )


def _finding(hit: Hit) -> Finding:
    message = f"depends on {hit.text}" if hit.value["direct"] else f"locks {hit.text}, perhaps for another package"
    return Finding(hit.path, message, hit.line, hit.column, hit.text, hit.identity)
