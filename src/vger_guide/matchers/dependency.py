"""`dependency`: a package is among the dependencies that manifests and lock files name, or it is not."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Seen, Verdict, expected
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.key_paths import alike
from vger_guide.matchers.manifests import VENDORED, Named, globs, manifest, normal
from vger_guide.matchers.probes import SHOWN, File, FileProbe, Hit, Selection
from vger_guide.repo.tree import Tree

NEED = Need.TREE

# So many packages are not listed in a sentence.
MANY = 4


def probes(wanted: Any) -> list[FileProbe]:
    """Return what it wants to know of the files: a probe for each ecosystem that is asked for."""
    besides = (*VENDORED, *wanted.get("besides", ()))
    return [
        FileProbe(Selection(globs(ecosystem), besides), look, (ecosystem, tuple(names), wanted.get("indirect", False)))
        for ecosystem, names in _asked(wanted).items()
    ]


def look(file: File, wanted: Any) -> list[Hit]:
    """Return where a manifest names a package that is asked for, those first that it asks for itself.

    Raises Unreadable for a broken file.
    """
    ecosystem, names, indirect = wanted
    read = manifest(file, ecosystem)
    counted = (each for each in read.packages if indirect or each.direct)
    found = [(read.line(each), each) for each in counted if any(alike(name, each.name) for name in names)]
    return [_hit(file, line, each) for line, each in sorted(found, key=lambda pair: (not pair[1].direct, pair[0]))]


def judge(wanted: Any, seen: Sequence[Seen], _: Tree) -> Verdict:
    """Judge by what all the manifests and lock files name."""
    hits = sorted((hit for found in seen for hit in found.hits), key=lambda hit: not hit.value["direct"])
    packages = wanted["packages"]
    whats = " or ".join(packages) if len(packages) < MANY else "what the check looks for"
    none = f"none of {sum(found.files for found in seen)} manifests and lock files names {whats}"
    return expected(wanted, [_finding(hit) for hit in hits], sum(found.omitted for found in seen), none)


def _asked(wanted: Any) -> dict[str, list[str]]:
    """Return the names that are asked for by ecosystem."""
    asked: dict[str, list[str]] = {}
    for package in wanted["packages"]:
        ecosystem, _, name = package.partition(":")
        asked.setdefault(ecosystem, []).append(normal(ecosystem, name))
    return asked


def _hit(file: File, line: int, named: Named) -> Hit:
    value = {"name": named.name[:SHOWN], "version": named.version[:SHOWN], "direct": named.direct}
    return Hit(file.path, line, text=f"{value['name']} {value['version']}".strip(), value=value)


def _finding(hit: Hit) -> Finding:
    message = f"depends on {hit.text}" if hit.value["direct"] else f"locks {hit.text}, perhaps for another package"
    return Finding(hit.path, message, hit.line, hit.column, hit.text)
