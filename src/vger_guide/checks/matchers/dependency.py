"""`dependency`: a package is among the dependencies that manifests and lock files name, or it is not."""

from collections.abc import Sequence
from typing import Any

from vger_guide.checks.keypaths import alike
from vger_guide.checks.manifests import VENDORED, Named, globs, manifest, normal
from vger_guide.checks.matchers import Seen, Verdict
from vger_guide.checks.outcomes import Finding, Need
from vger_guide.checks.probes import SHOWN, File, FileProbe, Hit, Selection
from vger_guide.checks.tree import Tree

NEED = Need.TREE


def probes(wanted: Any) -> list[FileProbe]:
    """Return what it wants to know of the files: a probe for each ecosystem that is asked for."""
    besides = (*VENDORED, *wanted.get("besides", ()))
    return [
        FileProbe(Selection(globs(ecosystem), besides), look, (ecosystem, tuple(names)))
        for ecosystem, names in _asked(wanted).items()
    ]


def look(file: File, wanted: Any) -> list[Hit]:
    """Return where a manifest names a package that is asked for, those first that it asks for itself.

    Raises Unreadable for a broken file.
    """
    ecosystem, names = wanted
    read = manifest(file, ecosystem)
    found = [(read.line(each), each) for each in read.packages if any(alike(name, each.name) for name in names)]
    return [_hit(file, line, each) for line, each in sorted(found, key=lambda pair: (not pair[1].direct, pair[0]))]


def judge(wanted: Any, seen: Sequence[Seen], _: Tree) -> Verdict:
    """Judge by what all the manifests and lock files name."""
    hits = sorted((hit for found in seen for hit in found.hits), key=lambda hit: not hit.value["direct"])
    says = _says(hits, sum(found.files for found in seen), wanted)
    evidence = tuple(_finding(hit) for hit in hits) or (Finding("", says),)
    omitted = sum(found.omitted for found in seen)
    return Verdict(bool(hits) == (wanted["expect"] == "present"), says, evidence, omitted)


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
    message = "is a dependency" if hit.value["direct"] else "is locked, perhaps for another package"
    return Finding(hit.path, f"{hit.text} {message}", hit.line, hit.column, hit.text)


def _says(hits: Sequence[Hit], files: int, wanted: Any) -> str:
    if hits:
        names = sorted({hit.value["name"] for hit in hits})
        return f"the dependencies name {', '.join(names[:5])}{' and more' if len(names) > 5 else ''}"
    what = ", ".join(wanted["packages"][:5]) + (" or others" if len(wanted["packages"]) > 5 else "")
    if not files:
        return f"there is no manifest that could name {what}"
    return f"{files:,} manifest{'' if files == 1 else 's'} and lock files name none of {what}"
