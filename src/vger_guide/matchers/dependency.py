"""`dependency`: a package is among the dependencies that manifests and lock files name, or it is not."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.globs import is_alike
from vger_guide.matchers.manifests import VENDORED, Package, globs, normalise_name, read_manifest
from vger_guide.matchers.probes import SHOWN, File, FileProbe, Hit, Selection
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE

# So many packages are not listed in a sentence.
MANY = 4


def probes(params: Any) -> list[FileProbe]:
    """Return the probes of the files: one for each ecosystem that is asked for."""
    besides = (*VENDORED, *params.get("besides", ()))
    without = tuple(params.get("without", ()))
    return [
        FileProbe(
            Selection(globs(ecosystem), besides, without),
            find_packages,
            (ecosystem, tuple(names), params.get("indirect", False)),
        )
        for ecosystem, names in _requested_packages(params).items()
    ]


def find_packages(file: File, params: Any) -> list[Hit]:
    """Return where a manifest names a package that is asked for, those first that it asks for itself.

    Raises UnreadableFileError for a broken file.
    """
    ecosystem, names, indirect = params
    read = read_manifest(file, ecosystem)
    counted = (each for each in read.packages if indirect or each.direct)
    found = [(read.line(each), each) for each in counted if any(is_alike(name, each.name) for name in names)]
    return [_hit(file, line, each) for line, each in sorted(found, key=lambda pair: (not pair[1].direct, pair[0]))]


def evaluate(params: Any, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by what all the manifests and lock files name."""
    hits = sorted((hit for found in seen for hit in found.hits), key=lambda hit: not hit.value["direct"])
    packages = params["packages"]
    whats = " or ".join(packages) if len(packages) < MANY else "what the check looks for"
    none = f"none of {sum(found.files for found in seen)} manifests and lock files names {whats}"
    return evaluate_expectation(params, [_finding(hit) for hit in hits], sum(found.omitted for found in seen), none)


def _requested_packages(params: Any) -> dict[str, list[str]]:
    """Return the names that are asked for by ecosystem."""
    asked: dict[str, list[str]] = {}
    for package in params["packages"]:
        ecosystem, _, name = package.partition(":")
        asked.setdefault(ecosystem, []).append(normalise_name(ecosystem, name))
    return asked


def _hit(file: File, line: int, named: Package) -> Hit:
    value = {"name": named.name[:SHOWN], "version": named.version[:SHOWN], "direct": named.direct}
    return Hit(file.path, line, text=f"{value['name']} {value['version']}".strip(), value=value)


def _finding(hit: Hit) -> Finding:
    message = f"depends on {hit.text}" if hit.value["direct"] else f"locks {hit.text}, perhaps for another package"
    return Finding(hit.path, message, hit.line, hit.column, hit.text)
